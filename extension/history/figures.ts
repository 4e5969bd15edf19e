import type { Batch } from '../../shared/api/batches.ts';
import { dayOf, endOfDay, startOfDay } from '../locales/days.ts';
import { failedOf } from './counts.ts';

/** What a day's batches came to. */
export interface Day {
  /** `2026-11-24`, in Poland. */
  day: string;
  /** Its first millisecond. */
  at: number;
  /** Messages accepted on that day; of these, those that have arrived, and those that surely have not. */
  sent: number;
  delivered: number;
  failed: number;
  /** Parts, by the operator's count as far as it is known, else by ours. */
  parts: number;
}

/** Every day from `from` to `to`, both included, also those without a batch. Empty when they are no days in order. */
export function figuresOf(batches: readonly Batch[], from: string, to: string): Day[] {
  const days = new Map<string, Day>();
  for (let at = startOfDay(from), end = endOfDay(to); at !== null && end !== null && at < end; ) {
    const day = dayOf(at);
    days.set(day, { day, at, sent: 0, delivered: 0, failed: 0, parts: 0 });
    at = endOfDay(day);
  }
  for (const { createdAt, messages, counts, parts, settledParts } of batches) {
    const day = days.get(dayOf(createdAt));
    if (day === undefined) continue;
    day.sent += messages;
    day.delivered += counts.delivered ?? 0;
    day.failed += failedOf(counts);
    day.parts += isOver(messages, counts) ? settledParts : Math.max(parts, settledParts);
  }
  return [...days.values()];
}

const isOver = (messages: number, counts: Batch['counts']): boolean =>
  (counts.delivered ?? 0) + failedOf(counts) + (counts.cancelled ?? 0) === messages;

export function totalOf(days: readonly Day[]): Omit<Day, 'day' | 'at'> {
  const total = { sent: 0, delivered: 0, failed: 0, parts: 0 };
  for (const { sent, delivered, failed, parts } of days) {
    total.sent += sent;
    total.delivered += delivered;
    total.failed += failed;
    total.parts += parts;
  }
  return total;
}
