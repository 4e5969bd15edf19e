import type { HrmResults } from '../../../shared/api/hrm-results.ts';
import { finalStates } from '../../../shared/api/messages.ts';
import type { Row } from '../../database/database.ts';
import { turn } from '../../messages/later.ts';
import type { Platform } from '../../platform/platform.ts';
import { stateSql } from '../calls.ts';

/** Notifications looked at in one step. */
const atOnce = 2500;
/** Results in one webhook. */
const together = 500;
/** Milliseconds after which no report is to be expected any more: what has not ended by then is told as it stands. */
const patience = 4 * 24 * 60 * 60_000;

type Parts = Pick<Platform, 'database' | 'clock' | 'newId'>;

/**
 * Writes the results that nobody was told yet into webhooks to be delivered. Of two servers that do it at once one
 * writes each.
 *
 * @returns how many notifications it looked at
 */
export async function tellResults(parts: Parts): Promise<number> {
  const webhooks = await parts.database.query({
    sql: 'SELECT company_id, after_notification FROM hrm_webhooks WHERE disabled_at IS NULL',
  });
  let seen = 0;
  for (const row of webhooks) {
    seen += await tellCompany(parts, String(row.company_id), Number(row.after_notification));
  }
  return seen;
}

async function tellCompany(parts: Parts, companyId: string, first: number): Promise<number> {
  let seen = 0;
  let settled: Row[] = [];
  for (let after = first; ; ) {
    const rows = await parts.database.query({ sql: untoldSql, args: [companyId, after, atOnce] });
    const now = parts.clock.now();
    seen += rows.length;
    settled.push(...rows.filter((row) => isSettled(row, now)));
    while (settled.length >= together) {
      await write(parts, companyId, settled.slice(0, together));
      settled = settled.slice(together);
    }
    const last = rows.at(-1);
    if (rows.length < atOnce || last === undefined) break;
    after = Number(last.id);
    await turn();
  }
  if (settled.length > 0) await write(parts, companyId, settled);
  return seen;
}

const isSettled = (row: Row, now: number): boolean => {
  const state = String(row.state_now);
  if (state === 'skipped' || state === 'refused' || (finalStates as ReadonlySet<string>).has(state))
    return true;
  return state !== 'waiting' && state !== 'queued' && Number(row.since) < now - patience;
};

async function write(
  { database, clock, newId }: Parts,
  companyId: string,
  rows: readonly Row[],
): Promise<void> {
  const now = clock.now();
  const id = newId('whd');
  const payload: HrmResults = {
    type: 'hrm.notifications.settled',
    timestamp: new Date(now).toISOString(),
    data: { companyId, results: rows.map(resultOf) },
  };
  const ids = JSON.stringify(rows.map((row) => row.id));
  await database.batch([
    {
      sql: `INSERT INTO hrm_webhook_deliveries (id, company_id, type, payload, results, created_at, due_at)
        SELECT ?, ?, ?, ?, ?, ?, ? WHERE ? = (SELECT count(*) FROM json_each(?) k
          JOIN hrm_notifications n ON n.id = k.value WHERE n.told_at IS NULL)`,
      args: [id, companyId, payload.type, JSON.stringify(payload), rows.length, now, now, rows.length, ids],
    },
    {
      sql: `UPDATE hrm_notifications SET told_at = ? WHERE id IN (SELECT value FROM json_each(?))
        AND EXISTS (SELECT 1 FROM hrm_webhook_deliveries WHERE id = ?)`,
      args: [now, ids, id],
    },
  ]);
}

const resultOf = (row: Row): HrmResults['data']['results'][number] => ({
  callId: String(row.call_id),
  event: String(row.event) as HrmResults['data']['results'][number]['event'],
  index: Number(row.place),
  employee: String(row.employee),
  person: String(row.person),
  state: String(row.state_now) as HrmResults['data']['results'][number]['state'],
  reason: String(row.why),
  at: Number(row.since),
});

const untoldSql = `
SELECT n.id, n.call_id, n.event, n.place, n.employee, n.person, ${stateSql} AS state_now,
  coalesce(m.state_at, n.state_at) AS since, coalesce(m.reason, n.reason) AS why
FROM hrm_notifications n
JOIN hrm_calls c ON c.id = n.call_id AND c.taken_at IS NOT NULL
LEFT JOIN messages m ON m.id = n.message_id
WHERE n.company_id = ? AND n.id > ? AND n.told_at IS NULL ORDER BY n.id LIMIT ?`;
