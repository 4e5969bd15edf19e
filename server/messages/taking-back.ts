import type { TakeBackOutcome } from '../../shared/api/messages.ts';
import type { Guard } from '../audit/record.ts';
import type { Database, Row, Statement } from '../database/database.ts';
import type { Cancellation, Operator } from '../operators/operator.ts';
import { finishBatches, moveMessages } from './moving.ts';
import type { OurIds } from './our-id.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Messages of one round. */
const together = 100;
/** An operator has so long to answer a round; what it has not answered by then is asked again. */
const patience = minute;
/** Whoever asks holds its messages for so long: longer than it asks, so that no two ask for one at once. */
const hold = 2 * minute;
/** Pauses between tries, after which it is given up: what an operator has not given back by then has gone out. */
const waits = [10 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour];
/** What nobody knows an operator to have by then is asked for no more. */
const waitsFor = 24 * hour;

export interface TakingBackParts {
  database: Database;
  operators: readonly Operator[];
  ourIds: OurIds;
  now(): number;
}

/**
 * Writes down that all that operators have of a cancelled batch, or may have, is to be asked back. To stand in the batch
 * that cancels it, after the statement that does.
 */
export function askBackStatement(batchId: string, now: number): Statement {
  return {
    sql: `INSERT INTO take_backs (message_id, batch_id, requested_at, due_at)
      SELECT m.id, m.batch_id, ?, ? FROM messages m WHERE m.batch_id = ? AND (
        m.state = 'accepted' AND m.operator_message_id IS NOT NULL OR m.state IN ('sending', 'unknown')
        OR m.state = 'queued' AND m.operator IS NOT NULL)
      AND EXISTS (SELECT 1 FROM batches b WHERE b.id = m.batch_id AND b.state = 'cancelled')
      ON CONFLICT DO NOTHING`,
    args: [now, now, batchId],
  };
}

/**
 * One round: asks operators for messages whose time has come. Those that they give back are cancelled, and their parts
 * return to the package: they are not billed. The others go on. What was not answered is asked again, ever more rarely.
 * @returns whether more may be due
 */
export async function takeBackDue(parts: TakingBackParts): Promise<boolean> {
  const { database, now } = parts;
  const [due] = await database.query({
    sql: 'SELECT 1 FROM take_backs WHERE outcome IS NULL AND due_at <= ? LIMIT 1',
    args: [now()],
  });
  if (due === undefined) return false;
  const results = await database.batch(claimStatements(now()));
  const held = (results.at(-1)?.rows ?? []).map(heldOf);
  await askAll(parts, held);
  return held.length === together;
}

/**
 * Asks for one message at once.
 * @param record of who wants it back, to be written with the wish
 * @returns `waiting` when it will be asked for again, or is being asked for by somebody else; null when no operator has it
 *   that gives anything back
 */
export async function takeBackOne(
  parts: TakingBackParts,
  id: number,
  record: (guard: Guard) => Statement,
): Promise<TakeBackOutcome | 'waiting' | null> {
  const { database, operators, now } = parts;
  const able = operators.filter((it) => it.cancel !== undefined).map((it) => it.name);
  const at = now();
  const results = await database.batch([
    {
      sql: `INSERT INTO take_backs AS t (message_id, batch_id, requested_at, due_at, tries, operator, asked_at)
        SELECT id, batch_id, ?, ?, 1, operator, ? FROM messages
        WHERE id = ? AND state = 'accepted' AND operator_message_id IS NOT NULL
          AND operator IN (SELECT value FROM json_each(?))
        ON CONFLICT (message_id) DO UPDATE SET tries = t.tries + 1, due_at = excluded.due_at,
          asked_at = excluded.asked_at, outcome = NULL, detail = '', answered_at = NULL
          WHERE t.outcome IS NOT NULL OR t.due_at <= excluded.asked_at
        RETURNING ${heldColumns}`,
      args: [at, at + hold, at, id, JSON.stringify(able)],
    },
    record({
      sql: 'EXISTS (SELECT 1 FROM take_backs WHERE message_id = ? AND asked_at = ? AND outcome IS NULL)',
      args: [id, at],
    }),
  ]);
  await askAll(parts, (results[0]?.rows ?? []).map(heldOf));
  const [row] = await database.query({
    sql: 'SELECT outcome FROM take_backs WHERE message_id = ?',
    args: [id],
  });
  if (row === undefined) return null;
  return row.outcome === null ? 'waiting' : (row.outcome as TakeBackOutcome);
}

interface Held {
  id: number;
  batchId: string;
  /** The number of this try; a later one makes its answer void. */
  tries: number;
  operator: string;
  operatorMessageId: string | null;
}

const heldColumns = `message_id, batch_id, tries, operator,
  (SELECT m.operator_message_id FROM messages m WHERE m.id = message_id) AS operator_message_id`;

const heldOf = (row: Row): Held => ({
  id: Number(row.message_id),
  batchId: String(row.batch_id),
  tries: Number(row.tries),
  operator: String(row.operator),
  operatorMessageId: row.operator_message_id === null ? null : String(row.operator_message_id),
});

const isDue = 'outcome IS NULL AND due_at <= ?';
const stateIn = (states: string): string =>
  `(SELECT state FROM messages m WHERE m.id = message_id) IN (${states})`;
const open = `'queued', 'sending', 'unknown', 'accepted'`;

