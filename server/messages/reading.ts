import type { z } from 'zod';
import type { Batch, BatchCounts } from '../../shared/api/batches.ts';
import {
  type Message,
  type MessageTimeline,
  messageStates,
  type TakeBackOutcome,
} from '../../shared/api/messages.ts';
import { maskNumber } from '../../shared/phone/check.ts';
import type { Actor } from '../access/actor.ts';
import { maySeeNumbers } from '../access/rules.ts';
import type { Reads, Row, Value } from '../database/database.ts';
import { readableText } from '../hrm/secrets.ts';
import { messageIdOf } from './our-id.ts';

/** A batch with what its entity tag says. */
export interface BatchRecord {
  batch: Batch;
  version: number;
  createdAt: number;
}

/** Batches of the companies that the actor may use, newest first. `before`: the last one of the page before. */
export async function batchesBefore(
  database: Reads,
  actor: Actor,
  before: { createdAt: number; id: string } | null,
  limit: number,
  now: number,
): Promise<BatchRecord[]> {
  const companies = ofCompanies(actor);
  const page =
    before === null
      ? { sql: '', args: [] }
      : { sql: 'AND (b.created_at, b.id) < (?, ?)', args: [before.createdAt, before.id] };
  const rows = await database.query({
    sql: `${batchSql} WHERE b.organisation_id = ? ${companies.sql} ${page.sql}
      ORDER BY b.created_at DESC, b.id DESC LIMIT ?`,
    args: [actor.organisationId, ...companies.args, ...page.args, limit],
  });
  return rows.map((row) => batchOf(row, now));
}

/** Undefined: no such batch that the actor may see. */
export async function batchById(
  database: Reads,
  actor: Actor,
  id: string,
  now: number,
): Promise<BatchRecord | undefined> {
  const companies = ofCompanies(actor);
  const [row] = await database.query({
    sql: `${batchSql} WHERE b.organisation_id = ? ${companies.sql} AND b.id = ?`,
    args: [actor.organisationId, ...companies.args, id],
  });
  return row === undefined ? undefined : batchOf(row, now);
}

/** Messages of a batch, in the order of its recipients. Undefined: no such batch that the actor may see. */
export async function messagesAfter(
  database: Reads,
  actor: Actor,
  batchId: string,
  after: number,
  limit: number,
): Promise<{ id: number; message: Message }[] | undefined> {
  const companies = ofCompanies(actor);
  const [batches = [], rows = []] = await database.queries([
    {
      sql: `SELECT 1 FROM batches b WHERE b.organisation_id = ? ${companies.sql} AND b.id = ?`,
      args: [actor.organisationId, ...companies.args, batchId],
    },
    {
      sql: `${messageSql} WHERE m.batch_id = ? AND m.organisation_id = ? AND m.id > ? ORDER BY m.id LIMIT ?`,
      args: [batchId, actor.organisationId, after, limit],
    },
  ]);
  if (batches.length === 0) return undefined;
  return rows.map((row) => ({ id: Number(row.id), message: messageOf(row, actor) }));
}

/** Undefined: no such message that the actor may see. */
export async function timelineOf(
  database: Reads,
  actor: Actor,
  id: number,
): Promise<MessageTimeline | undefined> {
  const companies = ofCompanies(actor);
  const [messages = [], attempts = [], reports = [], [back] = []] = await database.queries([
    {
      sql: `${messageSql} JOIN batches b ON b.id = m.batch_id
        WHERE m.id = ? AND m.organisation_id = ? ${companies.sql}`,
      args: [id, actor.organisationId, ...companies.args],
    },
    {
      sql: `SELECT a.at, a.outcome, a.detail, c.operator FROM attempts a
        LEFT JOIN operator_calls c ON c.id = a.call_id WHERE a.message_id = ? ORDER BY a.number`,
      args: [id],
    },
    {
      sql: 'SELECT at, state, detail FROM message_reports WHERE message_id = ? ORDER BY at, state',
      args: [id],
    },
    { sql: 'SELECT * FROM take_backs WHERE message_id = ?', args: [id] },
  ]);
  const [row] = messages;
  if (row === undefined) return undefined;
  return {
    ...messageOf(row, actor),
    attempts: attempts.map((attempt) => ({
      at: Number(attempt.at),
      operator: String(attempt.operator ?? ''),
      outcome: attempt.outcome as MessageTimeline['attempts'][number]['outcome'],
      detail: String(attempt.detail),
      operatorMessageId: attempt.outcome === 'accepted' ? String(row.operator_message_id ?? '') : '',
    })),
    reports: reports.map((report) => ({
      at: Number(report.at),
      state: report.state as Message['state'],
      detail: String(report.detail),
    })),
    askedBack:
      back === undefined
        ? null
        : {
            requestedAt: Number(back.requested_at),
            askedAt: back.asked_at === null ? null : Number(back.asked_at),
            operator: String(back.operator ?? ''),
            tries: Number(back.tries),
            outcome: back.outcome as TakeBackOutcome | null,
            detail: String(back.detail),
            answeredAt: back.answered_at === null ? null : Number(back.answered_at),
          },
  };
}

