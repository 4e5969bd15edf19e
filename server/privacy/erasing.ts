import type { Database, Row, Statement } from '../database/database.ts';
import { erasedNotification } from '../hrm/erasing.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;
/** Operators are asked about a message of unknown fate for three days, by its number and text. */
const asked = 4 * day;
/** Messages erased in one transaction: sends wait for it. */
const together = 5000;
/** Batches looked at in one go. */
const most = 2000;
/** Raw callbacks are matched within three days; then they are of use to those alone who look for a mistake. */
const callbacksFor = 30 * day;

/**
 * What is left of messages once nobody needs to know whom they went to. Totals, states and parts stay.
 * Of HRM the notifications go with them.
 */
export function erasedMessages(ids: readonly number[]): Statement[] {
  return erased('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
}

function erased(which: string, argument: string): Statement[] {
  return [
    {
      sql: `UPDATE hrm_notifications SET ${erasedNotification}
        WHERE message_id IN (SELECT id FROM messages WHERE ${which})`,
      args: [argument],
    },
    {
      sql: `UPDATE messages SET number = '', text = NULL, recipient_name = '', reference = '' WHERE ${which}`,
      args: [argument],
    },
  ];
}

/**
 * Retention (domain §7): texts, numbers and names are erased once they are older than the organisation keeps them. A
 * batch that is not over by then is looked at again every day.
 * @returns messages that were erased
 */
export async function eraseOld(database: Database, now: number): Promise<number> {
  const organisations = await database.query({
    sql: `SELECT o.id, o.retention_days, o.erased_until FROM organisations o
      WHERE EXISTS (SELECT 1 FROM batches b WHERE b.organisation_id = o.id AND b.created_at > o.erased_until
        AND b.created_at <= ? - o.retention_days * ${day})`,
    args: [now],
  });
  let count = 0;
  for (const row of organisations) count += await eraseBatches(database, row, now);
  count += await eraseLater(database, now);
  await eraseOthers(database, now);
  return count;
}

async function eraseBatches(database: Database, organisation: Row, now: number): Promise<number> {
  const id = String(organisation.id);
  const cutoff = now - Number(organisation.retention_days) * day;
  let until = Number(organisation.erased_until);
  let count = 0;
  for (;;) {
    const rows = (end: number, limit: number) =>
      database.query({
        sql: `${batchSql} WHERE b.organisation_id = ? AND b.created_at > ? AND b.created_at <= ?
          ORDER BY b.created_at LIMIT ?`,
        args: [now - asked, cutoff, id, until, end, limit],
      });
    const page = await rows(cutoff, most);
    const first = Number(page[0]?.created_at);
    const taken = portion(page) ?? (await rows(first, Number.MAX_SAFE_INTEGER));
    const last = taken.at(-1);
    if (last === undefined) return count;
    const [over, others] = [taken.filter(isOver), taken.filter((row) => !isOver(row))];
    await database.batch([
      ...erasedBatches(over),
      {
        sql: `INSERT INTO erasures (batch_id, due_at) SELECT value, ? FROM json_each(?) WHERE true
          ON CONFLICT DO NOTHING`,
        args: [now + day, JSON.stringify(others.map((row) => row.id))],
      },
      {
        sql: 'UPDATE organisations SET erased_until = max(erased_until, ?) WHERE id = ?',
        args: [Number(last.created_at), id],
      },
    ]);
    until = Number(last.created_at);
    count += over.reduce((sum, row) => sum + Number(row.messages), 0);
  }
}

/**
 * So many batches as make a short transaction, and all that were made in the same millisecond. Null: that one has more
 * than a page.
 */
function portion(rows: readonly Row[]): Row[] | null {
  const taken: Row[] = [];
  let messages = 0;
  for (const row of rows) {
    const last = taken.at(-1);
    if (messages >= together && last?.created_at !== row.created_at) break;
    taken.push(row);
    messages += Number(row.messages);
  }
  // The last ones of a full page may have others of their millisecond behind them.
  if (taken.length < most) return taken;
  const whole = taken.filter((row) => row.created_at !== taken.at(-1)?.created_at);
  return whole.length === 0 ? null : whole;
}

/** Those that were not over when their time came: scheduled ones, mostly. */
async function eraseLater(database: Database, now: number): Promise<number> {
  const rows = await database.query({
    sql: `SELECT b.* FROM erasures e JOIN (${batchSql}) b ON b.id = e.batch_id WHERE e.due_at <= ? LIMIT 100`,
    args: [now - asked, now, now],
  });
  if (rows.length === 0) return 0;
  const over = rows.filter((row) => isOver(row) && Number(row.keep_until) <= now);
  await database.batch([
    ...erasedBatches(over),
    {
      sql: 'DELETE FROM erasures WHERE batch_id IN (SELECT value FROM json_each(?))',
      args: [JSON.stringify(over.map((row) => row.id))],
    },
    {
      sql: 'UPDATE erasures SET due_at = ? WHERE batch_id IN (SELECT value FROM json_each(?))',
      args: [now + day, JSON.stringify(rows.map((row) => row.id))],
    },
  ]);
  return over.reduce((sum, row) => sum + Number(row.messages), 0);
}

/** Nothing of it is to be sent or asked after, and its own time has come. Two arguments: since when not asked, by when. */
const batchSql = `
SELECT b.id, b.created_at, b.messages, coalesce(b.scheduled_at, b.created_at) + o.retention_days * ${day} AS keep_until,
  p.queued + p.sending = 0 AND (p.unknown = 0 OR coalesce(b.scheduled_at, b.created_at) <= ?)
    AND coalesce(b.scheduled_at, 0) <= ? AS over
FROM batches b JOIN batch_progress p ON p.batch_id = b.id JOIN organisations o ON o.id = b.organisation_id`;

const isOver = (row: Row): boolean => row.over === 1;

function erasedBatches(rows: readonly Row[]): Statement[] {
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map((row) => row.id));
  return [
    ...erased('batch_id IN (SELECT value FROM json_each(?))', ids),
    {
      sql: `UPDATE batches SET text = '', page_url = NULL, answer = json_set(answer, '$.skipped', json('[]'))
        WHERE id IN (SELECT value FROM json_each(?))`,
      args: [ids],
    },
  ];
}

