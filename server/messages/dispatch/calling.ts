import type { Database, Statement } from '../../database/database.ts';
import type { Operator, SendOutcome } from '../../operators/operator.ts';
import type { Leased } from './leasing.ts';

/** One call to be made. */
export interface PlannedCall {
  operator: Operator;
  senderName: string;
  messages: Leased[];
}

/** A call that is written down: from now on, nobody may say that it was not made. */
export interface WrittenCall extends PlannedCall {
  /** 0: it is not, or not yet. */
  id: number;
}

/** A call that has ended, with an outcome for each of its messages in their order. */
export interface EndedCall {
  call: WrittenCall;
  outcomes: SendOutcome[];
}

/**
 * As few calls as the adapter can carry: messages of one sender name together, with different texts where the adapter
 * takes those. The order of acceptance stays.
 */
export function planCalls(operator: Operator, messages: readonly Leased[]): PlannedCall[] {
  const { maximumRecipients, personalised } = operator.capabilities;
  const calls: PlannedCall[] = [];
  const open = new Map<string, PlannedCall>();
  for (const message of messages) {
    const key = personalised ? message.senderName : `${message.senderName}\n${message.text}`;
    let call = open.get(key);
    if (call === undefined || call.messages.length >= maximumRecipients) {
      call = { operator, senderName: message.senderName, messages: [] };
      open.set(key, call);
      calls.push(call);
    }
    call.messages.push(message);
  }
  return calls;
}

/**
 * Writes the calls and a try for each message before any is made. A message whose lease was lost meanwhile is left out;
 * the others are held until `leaseUntil`.
 */
export async function writeCalls(
  database: Database,
  calls: readonly PlannedCall[],
  now: number,
  leaseUntil: number,
): Promise<WrittenCall[]> {
  const tries: Record<number, [number, number]> = {};
  let expected = 0;
  for (const [at, call] of calls.entries()) {
    for (const message of call.messages) tries[message.id] = [at, message.attempt];
    expected += call.messages.length;
  }
  const ofTries = JSON.stringify(tries);
  const rows = calls.map((call) => [call.operator.name, call.messages[0]?.id, call.messages.length]);
  const [written, attempts] = await database.batch([
    { sql: callsSql, args: [now, JSON.stringify(rows)] },
    { sql: attemptsSql, args: [calls.length, now, ofTries] },
    ...(calls.some((call) => call.messages.some((message) => message.leaseUntil < leaseUntil))
      ? [{ sql: leaseSql, args: [leaseUntil, ofTries] }]
      : []),
  ]);
  const ids = (written?.rows ?? []).map((row) => Number(row.id)).sort((a, b) => a - b);
  const made = calls.map((call, at) => ({ ...call, id: ids[at] ?? 0 }));
  if (attempts?.changes === expected) return made;
  const kept = await database.query({
    sql: `SELECT t.message_id FROM json_each(?) m JOIN attempts t ON t.message_id = CAST(m.key AS INTEGER)
      WHERE t.call_id IN (SELECT value FROM json_each(?))`,
    args: [ofTries, JSON.stringify(ids)],
  });
  const ours = new Set(kept.map((row) => Number(row.message_id)));
  return made
    .map((call) => ({ ...call, messages: call.messages.filter((message) => ours.has(message.id)) }))
    .filter((call) => call.messages.length > 0);
}

const callsSql = `
INSERT INTO operator_calls (operator, first_message_id, messages, started_at)
SELECT c.value ->> 0, c.value ->> 1, c.value ->> 2, ? FROM json_each(?) c ORDER BY c.key RETURNING id`;

/** Ids of calls written in one transaction follow one another, so a call's is known by its place. */
const attemptsSql = `
INSERT INTO attempts (message_id, number, call_id, at)
SELECT m.id, m.attempts, (SELECT max(id) FROM operator_calls) - ? + 1 + (t.value ->> 0), ?
FROM json_each(?) t JOIN messages m ON m.id = CAST(t.key AS INTEGER)
WHERE m.state = 'sending' AND m.attempts = t.value ->> 1`;

/** What had waited for its call is held from now on. */
const leaseSql = `
UPDATE messages SET lease_until = ? FROM json_each(?) t
WHERE messages.id = CAST(t.key AS INTEGER) AND state = 'sending' AND attempts = t.value ->> 1`;

/** Makes the call. Whatever goes wrong, each message has an outcome. */
export async function makeCall(
  call: WrittenCall,
  ourIdOf: (messageId: number) => string,
  signal: AbortSignal,
): Promise<EndedCall> {
  const messages = call.messages.map((message) => ({
    ourId: ourIdOf(message.id),
    number: message.number,
    text: message.text,
    parts: message.parts,
  }));
  try {
    const outcomes = await call.operator.send({ senderName: call.senderName, messages, signal });
    if (outcomes.length === messages.length) return { call, outcomes };
    const answered = new Map(outcomes.map((outcome) => [outcome.ourId, outcome]));
    return {
      call,
      outcomes: messages.map(
        ({ ourId }) => answered.get(ourId) ?? unknown(ourId, 'no outcome for this message'),
      ),
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { call, outcomes: messages.map(({ ourId }) => unknown(ourId, detail)) };
  }
}

function unknown(ourId: string, detail: string): SendOutcome {
  return {
    ourId,
    outcome: 'unknown',
    operatorMessageId: null,
    parts: null,
    detail: detail.slice(0, 200),
    blame: 'operator',
    retryAfter: null,
  };
}

/** Calls that are written down and were not made after all: their tries never were. */
export function unmadeCalls(calls: readonly WrittenCall[], now: number): Statement[] {
  const written = calls.filter((call) => call.id !== 0);
  if (written.length === 0) return [];
  const tries = written.flatMap((call) => call.messages.map((message) => [message.id, message.attempt]));
  return [
    {
      sql: `DELETE FROM attempts WHERE outcome IS NULL AND (message_id, number) IN (
        SELECT value ->> 0, value ->> 1 FROM json_each(?))`,
      args: [JSON.stringify(tries)],
    },
    {
      sql: `UPDATE operator_calls SET finished_at = ?, outcome = 'retryable', detail = 'not made'
        WHERE id IN (SELECT value FROM json_each(?))`,
      args: [now, JSON.stringify(written.map((call) => call.id))],
    },
  ];
}

/** The outcome of the calls as a whole. */
export function callStatements(ended: readonly EndedCall[], now: number): Statement[] {
  const groups = new Map<string, number[]>();
  for (const { call, outcomes } of ended) {
    const kinds = new Set(outcomes.map((outcome) => outcome.outcome));
    const [only = 'unknown'] = kinds;
    const outcome = kinds.size === 1 ? only : 'mixed';
    const ids = groups.get(outcome);
    if (ids === undefined) groups.set(outcome, [call.id]);
    else ids.push(call.id);
  }
  return [...groups].map(([outcome, ids]) => ({
    sql: `UPDATE operator_calls SET finished_at = ?, outcome = ? WHERE id IN (SELECT value FROM json_each(?))`,
    args: [now, outcome, JSON.stringify(ids)],
  }));
}
