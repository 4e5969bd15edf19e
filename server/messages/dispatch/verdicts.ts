import type { MessageState } from '../../../shared/api/messages.ts';
import type { Capabilities, SendOutcome } from '../../operators/operator.ts';
import type { Leased } from './leasing.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Further than any clock: never asked after. */
export const never = 8_640_000_000_000_000;

/** When to ask an operator first: its push has had time to come, or its own books time to be written. */
export const askAfter = { accepted: 10 * minute, unknown: 10 * second };
/** Reports are updated for so long (SerwerSMS: 72 h); what is not known by then stays so. */
export const askFor = 72 * hour;

/** What an outcome does to its message. */
export interface Verdict {
  to: MessageState;
  reason: string;
  settle: number | 'own' | undefined;
  dueAt: number | undefined;
  /** The message may go to no other operator any more. */
  sticks: boolean;
}

/**
 * An accepted one is asked after later; a rejected one gets its parts back; a retryable one waits its turn; an unknown
 * one is asked after, and sent again only where the operator refuses our id the second time.
 *
 * A pause that an outcome brings about is not waited for here: the next lease finds another route, or the pause's end.
 *
 * @param jitter 0–1
 */
export function verdict(
  outcome: SendOutcome,
  message: Leased,
  capabilities: Capabilities,
  now: number,
  jitter: number,
): Verdict {
  const later = now + Math.max(backOff(message.attempt, jitter), patience(outcome.retryAfter));
  // Not after its end: it is leased then once more, to be given up.
  const dueAt = Math.min(later, message.expiresAt);
  switch (outcome.outcome) {
    case 'accepted':
      return {
        to: 'accepted',
        reason: '',
        settle: outcome.parts === null || outcome.parts === message.parts ? 'own' : outcome.parts,
        dueAt: now + askAfter.accepted,
        sticks: true,
      };
    case 'rejected':
      return { to: 'rejected', reason: outcome.detail, settle: 0, dueAt: undefined, sticks: false };
    case 'retryable':
      return {
        to: 'queued',
        reason: outcome.detail,
        settle: undefined,
        dueAt,
        sticks: message.operator !== null,
      };
    case 'unknown':
      return capabilities.deduplicates
        ? { to: 'queued', reason: outcome.detail, settle: undefined, dueAt, sticks: true }
        : {
            to: 'unknown',
            reason: outcome.detail,
            settle: undefined,
            dueAt: now + askAfter.unknown,
            sticks: true,
          };
  }
}

/** Exponential with jitter: about 2 s, 4 s, 8 s … at most 10 minutes. Milliseconds. */
export function backOff(attempt: number, jitter: number): number {
  const full = Math.min(2 ** Math.min(attempt, 20) * second, 10 * minute);
  return Math.round(full * (0.5 + jitter / 2));
}

/** Retry-After is honoured up to an hour. */
const patience = (retryAfter: number | null): number => Math.min(Math.max(retryAfter ?? 0, 0), hour);

/** When to ask again about one whose last news is from `since`: the older, the rarer; null: no more. */
export function askAgain(since: number, now: number, jitter: number): number | null {
  const age = Math.max(now - since, 0);
  if (age > askFor) return null;
  return now + Math.min(Math.max(age, 20 * second), 12 * hour) * (0.9 + jitter / 5);
}

/** How long a name or an account that an operator refuses is left alone; longer each time in a row. */
export function pauseLength(blame: SendOutcome['blame'], times: number): number {
  const first = blame === 'sender-name' ? 15 * minute : blame === 'operator' ? 15 * second : 5 * minute;
  return Math.min(first * 2 ** Math.min(times, 10), 6 * hour);
}
