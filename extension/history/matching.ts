import type { Batch } from '../../shared/api/batches.ts';
import type { Message, MessageState } from '../../shared/api/messages.ts';
import { plain, searchedWords } from '../../shared/search/words.ts';
import { endOfDay, startOfDay } from '../locales/days.ts';
import type { Filters } from './route.ts';

export interface MessageFilters {
  /** Null: any. */
  state: MessageState | null;
  /** Words of the name or text, or digits of the number. */
  search: string;
}

/** Whether a message is one that somebody looks for. */
export function messageMatcherOf({ state, search }: MessageFilters): (message: Message) => boolean {
  const digits = /^[\d\s+()-]+$/.test(search) ? search.replace(/\D/g, '') : '';
  const words = searchedWords(search);
  return (message) => {
    if (state !== null && message.state !== state) return false;
    if (digits !== '') return message.number.replace(/\D/g, '').includes(digits);
    const said = plain(`${message.recipientName} ${message.text ?? ''}`);
    return words.every((word) => said.includes(word));
  };
}

/** Whether a batch is one that somebody looks for. Words are found in its text, its sender name and who sent it. */
export function matcherOf({ company, state, from, to, search }: Filters): (batch: Batch) => boolean {
  const [since, until] = [sinceOf(from), endOfDay(to ?? '') ?? Number.POSITIVE_INFINITY];
  const words = searchedWords(search ?? '');
  return (batch) => {
    if (company !== undefined && batch.companyId !== company) return false;
    if (state !== undefined && !isIn(batch, state)) return false;
    if (batch.createdAt < since || batch.createdAt >= until) return false;
    const said = plain(`${batch.text} ${batch.senderName} ${batch.createdBy}`);
    return words.every((word) => said.includes(word));
  };
}

/** The first millisecond that is looked at. */
export const sinceOf = (from: string | undefined): number => startOfDay(from ?? '') ?? 0;

/** By the batch's own state, or by having a message in one: `failed` is any that surely did not arrive. */
export const batchFilters = ['scheduled', 'sending', 'finished', 'cancelled', 'failed', 'unknown'] as const;

function isIn({ state, counts }: Batch, wanted: string): boolean {
  if (wanted === 'failed')
    return (counts.undelivered ?? 0) + (counts.expired ?? 0) + (counts.rejected ?? 0) > 0;
  if (wanted === 'unknown') return (counts.unknown ?? 0) > 0;
  return state === wanted;
}
