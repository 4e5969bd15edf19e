import type { Database, Row, Statement } from '../../database/database.ts';
import type { Day } from '../quiet-hours.ts';

/** A message that this dispatcher holds until `leaseUntil`. */
export interface Leased {
  id: number;
  organisationId: string;
  batchId: string;
  senderName: string;
  number: string;
  text: string;
  parts: number;
  /** The number of this try; a later lease has a higher one, which makes this one void. */
  attempt: number;
  expiresAt: number;
  leaseUntil: number;
  /** The only one it may go to: an earlier try with it ended as unknown. Null: any. */
  operator: string | null;
}

export interface Lease {
  /** Unique over dispatchers and leases. */
  owner: string;
  now: number;
  until: number;
  most: number;
  /** Organisations whose operators have enough to do. */
  without: readonly string[];
}

/**
 * Takes messages whose time has come: single sends first, but of a full house always a quarter for bulk, so that a
 * stream of single sends does not stop a sending of thousands.
 * The first two statements return the messages: see `leasedOf`.
 */
export function lease({ owner, now, until, most, without }: Lease): Statement[] {
  const bulk = Math.ceil(most / 4);
  const left = without.length === 0 ? [] : [JSON.stringify(without)];
  const others = left.length === 0 ? '' : 'AND organisation_id NOT IN (SELECT value FROM json_each(?))';
  return [
    { sql: leaseSql(0, others, '?'), args: [now, owner, until, now, ...left, most] },
    {
      sql: leaseSql(1, others, `max(?, ? - (SELECT count(*) FROM messages WHERE ${held}))`),
      args: [now, owner, until, now, ...left, bulk, most, until, owner],
    },
    { sql: progressSql, args: [until, owner] },
  ];
}

const held = `state = 'sending' AND lease_until = ? AND lease_owner = ?`;

/** One column of JSON: the driver takes longer over eight columns than over one. */
const leaseSql = (lane: 0 | 1, others: string, most: string): string => `
UPDATE messages SET state = 'sending', state_at = ?, lease_owner = ?, lease_until = ?, attempts = attempts + 1
WHERE id IN (
  SELECT id FROM messages WHERE state = 'queued' AND lane = ${lane} AND due_at <= ? ${others}
  ORDER BY due_at, id LIMIT ${most})
RETURNING json_array(id, organisation_id, batch_id, sender_name, number, text, parts, attempts, expires_at, operator) AS message`;

const progressSql = `
UPDATE batch_progress SET queued = queued - d.n, sending = sending + d.n, version = version + 1
FROM (SELECT batch_id, count(*) AS n FROM messages WHERE ${held} GROUP BY batch_id) d
WHERE d.batch_id = batch_progress.batch_id`;

/** Milliseconds since the epoch when the first message in the queue is or was due; null: none waits. */
export async function firstDue(database: Database): Promise<number | null> {
  const [row] = await database.query({ sql: firstDueSql });
  return row?.at == null ? null : Number(row.at);
}

/** A lane at a time: each is then one look into an index, however long the queue. */
const firstDueSql = `
SELECT min(at) AS at FROM (
  SELECT min(due_at) AS at FROM messages WHERE state = 'queued' AND lane = 0
  UNION ALL SELECT min(due_at) FROM messages WHERE state = 'queued' AND lane = 1)`;

/** In id order: settling in it walks the table once. */
export function leasedOf(rows: readonly Row[], leaseUntil: number): Leased[] {
  const leased = rows.map((row) => {
    const values = JSON.parse(String(row.message));
    const [id, organisationId, batchId, senderName, number, text, parts, attempt, expiresAt, operator] =
      values;
    return {
      id,
      organisationId,
      batchId,
      senderName,
      number,
      text: text ?? '',
      parts,
      attempt,
      expiresAt,
      leaseUntil,
      operator,
    };
  });
  return leased.sort((a, b) => a.id - b.id);
}

/** What has changed since the batch was accepted, and stops a message at the last moment. */
export interface Stops {
  /** By batch id. */
  batches: Map<string, 'cancelled' | 'gone' | 'pending' | 'hrm' | 'company'>;
  /** When texts of these batches may go out; others at any time. */
  days: Map<string, Day>;
  /** Message ids whose number has opted out meanwhile. */
  optedOut: Set<number>;
  pauses: Pause[];
  /** Companies by batch id; empty when they were not asked for. */
  companies: Map<string, string>;
  /** When the first call with a message began whose end nobody saw, by message id. */
  firstTried: Map<number, number>;
}