/** A condition on batches `b`: those of the companies that the actor may use. */
export function ofCompanies(actor: Actor): { sql: string; args: Value[] } {
  if (actor.companies === null) return { sql: '', args: [] };
  return {
    sql: 'AND b.company_id IN (SELECT value FROM json_each(?))',
    args: [JSON.stringify([...actor.companies])],
  };
}

const batchSql = `
SELECT b.id, b.company_id, b.sender_name, b.state, b.created_at, b.text, b.messages, b.parts, b.scheduled_at,
  coalesce(w.name, k.name, b.created_by) AS created_by,
  (SELECT count(*) FROM retries r WHERE r.of_batch_id = b.id) AS retried,
  (SELECT json_array(count(*), sum(t.outcome IS NULL), sum(t.outcome IS 'given-back')) FROM take_backs t
    WHERE t.batch_id = b.id) AS asked_back, p.*
FROM batches b
JOIN batch_progress p ON p.batch_id = b.id
LEFT JOIN people w ON w.id = b.created_by
LEFT JOIN api_keys k ON k.id = b.created_by`;

function askedBackOf(counted: Value | undefined): Batch['askedBack'] {
  const [messages, waiting, givenBack] = JSON.parse(String(counted));
  return messages === 0 ? null : { messages, waiting, givenBack };
}

function batchOf(row: Row, now: number): BatchRecord {
  const counts = {} as z.infer<typeof BatchCounts>;
  for (const state of messageStates) counts[state] = Number(row[state]);
  // Nobody writes down that a batch's time has come; its messages are due then, and that is all.
  const begun = row.state === 'scheduled' && Number(row.scheduled_at) <= now;
  return {
    batch: {
      id: String(row.id),
      companyId: String(row.company_id),
      senderName: String(row.sender_name),
      state: begun ? 'sending' : (String(row.state) as Batch['state']),
      createdAt: Number(row.created_at),
      createdBy: String(row.created_by),
      text: String(row.text),
      messages: Number(row.messages),
      parts: Number(row.parts),
      settledParts: Number(row.settled_parts),
      counts,
      retried: Number(row.retried),
      askedBack: askedBackOf(row.asked_back),
    },
    version: Number(row.version),
    createdAt: Number(row.created_at),
  };
}

/** Of messages `m`, what `messageOf` reads. */
export const messageColumns = `m.id, m.batch_id, m.reference, m.recipient_name, m.number, ${readableText} AS text, m.parts,
  m.settled_parts, m.state, m.reason, m.state_at, m.operator_message_id`;

const messageSql = `SELECT ${messageColumns} FROM messages m`;

/** Its number masked for who may not see whole ones, its text left out where it is a secret. */
export function messageOf(row: Row, actor: Actor): Message {
  const number = String(row.number);
  return {
    id: messageIdOf(Number(row.id)),
    batchId: String(row.batch_id),
    reference: String(row.reference),
    recipientName: String(row.recipient_name),
    number: number === '' || maySeeNumbers(actor) ? number : maskNumber(number),
    text: row.text === null ? null : String(row.text),
    parts: Number(row.settled_parts ?? row.parts),
    state: row.state as Message['state'],
    reason: String(row.reason),
    stateAt: Number(row.state_at),
  };
}
