import type { Statement } from '../../database/database.ts';
import type { Blame, SendOutcome } from '../../operators/operator.ts';
import { finishBatches, type Move, moveMessages } from '../moving.ts';
import { callStatements, type EndedCall } from './calling.ts';
import type { Leased, Pause } from './leasing.ts';
import { pauseLength, type Verdict, verdict } from './verdicts.ts';

export interface Settlement {
  statements: Statement[];
  /** Begun by these outcomes. */
  pauses: (Pause & { blame: Blame; detail: string })[];
}

/**
 * All that many ended calls bring about, for one transaction: outcomes of tries and calls, states, ledger, finished
 * batches, pauses. Messages that fare alike are moved by one statement.
 *
 * @param known pauses that are or were: a success ends them, a new one in a row is longer
 */
export function settle(
  ended: readonly EndedCall[],
  known: readonly Pause[],
  now: number,
  random: () => number,
): Settlement {
  const moves = new Map<string, Move>();
  const tries = new Map<string, Tries>();
  const batchIds = new Set<string>();
  const pauses = new Map<string, Settlement['pauses'][number]>();
  const proven = new Set<string>();

  for (const { call, outcomes } of ended) {
    const { operator, senderName } = call;
    // One for a call: messages that fare alike then stay one statement.
    const jitter = random();
    for (const [at, message] of call.messages.entries()) {
      const outcome = outcomes[at];
      if (outcome === undefined) continue;
      const pause = pauseFor(outcome, operator.name, senderName, known, now);
      if (pause !== null) pauses.set(`${pause.operator}\n${pause.senderName}`, pause);
      if (outcome.outcome === 'accepted') proven.add(`${operator.name}\n${senderName}`);
      const means = verdict(outcome, message, operator.capabilities, now, jitter);
      addMove(moves, means, message, outcome, operator.name, now);
      addTry(tries, message, outcome);
      if (means.to !== 'queued') batchIds.add(message.batchId);
    }
  }

  const statements = [...callStatements(ended, now), ...[...tries.values()].map(tryStatement)];
  // Parts that come back first: they may cover what an operator counted more.
  const ordered = [...moves.values()].sort((a, b) => Number(a.settle !== 0) - Number(b.settle !== 0));
  for (const move of ordered) statements.push(...moveMessages(sorted(move)));
  if (batchIds.size > 0) statements.push(finishBatches(batchIds));
  for (const pause of pauses.values()) statements.push(pauseStatement(pause, now));
  for (const pause of known) {
    const works = [...proven].some(
      (key) =>
        key === `${pause.operator}\n${pause.senderName}` ||
        (pause.senderName === '' && key.startsWith(`${pause.operator}\n`)),
    );
    if (works && !pauses.has(`${pause.operator}\n${pause.senderName}`))
      statements.push(resumeStatement(pause));
  }
  return { statements, pauses: [...pauses.values()] };
}

function addMove(
  moves: Map<string, Move>,
  means: Verdict,
  message: Leased,
  outcome: SendOutcome,
  operator: string,
  now: number,
): void {
  const { to, reason, settle: cost, dueAt, sticks } = means;
  const key = JSON.stringify([to, reason, cost, dueAt, sticks, operator, message.attempt]);
  let move = moves.get(key);
  if (move === undefined) {
    move = {
      messages: new Map(),
      // `unknown`: the lease ran out while the call went on, and nobody has touched the message since.
      from: to === 'unknown' ? ['sending'] : ['sending', 'unknown'],
      to,
      attempt: message.attempt,
      at: now,
      reason,
      ...(cost === undefined ? {} : { settle: cost }),
      ...(dueAt === undefined ? {} : { dueAt }),
      ...(sticks ? { operator } : {}),
    };
    moves.set(key, move);
  }
  (move.messages as Map<number, string | null>).set(message.id, outcome.operatorMessageId);
}

function sorted(move: Move): Move {
  return { ...move, messages: new Map([...move.messages].sort(([a], [b]) => a - b)) };
}

interface Tries {
  outcome: string;
  detail: string;
  attempt: number;
  ids: number[];
}

function addTry(tries: Map<string, Tries>, message: Leased, { outcome, detail }: SendOutcome): void {
  const key = `${outcome}\n${message.attempt}\n${detail}`;
  const known = tries.get(key);
  if (known === undefined) tries.set(key, { outcome, detail, attempt: message.attempt, ids: [message.id] });
  else known.ids.push(message.id);
}

function tryStatement({ outcome, detail, attempt, ids }: Tries): Statement {
  return {
    sql: `UPDATE attempts SET outcome = ?, detail = ?
      WHERE number = ? AND message_id IN (SELECT value FROM json_each(?))`,
    args: [outcome, detail, attempt, JSON.stringify(ids)],
  };
}

/** A refused name stops the name; no credit and no login stop the account. An unknown outcome proves nothing. */
function pauseFor(
  { outcome, blame, detail }: SendOutcome,
  operator: string,
  senderName: string,
  known: readonly Pause[],
  now: number,
): Settlement['pauses'][number] | null {
  if (outcome !== 'retryable' && outcome !== 'rejected') return null;
  if (blame !== 'sender-name' && blame !== 'credit' && blame !== 'auth') return null;
  const name = blame === 'sender-name' ? senderName : '';
  const before = known.find((pause) => pause.operator === operator && pause.senderName === name);
  const times = before?.times ?? 0;
  return {
    operator,
    senderName: name,
    until: now + pauseLength(blame, times),
    times: times + 1,
    blame,
    detail,
  };
}

/** The circuit opens: an operator that fails call after call is left alone, and the next in the order takes over. */
export function breakerPause(
  operator: string,
  failures: number,
  known: readonly Pause[],
  now: number,
): Settlement['pauses'][number] {
  const times = known.find((pause) => pause.operator === operator && pause.senderName === '')?.times ?? 0;
  return {
    operator,
    senderName: '',
    until: now + pauseLength('operator', times),
    times: times + 1,
    blame: 'operator',
    detail: `${failures} calls failed in a row`,
  };
}

export function pauseStatement(pause: Pause & { detail: string }, now: number): Statement {
  return {
    sql: `INSERT INTO operator_pauses (operator, sender_name, reason, times, since, until) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (operator, sender_name) DO UPDATE SET
        reason = excluded.reason, times = excluded.times, since = excluded.since, until = excluded.until`,
    args: [pause.operator, pause.senderName, pause.detail, pause.times, now, pause.until],
  };
}

export function resumeStatement(pause: Pick<Pause, 'operator' | 'senderName'>): Statement {
  return {
    sql: 'DELETE FROM operator_pauses WHERE operator = ? AND sender_name = ?',
    args: [pause.operator, pause.senderName],
  };
}
