import { z } from 'zod';
import { wholeNumber } from '../exchange.ts';
import type { OutgoingMessage, SendOutcome } from '../operator.ts';
import { accepted, idOf, partsOf, troubled } from '../outcomes.ts';
import { troubleOf } from './errors.ts';

const sendItem = z.object({
  id: z.unknown().optional(),
  phone: z.string().catch(''),
  status: z.string().catch(''),
  parts: z.unknown().optional(),
  error_code: wholeNumber.nullable().catch(null),
  error_message: z.string().catch(''),
});
type SendItem = z.infer<typeof sendItem>;

const sendAnswer = z.object({
  success: z.literal(true),
  queued: wholeNumber.catch(-1),
  unsent: wholeNumber.catch(-1),
  items: z.array(sendItem).nullable().catch(null),
});

/**
 * Reads the answer to a send, item by item: `success: true` may hold unsent ones. What it does not tell of is
 * unknown.
 */
export function readSendAnswer(json: unknown, messages: readonly OutgoingMessage[]): SendOutcome[] {
  const read = sendAnswer.safeParse(json);
  if (!read.success) return messages.map((it) => troubled(it, 'unsure', 'answer of an unknown shape'));
  const { queued, unsent, items } = read.data;
  if (items === null || items.length === 0) {
    const all = queued === messages.length && unsent === 0;
    return messages.map((it) =>
      all ? accepted(it, null, null, 'queued, no details') : troubled(it, 'unsure', 'answer without items'),
    );
  }
  const itemOf = matched(items, messages);
  return messages.map((message, at) => outcomeOf(message, itemOf(message, at)));
}

/** By number; where numbers are hidden from the API user ("+48xxxyyyzzz"), by order. */
function matched(items: readonly SendItem[], messages: readonly OutgoingMessage[]) {
  const byNumber = new Map(items.map((item) => [digitsOf(item.phone), item]));
  const known = messages.some((message) => byNumber.has(digitsOf(message.number)));
  const byOrder = !known && items.length === messages.length;
  return (message: OutgoingMessage, at: number): SendItem | undefined =>
    byOrder ? items[at] : byNumber.get(digitsOf(message.number));
}

function outcomeOf(message: OutgoingMessage, item: SendItem | undefined): SendOutcome {
  if (item === undefined) return troubled(message, 'unsure', 'not in the answer');
  const words = item.error_code === null ? item.error_message : `${item.error_code} ${item.error_message}`;
  if (item.status === 'queued' && !item.error_code) {
    return accepted(message, idOf(item.id), partsOf(item.parts), 'queued');
  }
  if (item.status !== 'unsent') return troubled(message, 'unsure', `status "${item.status}" ${words}`);
  const trouble = item.error_code === null || item.error_code === 0 ? 'message' : troubleOf(item.error_code);
  return troubled(message, trouble, words || 'unsent');
}

const digitsOf = (number: string): string => number.replace(/\D/g, '');
