import type { Operator } from '../../operators/operator.ts';
import type { Move } from '../moving.ts';
import { afterQuietHours } from '../quiet-hours.ts';
import type { Leased, Pause, Stops } from './leasing.ts';
import type { Routing } from './routing.ts';

/** Clocks differ: an operator's memory of our ids is not counted upon to its last hour. */
const memoryMargin = 3_600_000;
/** A company whose effective name is pending keeps its messages so long before they are looked at again. */
const holdTime = 60_000;
/** One whom no account takes. */
const waitTime = 600_000;

export interface Sorted {
  byOperator: Map<Operator, Leased[]>;
  /** What becomes of those that may not go out now. */
  moves: Move[];
  /** Batches that these belong to. */
  batchIds: Set<string>;
}

/** End of a pause, of a sender name or ('') of the whole account; 0: none. */
export function pausedUntil(
  pauses: readonly Pause[],
  operator: string,
  senderName: string,
  now: number,
): number {
  const pause = pauses.find((it) => it.operator === operator && it.senderName === senderName);
  return pause !== undefined && pause.until > now ? pause.until : 0;
}

/** Which leased messages go to which operator, and which of them do not go out now. */
export function sortOut(leased: readonly Leased[], stops: Stops, routing: Routing, now: number): Sorted {
  const byOperator = new Map<Operator, Leased[]>();
  const moves = new Map<string, Move & { messages: Map<number, null> }>();
  const batchIds = new Set<string>();
  for (const message of leased) {
    const stopped = stopOf(message, stops, now) ?? forgottenOf(message, stops, routing, now);
    const operator = stopped === null ? operatorFor(message, stops, routing, now) : null;
    if (operator !== null && 'send' in operator) {
      const list = byOperator.get(operator);
      if (list === undefined) byOperator.set(operator, [message]);
      else list.push(message);
      continue;
    }
    const change = stopped ?? {
      to: 'queued' as const,
      reason: 'paused',
      dueAt: Math.min(operator?.pausedUntil ?? now, message.expiresAt),
    };
    const key = JSON.stringify([change, message.attempt]);
    const move = moves.get(key) ?? {
      messages: new Map(),
      from: ['sending'] as const,
      attempt: message.attempt,
      at: now,
      ...change,
    };
    move.messages.set(message.id, null);
    moves.set(key, move);
    batchIds.add(message.batchId);
  }
  for (const move of moves.values()) move.messages = new Map([...move.messages].sort(([a], [b]) => a - b));
  return { byOperator, moves: [...moves.values()], batchIds };
}

type Change = Pick<Move, 'to' | 'reason' | 'settle' | 'dueAt'>;

/** Null: nothing stops it. One that an operator may hold already is asked after, and its parts are not given back. */
function stopOf(message: Leased, { batches, days, optedOut }: Stops, now: number): Change | null {
  const change = ((): Change | null => {
    if (message.expiresAt <= now) return { to: 'expired', reason: 'expired', settle: 0 };
    switch (batches.get(message.batchId)) {
      case 'cancelled':
        return { to: 'cancelled', reason: 'cancelled', settle: 0 };
      case 'gone':
        return { to: 'rejected', reason: 'sender-name-not-authorised', settle: 0 };
      case 'company':
        return { to: 'cancelled', reason: 'company-deleted', settle: 0 };
      case 'hrm':
        return { to: 'cancelled', reason: 'hrm-not-permitted', settle: 0 };
    }
    if (optedOut.has(message.id)) return { to: 'rejected', reason: 'opted-out', settle: 0 };
    if (batches.get(message.batchId) === 'pending') {
      const dueAt = Math.min(now + holdTime, message.expiresAt);
      return { to: 'queued', reason: 'sender-name-not-authorised', dueAt };
    }
    const day = days.get(message.batchId);
    const morning = day === undefined ? now : afterQuietHours(now, day);
    // One that was held up into the night waits for the morning.
    return morning > now
      ? { to: 'queued', reason: 'quiet-hours', dueAt: Math.min(morning, message.expiresAt) }
      : null;
  })();
  if (change === null || change.to === 'queued' || message.operator === null) return change;
  return { to: 'unknown', reason: change.reason ?? '', dueAt: now };
}

/**
 * An operator that refuses our id the second time remembers it for so long: a message whose first call was not seen to
 * end before that is not sent again any more but asked after.
 */
function forgottenOf(message: Leased, stops: Stops, routing: Routing, now: number): Change | null {
  const memory = routing.operators.find((it) => it.name === message.operator)?.capabilities.deduplicatesFor;
  const first = stops.firstTried.get(message.id);
  if (memory === undefined || first === undefined || now - first < memory - memoryMargin) return null;
  return { to: 'unknown', reason: 'the operator may have forgotten our id', dueAt: now };
}

/** The first in the order that is not paused for this name; else when the earliest pause ends. */
function operatorFor(
  message: Leased,
  { pauses, companies }: Stops,
  routing: Routing,
  now: number,
): Operator | { pausedUntil: number } {
  let earliest = Number.POSITIVE_INFINITY;
  const companyId = companies.get(message.batchId) ?? '';
  // One that an operator may hold goes to no other, whatever the routes have become.
  const candidates =
    message.operator === null
      ? routing.of({ ...message, companyId })
      : routing.operators.filter((it) => it.name === message.operator);
  for (const operator of candidates) {
    if (routing.isStopped(operator.name)) continue;
    const until = Math.max(
      pausedUntil(pauses, operator.name, '', now),
      pausedUntil(pauses, operator.name, message.senderName, now),
    );
    if (until === 0) return operator;
    earliest = Math.min(earliest, until);
  }
  // Nobody to send with, or stopped by a person: a change of accounts wakes these before.
  return { pausedUntil: Number.isFinite(earliest) ? earliest : now + waitTime };
}
