import type { Statement } from '../database/database.ts';
import { jsonPieces } from '../database/pieces.ts';
import type { Outgoing } from './recipients.ts';
import type { Retry } from './retrying.ts';

/** A batch that passed the gate and is to be stored. */
export interface NewBatch {
  id: string;
  organisationId: string;
  companyId: string;
  senderNameId: string;
  purpose: string;
  origin: 'crm' | 'hrm';
  pageUrl: string | null;
  templateId: string | null;
  text: string;
  parts: number;
  /** When it is to go out, if not now. */
  scheduledAt: number | null;
  createdBy: string;
  createdAt: number;
  idempotencyKey: string;
  requestHash: string;
  /** JSON of everything but the balance, which the transaction knows: it adds it as the last member. */
  answer: string;
  /** The month in which it counts against its company's quota; null: there is none. */
  quotaMonth: string | null;
  /** Messages that it sends anew; each once. */
  retry: Pick<Retry, 'ofBatchId' | 'messageIds'> | null;
  outgoing: readonly Outgoing[];
}

/** Messages are given up when they could not be handed to the operator for so long after their time. */
export const deadline = 24 * 60 * 60 * 1000;

/**
 * One transaction for a group of sends: batches, their messages, reservations, progress, audit.
 *
 * What the gate has found is asked again as conditions, for another server may have changed it since: the company
 * stands, its effective name is still this one and authorised, HRM is permitted, and package and quota cover the sends of
 * this group of the same organisation up to and with this one. A batch that fails a condition, or whose key is taken,
 * is left out together with all that belongs to it; the others are stored. The first statement returns what was.
 */
export function storeBatches(group: readonly NewBatch[]): Statement[] {
  const ids = JSON.stringify(group.map((batch) => batch.id));
  const { circumstances, rows } = batchRows(group);
  const quotas = group.some((batch) => batch.quotaMonth !== null);
  return [
    { sql: batchesSql(quotas), args: [JSON.stringify(circumstances), JSON.stringify(rows)] },
    ...messagesOf(group),
    { sql: reservationsSql, args: [ids] },
    { sql: progressSql, args: [ids] },
    { sql: auditSql, args: [ids] },
    ...group.flatMap(retriesOf),
  ];
}

/** A message that was sent anew before breaks the transaction by its key. */
function retriesOf({ id, retry }: NewBatch): Statement[] {
  if (retry === null) return [];
  return [
    {
      sql: `INSERT INTO retries (message_id, batch_id, of_batch_id)
        SELECT r.value, b.id, ? FROM batches b, json_each(?) r WHERE b.id = ?`,
      args: [retry.ofBatchId, JSON.stringify(retry.messageIds), id],
    },
    {
      sql: `UPDATE batch_progress SET version = version + 1 WHERE batch_id = ?`,
      args: [retry.ofBatchId],
    },
  ];
}

/**
 * What the batches of a group have in common stands once, in `circumstances`; a row points there by its place. Taking
 * a value out of JSON is what storing a single send costs most, so a row holds only what is its own.
 */
function batchRows(group: readonly NewBatch[]): { circumstances: unknown[][]; rows: unknown[][] } {
  const circumstances: unknown[][] = [];
  const places = new Map<string, number>();
  const rows = group.map((batch) => {
    const values = [
      batch.organisationId,
      batch.companyId,
      batch.senderNameId,
      batch.purpose,
      batch.origin,
      batch.pageUrl,
      batch.templateId,
      batch.scheduledAt,
      batch.createdBy,
      batch.createdAt,
      batch.quotaMonth,
    ];
    const key = values.join('\n');
    let place = places.get(key);
    if (place === undefined) {
      place = circumstances.push(values) - 1;
      places.set(key, place);
    }
    return [
      place,
      batch.id,
      batch.text,
      batch.outgoing.length,
      batch.parts,
      batch.idempotencyKey,
      batch.requestHash,
      // Open at its end, for the balance.
      `${batch.answer.slice(0, -1)},"balance":`,
    ];
  });
  return { circumstances, rows };
}

/**
 * One statement for one batch, whose id need not stand beside each row; another for a group of small ones. Several of
 * either for what is too long for one value.
 */
function messagesOf(group: readonly NewBatch[]): Statement[] {
  const [only] = group;
  if (only !== undefined && group.length === 1) {
    const rows = only.outgoing.map((it) => [it.number, it.parts, it.name, it.reference, textOf(it, only)]);
    return jsonPieces(rows).map((piece) => ({ sql: messagesOfOneSql, args: [deadline, piece, only.id] }));
  }
  const rows: unknown[] = [];
  for (const batch of group) {
    for (const it of batch.outgoing) {
      rows.push([it.number, it.parts, it.name, it.reference, textOf(it, batch), batch.id]);
    }
  }
  return jsonPieces(rows).map((piece) => ({ sql: messagesOfManySql, args: [deadline, piece] }));
}

