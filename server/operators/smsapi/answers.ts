import { z } from 'zod';
import { wholeNumber } from '../exchange.ts';
import type { OutgoingMessage, SendOutcome } from '../operator.ts';
import { accepted, idOf, partsOf, troubled } from '../outcomes.ts';
import { digitsOf, type Failure, invalidNumbers } from './client.ts';
import { aboutNumbers, troubleOf } from './errors.ts';

const sendItem = z.object({
  id: z.unknown().optional(),
  number: z.unknown().optional(),
  submitted_number: z.unknown().optional(),
  status: z.string().catch(''),
  error: wholeNumber.nullable().catch(null),
  idx: z.string().nullable().catch(null),
  parts: z.unknown().optional(),
});
type SendItem = z.infer<typeof sendItem>;

const sendAnswer = z.object({ list: z.array(sendItem).min(1), invalid_numbers: invalidNumbers });

/** Statuses of a message that is on its way, or has been. */
const taken = new Set(['QUEUE', 'ACCEPTED', 'SENT', 'RENEWAL', 'DELIVERED', 'UNKNOWN']);

/** Reads the list of what was taken, by our `idx`, else by number. What neither it nor the invalid numbers name is unknown. */
export function readSendAnswer(json: unknown, messages: readonly OutgoingMessage[]): SendOutcome[] {
  const read = sendAnswer.safeParse(json);
  if (!read.success) return messages.map((it) => troubled(it, 'unsure', 'answer of an unknown shape'));
  const byIdx = new Map<string, SendItem>();
  const byNumber = new Map<string, SendItem>();
  for (const item of read.data.list) {
    if (item.idx !== null) byIdx.set(item.idx, item);
    else for (const number of [item.number, item.submitted_number]) byNumber.set(digitsOf(number), item);
  }
  return messages.map((it) => {
    const item = byIdx.get(it.ourId) ?? byNumber.get(digitsOf(it.number));
    const invalid = item === undefined && read.data.invalid_numbers.has(digitsOf(it.number));
    return invalid ? troubled(it, 'message', 'invalid number') : outcomeOf(it, item);
  });
}

function outcomeOf(message: OutgoingMessage, item: SendItem | undefined): SendOutcome {
  if (item === undefined) return troubled(message, 'unsure', 'not in the answer');
  if (item.error !== null && item.error !== 0) {
    return troubled(message, troubleOf(item.error), `${item.error} ${item.status}`);
  }
  const id = idOf(item.id);
  if (!taken.has(item.status)) {
    return { ...troubled(message, 'unsure', `status "${item.status}"`), operatorMessageId: id };
  }
  return accepted(message, id, partsOf(item.parts), item.status);
}

/** A request refused whole. Where the refusal names numbers, it is final for those and passing for the others. */
export function refusedOutcomes(failure: Failure, messages: readonly OutgoingMessage[]): SendOutcome[] {
  const { trouble, code, detail, retryAfter, invalidNumbers } = failure;
  const named = code !== null && aboutNumbers.includes(code) && invalidNumbers.size > 0;
  return messages.map((message) => {
    const other = named && !invalidNumbers.has(digitsOf(message.number));
    return troubled(message, other && trouble === 'message' ? 'later' : trouble, detail, retryAfter);
  });
}
