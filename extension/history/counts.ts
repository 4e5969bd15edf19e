import type { Batch } from '../../shared/api/batches.ts';
import { finalStates, messageStates } from '../../shared/api/messages.ts';

type Counts = Batch['counts'];

/** How many messages of the batch no event changes any more. */
export const doneOf = (counts: Counts): number =>
  messageStates.reduce((sum, state) => sum + (finalStates.has(state) ? (counts[state] ?? 0) : 0), 0);

/** Messages that surely did not arrive. */
export const failedOf = (counts: Counts): number =>
  (counts.undelivered ?? 0) + (counts.expired ?? 0) + (counts.rejected ?? 0);

/** Messages that can still be stopped. */
export const waitingOf = (counts: Counts): number => counts.queued ?? 0;

/** Those of them that were not sent anew yet. */
export const failedAnewOf = ({ counts, retried }: Pick<Batch, 'counts' | 'retried'>): number =>
  Math.max(0, failedOf(counts) - retried);