/** Null: the batch's own text, which then need not travel with each row. */
function textOf(message: Outgoing, batch: NewBatch): string | null {
  return message.text === batch.text ? null : message.text;
}

/** Companies with a quota are rare, and counting costs: so only where there is one. */
const batchesSql = (quotas: boolean): string => `
WITH circumstances AS MATERIALIZED (
  SELECT key AS place, value ->> 0 AS organisation_id, value ->> 1 AS company_id, value ->> 2 AS sender_name_id,
    value ->> 3 AS purpose, value ->> 4 AS origin, value ->> 5 AS page_url, value ->> 6 AS template_id,
    value ->> 7 AS scheduled_at, value ->> 8 AS created_by, value ->> 9 AS created_at,
    value ->> 10 AS quota_month
  FROM json_each(?)
), wanted AS (
  SELECT r.value, w.*, n.name AS sender_name, b.parts AS balance, r.value ->> 4 AS parts,
    sum(r.value ->> 4) OVER (PARTITION BY w.organisation_id ORDER BY r.key ROWS UNBOUNDED PRECEDING) AS taken${quotas ? quotaSql : ''}
  FROM json_each(?) r
  JOIN circumstances w ON w.place = r.value ->> 0
  JOIN companies c ON c.id = w.company_id AND c.organisation_id = w.organisation_id AND c.deleted_at IS NULL
  JOIN organisations o ON o.id = w.organisation_id
  JOIN sender_names n ON n.id = coalesce(c.sender_name_id, o.program_sender_name_id)
  JOIN balances b ON b.organisation_id = w.organisation_id
  WHERE n.id = w.sender_name_id AND n.state = 'authorised' AND (w.origin = 'crm' OR c.hrm_permission = 1)
    AND (c.monthly_parts IS NULL) = (w.quota_month IS NULL)
)
INSERT INTO batches (id, organisation_id, company_id, sender_name_id, sender_name, purpose, origin, page_url,
  template_id, text, state, messages, parts, scheduled_at, created_by, created_at, idempotency_key, request_hash,
  answer, quota_month)
SELECT value ->> 1, organisation_id, company_id, sender_name_id, sender_name, purpose, origin, page_url,
  template_id, value ->> 2, iif(scheduled_at IS NULL, 'sending', 'scheduled'), value ->> 3, parts, scheduled_at,
  created_by, created_at, value ->> 5, value ->> 6, (value ->> 7) || (balance - taken) || '}', quota_month
FROM wanted WHERE taken <= balance ${quotas ? 'AND (monthly_parts IS NULL OR of_month <= monthly_parts)' : ''}
ON CONFLICT (organisation_id, idempotency_key) DO NOTHING
RETURNING id, answer`;

const quotaSql = `, c.monthly_parts,
    sum(r.value ->> 4) OVER (PARTITION BY w.company_id ORDER BY r.key ROWS UNBOUNDED PRECEDING) + coalesce((
      SELECT u.parts FROM company_usage u WHERE u.company_id = w.company_id AND u.month = w.quota_month), 0) AS of_month`;

/** Single sends have a lane of their own, before bulk. */
const messagesSql = `
INSERT INTO messages (organisation_id, batch_id, sender_name, number, parts, recipient_name, reference, text,
  state_at, lane, due_at, expires_at)
SELECT b.organisation_id, b.id, b.sender_name, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3,
  coalesce(r.value ->> 4, b.text), b.created_at, b.messages > 1, coalesce(b.scheduled_at, b.created_at),
  coalesce(b.scheduled_at, b.created_at) + ?`;

const messagesOfOneSql = `${messagesSql} FROM json_each(?) r CROSS JOIN batches b WHERE b.id = ?`;

const messagesOfManySql = `${messagesSql} FROM json_each(?) r JOIN batches b ON b.id = r.value ->> 5`;

/** The trigger moves the balance; the guard above has made sure that it stays above zero. */
const reservationsSql = `
INSERT INTO ledger (organisation_id, kind, parts, batch_id, by, at)
SELECT organisation_id, 'reserve', -parts, id, created_by, created_at
FROM batches WHERE id IN (SELECT value FROM json_each(?))`;

const progressSql = `
INSERT INTO batch_progress (batch_id, queued)
SELECT id, messages FROM batches WHERE id IN (SELECT value FROM json_each(?))`;

const auditSql = `
INSERT INTO audit (organisation_id, by, act, subject, detail, at)
SELECT organisation_id, created_by, 'batch.accepted', id,
  json_object('company', company_id, 'senderName', sender_name, 'origin', origin, 'purpose', purpose,
    'messages', messages, 'parts', parts),
  created_at
FROM batches WHERE id IN (SELECT value FROM json_each(?))`;
