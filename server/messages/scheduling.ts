import type { BatchDraft } from '../../shared/api/batches.ts';
import { invalidField } from '../api/problem-answers.ts';
import { momentOf, readLocal } from './local-time.ts';

/** A sending can be planned for a year. */
const furthest = 366 * 24 * 60 * 60 * 1000;

/**
 * When a draft is to go out; null: now. A local time is by the company's clock: in the hour that it skips in spring that
 * much later, in the hour that comes twice in autumn the first time.
 * @throws {ProblemException} `invalid-request`
 */
export function scheduledFor(draft: BatchDraft, timeZone: string, now: number): number | null {
  const { scheduledAt, scheduledLocal } = draft;
  if (scheduledLocal === undefined) return checked(scheduledAt, '/scheduledAt', now);
  if (scheduledAt !== null) {
    throw invalidField('/scheduledLocal', 'both_given', 'Give a moment or a local time, not both');
  }
  const clock = readLocal(scheduledLocal);
  if (clock === null)
    throw invalidField('/scheduledLocal', 'invalid_time', 'A day and time like 2026-11-24T09:30');
  return checked(momentOf(clock, timeZone), '/scheduledLocal', now);
}

function checked(moment: number | null, path: string, now: number): number | null {
  if (moment !== null && moment > now + furthest) throw invalidField(path, 'too_big', 'At most a year ahead');
  return moment;
}