/** The last one returns what is to be asked for now. */
function claimStatements(now: number): Statement[] {
  return [
    // Nobody was asked, and nobody need be.
    {
      sql: `DELETE FROM take_backs WHERE ${isDue} AND tries = 0 AND (NOT ${stateIn(open)} OR requested_at <= ?)`,
      args: [now, now - waitsFor],
    },
    {
      sql: `UPDATE take_backs SET outcome = iif(${stateIn(`'cancelled'`)}, 'given-back', 'too-late'), answered_at = ?
        WHERE ${isDue} AND NOT ${stateIn(open)}`,
      args: [now, now],
    },
    // Whether an operator has it will be seen.
    {
      sql: `UPDATE take_backs SET due_at = ? + max(${second}, (? - requested_at) / 2)
        WHERE ${isDue} AND ${stateIn(`'queued', 'sending', 'unknown'`)}`,
      args: [now, now, now],
    },
    {
      sql: `UPDATE take_backs SET tries = tries + 1, asked_at = ?, due_at = ?,
          operator = (SELECT m.operator FROM messages m WHERE m.id = message_id)
        WHERE message_id IN (SELECT message_id FROM take_backs WHERE ${isDue} ORDER BY due_at, message_id LIMIT ${together})
        RETURNING ${heldColumns}`,
      args: [now, now + hold, now],
    },
  ];
}

async function askAll(parts: TakingBackParts, held: readonly Held[]): Promise<void> {
  // One that hangs does not hold up the others.
  await Promise.all(
    [...Map.groupBy(held, (it) => it.operator)].map(([name, theirs]) => askOne(parts, name, theirs)),
  );
}

async function askOne(parts: TakingBackParts, name: string, held: readonly Held[]): Promise<void> {
  const { database, operators, ourIds, now } = parts;
  const operator = operators.find((it) => it.name === name);
  const sorted = held.toSorted((a, b) => a.id - b.id);
  const answers = await operator?.cancel?.(
    sorted.map(({ id, operatorMessageId }) => ({ ourId: ourIds.of(id), operatorMessageId })),
    AbortSignal.timeout(patience),
  );
  const told = sorted.map((it, at) => ({ ...it, ...judge(it, answers && (answers[at] ?? silence), now()) }));
  const statements = answerStatements(told, now());
  if (told.every(({ outcome, next }) => outcome === null && next !== null)) {
    // All of its others would only wait for it, too.
    statements.push({
      sql: `UPDATE take_backs SET due_at = ? WHERE ${isDue}
        AND (SELECT m.operator FROM messages m WHERE m.id = message_id) = ?`,
      args: [Math.min(...told.map(({ next }) => next ?? now())), now(), name],
    });
  }
  await database.batch(statements);
}

const silence: Omit<Cancellation, 'ourId'> = { cancelled: false, detail: '', again: true };

interface Judged {
  outcome: TakeBackOutcome | null;
  detail: string;
  /** When to ask again; null: no more. */
  next: number | null;
}

/** @param answer undefined: this operator gives nothing back, or is no more */
function judge({ tries }: Held, answer: Omit<Cancellation, 'ourId'> | undefined, now: number): Judged {
  if (answer === undefined) return { outcome: 'not-possible', detail: '', next: null };
  const { cancelled, detail, again = false } = answer;
  if (cancelled) return { outcome: 'given-back', detail, next: null };
  if (!again) return { outcome: 'refused', detail, next: null };
  const wait = waits[tries - 1];
  return wait === undefined
    ? { outcome: 'no-answer', detail, next: null }
    : { outcome: null, detail, next: now + wait };
}

function answerStatements(told: readonly (Held & Judged)[], now: number): Statement[] {
  const given = told.filter(({ outcome }) => outcome === 'given-back');
  const batchIds = new Set(told.map(({ batchId }) => batchId));
  // An earlier try may have had a yes that was lost on the way, or with its server: the operator's books tell.
  const doubtful = told.filter(({ outcome, tries }) => outcome === 'refused' && tries > 1);
  return [
    ...moveMessages({
      messages: new Map(given.map(({ id }) => [id, null])),
      from: ['accepted'],
      to: 'cancelled',
      attempt: null,
      at: now,
      reason: 'cancelled',
      refund: true,
    }),
    finishBatches(batchIds),
    // A yes holds whoever else has asked meanwhile.
    {
      sql: `UPDATE take_backs SET outcome = c.value ->> 'outcome', detail = c.value ->> 'detail',
          due_at = coalesce(c.value ->> 'next', due_at), answered_at = iif(c.value ->> 'outcome' IS NULL, NULL, ?)
        FROM json_each(?) c WHERE message_id = c.value ->> 'id'
          AND (outcome IS NULL AND tries = c.value ->> 'tries' OR c.value ->> 'outcome' = 'given-back')`,
      args: [now, JSON.stringify(told)],
    },
    {
      sql: 'UPDATE batch_progress SET version = version + 1 WHERE batch_id IN (SELECT value FROM json_each(?))',
      args: [JSON.stringify([...batchIds])],
    },
    ...(doubtful.length === 0
      ? []
      : [
          {
            sql: `UPDATE messages SET due_at = ? WHERE id IN (SELECT value FROM json_each(?)) AND state = 'accepted'`,
            args: [now, JSON.stringify(doubtful.map(({ id }) => id))],
          },
        ]),
  ];
}