export interface Pause {
  operator: string;
  /** '': the whole account. */
  senderName: string;
  until: number;
  times: number;
}

/**
 * R21: a job is checked again when it is fired. The batch must not be cancelled; the name must still be authorised, and so must the company's effective
 * one; HRM still permitted and its company there; the number not on the opt-out list.
 *
 * @param changes read along; `seen` is what it gave
 */
export async function readStops(
  database: Database,
  leased: readonly Leased[],
  byCompany: boolean,
  changes: Statement | null = null,
): Promise<{ stops: Stops; seen: Row | undefined }> {
  const batchIds = JSON.stringify([...new Set(leased.map((message) => message.batchId))]);
  const tried = leased.filter((message) => message.operator !== null).map((message) => message.id);
  const [batches = [], optedOut = [], pauses = [], companies = [], first = [], days = [], seen = []] =
    await database.queries([
      { sql: batchesSql, args: [batchIds] },
      { sql: optedOutSql, args: [JSON.stringify(leased.map((message) => message.id))] },
      pausesStatement,
      { sql: companiesSql, args: [byCompany ? batchIds : '[]'] },
      { sql: firstTriedSql, args: [JSON.stringify(tried)] },
      { sql: daysSql, args: [batchIds] },
      ...(changes === null ? [] : [changes]),
    ]);
  const stops: Stops = {
    companies: new Map(companies.map((row) => [String(row.id), String(row.company_id)])),
    days: new Map(
      days.map((row) => [
        String(row.id),
        { timeZone: String(row.time_zone), from: Number(row.day_from), until: Number(row.day_until) },
      ]),
    ),
    firstTried: new Map(first.map((row) => [Number(row.id), Number(row.at)])),
    batches: new Map(batches.map((row) => [String(row.id), row.why as 'cancelled'])),
    optedOut: new Set(optedOut.map((row) => Number(row.id))),
    pauses: pauses.map(pauseOf),
  };
  return { stops, seen: seen[0] };
}

/** All of them, those that are over too: the next in a row is longer. */
export const pausesStatement: Statement = {
  sql: 'SELECT operator, sender_name, until, times FROM operator_pauses',
};

export const pauseOf = (row: Row): Pause => ({
  operator: String(row.operator),
  senderName: String(row.sender_name),
  until: Number(row.until),
  times: Number(row.times),
});

/** Only batches that something is wrong with. */
const batchesSql = `
SELECT b.id, CASE
  WHEN b.state = 'cancelled' THEN 'cancelled'
  WHEN n.state IN ('rejected', 'deactivated', 'withdrawn') THEN 'gone'
  WHEN c.deleted_at IS NOT NULL THEN 'company'
  WHEN b.origin = 'hrm' AND c.hrm_permission = 0 THEN 'hrm'
  ELSE 'pending' END AS why
FROM json_each(?) k
JOIN batches b ON b.id = k.value
JOIN sender_names n ON n.id = b.sender_name_id
JOIN companies c ON c.id = b.company_id
JOIN organisations o ON o.id = b.organisation_id
LEFT JOIN sender_names e ON e.id = coalesce(c.sender_name_id, o.program_sender_name_id)
WHERE b.state = 'cancelled' OR n.state <> 'authorised' OR coalesce(e.state, '') <> 'authorised'
  OR (b.origin = 'hrm' AND c.hrm_permission = 0) OR c.deleted_at IS NOT NULL`;

const daysSql = `
SELECT b.id, c.time_zone, c.day_from, c.day_until FROM json_each(?) k
JOIN batches b ON b.id = k.value
JOIN companies c ON c.id = b.company_id
WHERE b.origin = 'hrm' OR c.quiet_for_all = 1`;

const optedOutSql = `
SELECT m.id FROM json_each(?) k
JOIN messages m ON m.id = k.value
JOIN opt_outs o ON o.organisation_id = m.organisation_id AND o.number = m.number`;

const companiesSql = `
SELECT b.id, b.company_id FROM json_each(?) k JOIN batches b ON b.id = k.value`;

const firstTriedSql = `
SELECT k.value AS id, min(a.at) AS at FROM json_each(?) k
JOIN attempts a ON a.message_id = k.value AND (a.outcome IS NULL OR a.outcome = 'unknown')
GROUP BY k.value`;
