import { z } from 'zod';
import type { DeliveryReport, InboundMessage } from '../operator.ts';
import { idOf, shortened } from '../outcomes.ts';
import { statusWords, troubleOf } from './errors.ts';
import type { SmppSettings } from './settings.ts';
import { decodeText } from './text.ts';

/** What the adapter stores of a `deliver_sm`: octets in hex, so that nothing is read before it is safe. */
export const storedDelivery = z.object({
  kind: z.literal('deliver_sm'),
  from: z.string(),
  fromTon: z.number(),
  to: z.string(),
  esmClass: z.number(),
  dataCoding: z.number(),
  /** Without the header. */
  octets: z
    .string()
    .max(200_000)
    .regex(/^[0-9a-f]*$/),
  /** Optional parameters `receipted_message_id` and `message_state`. */
  receiptedMessageId: z.string().nullable(),
  messageState: z.number().nullable(),
  /** Ours, where the receipt echoes the reference of a message that was never answered. */
  ourId: z.string().nullable(),
});
export type StoredDelivery = z.infer<typeof storedDelivery>;

/** What the adapter stores of an answer that came after its caller had given up. */
export const storedLateAnswer = z.object({
  kind: z.literal('late_answer'),
  ourId: z.string(),
  status: z.number(),
  messageId: z.string().nullable(),
});
export type StoredLateAnswer = z.infer<typeof storedLateAnswer>;

type State = DeliveryReport['state'];

/** `stat:` of a receipt's text (SMPP 3.4, appendix B). */
const statesByWord: Readonly<Record<string, State>> = {
  DELIVRD: 'delivered',
  ACCEPTD: 'accepted',
  ENROUTE: 'accepted',
  EXPIRED: 'expired',
  DELETED: 'undelivered',
  UNDELIV: 'undelivered',
  REJECTD: 'rejected',
  UNKNOWN: 'unknown',
};

/** `message_state` (SMPP 3.4 §5.2.28), from 1. */
const words = ['', 'ENROUTE', 'DELIVRD', 'EXPIRED', 'DELETED', 'UNDELIV', 'ACCEPTD', 'UNKNOWN', 'REJECTD'];

/** Bits 2–5: 0x04 a receipt, 0x20 a notice on the way. */
export function isReceipt(esmClass: number): boolean {
  const type = esmClass & 0x3c;
  return type === 0x04 || type === 0x20;
}

/** Reads what was stored: receipts and late answers. */
export function readReports(raw: string, receiptIds: SmppSettings['receiptIds']): DeliveryReport[] {
  const stored = parsed(raw);
  const late = storedLateAnswer.safeParse(stored);
  if (late.success) return [lateReport(late.data)];
  const delivery = storedDelivery.safeParse(stored);
  if (!delivery.success || !isReceipt(delivery.data.esmClass)) return [];
  const { octets, receiptedMessageId, messageState, ourId } = delivery.data;
  // Receipts are ASCII, whatever alphabet they claim.
  const text = decodeText(bytesOf(octets), 3);
  const field = (name: string): string => new RegExp(`(?:^|\\s)${name}:(\\S*)`, 'i').exec(text)?.[1] ?? '';
  const id = idOf(receiptedMessageId ?? field('id'));
  const word = (messageState === null ? undefined : words[messageState]) ?? field('stat').toUpperCase();
  if (id === null || word === '') return [];
  const error = field('err');
  return [
    {
      operatorMessageId: canonicalId(id, receiptIds, 'receipt'),
      ourId,
      state: statesByWord[word] ?? 'unknown',
      parts: null,
      detail: shortened(/^0*$/.test(error) ? word : `${word}: ${error}`),
      // "done date" is in the operator's time zone, which it does not say.
      at: null,
    },
  ];
}

function lateReport({ ourId, status, messageId }: StoredLateAnswer): DeliveryReport {
  const refused = status !== 0;
  const proven = refused && troubleOf(status) !== 'unsure';
  return {
    operatorMessageId: messageId,
    ourId,
    state: refused ? (proven ? 'rejected' : 'unknown') : 'accepted',
    parts: null,
    detail: `late answer: ${refused ? statusWords(status) : 'taken'}`,
    at: null,
  };
}

/** Reads a text that came in. Parts of a long one come one by one and are not joined. */
export function readInbound(raw: string): InboundMessage[] {
  const delivery = storedDelivery.safeParse(parsed(raw));
  if (!delivery.success || isReceipt(delivery.data.esmClass)) return [];
  const { from, fromTon, to, octets, dataCoding } = delivery.data;
  const international = fromTon === 1 && /^\d+$/.test(from);
  const text = decodeText(bytesOf(octets), dataCoding & 0x0f);
  return [{ operatorMessageId: null, from: international ? `+${from}` : from, to, text, at: null }];
}

/**
 * Some operators answer a send with an id in hex and write it in decimal in the receipt, or the other way round. Then
 * both are kept in decimal; where they agree, as they came.
 */
export function canonicalId(
  id: string,
  receiptIds: SmppSettings['receiptIds'],
  where: 'answer' | 'receipt',
): string {
  if (receiptIds === 'same') return id;
  const hex = (receiptIds === 'hex') === (where === 'receipt');
  const digits = hex ? /^(?:0x)?([0-9a-f]{1,40})$/i : /^(\d{1,40})$/;
  const match = digits.exec(id)?.[1];
  return match === undefined ? id : BigInt(hex ? `0x${match}` : match).toString();
}

function parsed(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return undefined;
  }
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