/** Texts from people, and callbacks. */
async function eraseOthers(database: Database, now: number): Promise<void> {
  const [organisations = [], inbound = [], reports = []] = await database.queries([
    { sql: 'SELECT min(retention_days) AS days FROM organisations' },
    {
      sql: `SELECT i.id FROM inbound_messages i JOIN organisations o ON o.id = i.organisation_id
        WHERE i.received_at <= ? - o.retention_days * ${day} LIMIT ?`,
      args: [now, together],
    },
    { sql: 'SELECT received_at AS at FROM reports ORDER BY id LIMIT 1' },
  ]);
  const statements: Statement[] = [];
  const ids = (rows: readonly Row[]) => JSON.stringify(rows.map((row) => row.id));
  if (inbound.length > 0) {
    statements.push({
      sql: 'DELETE FROM inbound_messages WHERE id IN (SELECT value FROM json_each(?))',
      args: [ids(inbound)],
    });
  }
  const cutoff = now - Math.min(Number(organisations[0]?.days ?? 0) * day, callbacksFor);
  if (reports[0] !== undefined && Number(reports[0].at) <= cutoff) {
    statements.push({
      sql: `DELETE FROM reports WHERE id IN (
        SELECT id FROM (SELECT id, received_at FROM reports ORDER BY id LIMIT ?) WHERE received_at <= ?)`,
      args: [together, cutoff],
    });
  }
  if (statements.length > 0) await database.batch(statements);
}
