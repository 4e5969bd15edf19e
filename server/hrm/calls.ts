import type { HrmAccepted, HrmCall, HrmNotification } from '../../shared/api/hrm.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Row, Statement } from '../database/database.ts';
import { jsonPieces } from '../database/pieces.ts';
import type { Told } from './resolving.ts';

/** A call as it is kept. */
export interface Call {
  id: string;
  /** JSON of the answer; null: it is not wholly taken. */
  answer: string | null;
}

/** People in one transaction: so many that it is cheap, so few that nobody waits long for it. */
const chunk = 5000;

/**
 * The call under its key: a new one, or the one that was begun before.
 * @throws {ProblemException} `idempotency-key-reused`
 */
export async function beginCall(
  database: Database,
  actor: Actor,
  call: { id: string; key: string; requestHash: string; now: number },
  { companyId, event }: HrmNotification,
): Promise<Call> {
  await database.batch([
    {
      sql: `INSERT INTO hrm_calls
          (id, organisation_id, company_id, event, idempotency_key, request_hash, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      args: [call.id, actor.organisationId, companyId, event, call.key, call.requestHash, actor.id, call.now],
    },
  ]);
  const begun = await callByKey(database, actor.organisationId, call.key, call.requestHash);
  if (begun === null) throw new ProblemException('conflict');
  return begun;
}

/** @throws {ProblemException} `idempotency-key-reused` */
export async function callByKey(
  database: Database,
  organisationId: string,
  key: string,
  requestHash: string,
): Promise<Call | null> {
  const [row] = await database.query({
    sql: 'SELECT id, request_hash, answer FROM hrm_calls WHERE organisation_id = ? AND idempotency_key = ?',
    args: [organisationId, key],
  });
  if (row === undefined) return null;
  if (row.request_hash !== requestHash) throw new ProblemException('idempotency-key-reused');
  return { id: String(row.id), answer: row.answer === null ? null : String(row.answer) };
}

/**
 * Stores the people of a call, chunk by chunk, then the call as taken. Cut off anywhere, it is done again by the same
 * call: a place that is there stays as it is, and nothing goes out before the end.
 *
 * @param dueAt when they are to go out
 * @returns JSON of the answer
 */
export async function takeCall(
  database: Database,
  actor: Actor,
  call: Call,
  { companyId, event }: HrmNotification,
  told: readonly Told[],
  times: { now: number; dueAt: number; gatheredUntil: number | null },
): Promise<string> {
  for (let from = 0; from < told.length; from += chunk) {
    await database.batch(storeTold(call.id, companyId, event, told.slice(from, from + chunk), times));
  }
  const kept = await database.query({
    sql: `SELECT place, employee, reason FROM hrm_notifications WHERE call_id = ? AND state = 'skipped' ORDER BY place`,
    args: [call.id],
  });
  const skipped = kept.map((row) => skippedOf(row, told));
  const answer: HrmAccepted = {
    id: call.id,
    companyId,
    event,
    notified: told.length - skipped.length,
    gatheredUntil: times.gatheredUntil,
    skipped,
  };
  const detail = { company: companyId, event, notified: answer.notified, skipped: skipped.length };
  const guard = {
    sql: 'EXISTS (SELECT 1 FROM hrm_calls WHERE id = ? AND taken_at IS NULL)',
    args: [call.id],
  };
  await database.batch([
    auditRecord(actor, 'hrm.notified', call.id, detail, times.now, guard),
    {
      sql: 'UPDATE hrm_calls SET taken_at = ?, answer = ? WHERE id = ? AND taken_at IS NULL',
      args: [times.now, JSON.stringify(answer), call.id],
    },
  ]);
  // Another server may have taken the same call at the same time: its answer is the one.
  const [row] = await database.query({ sql: 'SELECT answer FROM hrm_calls WHERE id = ?', args: [call.id] });
  return String(row?.answer);
}

/** A call that was taken wholly. */
export async function callOf(
  database: Database,
  organisationId: string,
  id: string,
): Promise<HrmCall | undefined> {
  const [calls = [], states = []] = await database.queries([
    {
      sql: `SELECT c.*, coalesce(w.name, k.name, c.created_by) AS created_name FROM hrm_calls c
        LEFT JOIN people w ON w.id = c.created_by LEFT JOIN api_keys k ON k.id = c.created_by
        WHERE c.id = ? AND c.organisation_id = ? AND c.taken_at IS NOT NULL`,
      args: [id, organisationId],
    },
    {
      sql: `SELECT ${stateSql} AS state, count(*) AS n FROM hrm_notifications n
        LEFT JOIN messages m ON m.id = n.message_id WHERE n.call_id = ? GROUP BY 1`,
      args: [id],
    },
  ]);
  const [call] = calls;
  if (call === undefined) return undefined;
  return {
    id,
    companyId: String(call.company_id),
    event: String(call.event) as HrmCall['event'],
    createdAt: Number(call.created_at),
    createdBy: String(call.created_name),
    counts: Object.fromEntries(states.map((row) => [String(row.state), Number(row.n)])),
  };
}

/** The state of a notification `n` with its message `m`, if it has one. */
export const stateSql = `iif(n.state = 'taken', coalesce(m.state, 'queued'), n.state)`;

const skippedOf = (row: Row, told: readonly Told[]): HrmAccepted['skipped'][number] => ({
  index: Number(row.place),
  reference: String(row.employee),
  reason: String(row.reason) as HrmAccepted['skipped'][number]['reason'],
  detail: told[Number(row.place)]?.detail ?? '',
});

function storeTold(
  callId: string,
  companyId: string,
  event: string,
  told: readonly Told[],
  { now, dueAt }: { now: number; dueAt: number },
): Statement[] {
  const rows = told.map((one) => [
    one.place,
    one.language,
    one.employee,
    one.person,
    one.name,
    one.number,
    one.kind,
    one.reason === null ? JSON.stringify(one.fields) : null,
    one.reason ?? '',
  ]);
  return jsonPieces(rows).map((piece) => ({
    sql: `INSERT INTO hrm_notifications (call_id, company_id, event, due_at, created_at, state_at, place, language,
        employee, person, name, number, kind, fields, reason, state)
      SELECT ?, ?, ?, ?, ?, ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
        value ->> 6, value ->> 7, value ->> 8, iif(value ->> 8 = '', 'waiting', 'skipped')
      FROM json_each(?) WHERE true ON CONFLICT (call_id, place) DO NOTHING`,
    args: [callId, companyId, event, dueAt, now, now, piece],
  }));
}
