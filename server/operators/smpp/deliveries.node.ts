import type { Pdu } from 'smpp';
import type { OutgoingMessage } from '../operator.ts';
import { isReceipt, type StoredDelivery } from './receipts.ts';

/**
 * What is stored of a `deliver_sm`.
 *
 * @param unanswered the message that a `user_message_reference` of ours stands for, while no answer named its id
 */
export function storedDeliveryOf(
  pdu: Pdu,
  unanswered: (reference: number) => OutgoingMessage | undefined,
): StoredDelivery {
  const from = textOf(pdu.source_addr);
  const esmClass = numberOf(pdu.esm_class);
  const ours = isReceipt(esmClass) ? unanswered(numberOf(pdu.user_message_reference)) : undefined;
  // The reference has 16 bits only, so the number has to agree too.
  const known = ours !== undefined && ours.number.slice(1) === from.replace(/^\+/, '');
  const short = octetsOf(pdu.short_message);
  const octets = short.length > 0 ? short : octetsOf(pdu.message_payload);
  // Bit 6: a header stands before the text, its length in its first octet.
  const headed = (esmClass & 0x40) !== 0 && octets.length > 0;
  return {
    kind: 'deliver_sm',
    from,
    fromTon: numberOf(pdu.source_addr_ton),
    to: textOf(pdu.destination_addr),
    esmClass,
    dataCoding: numberOf(pdu.data_coding),
    octets: octets.subarray(headed ? (octets[0] ?? 0) + 1 : 0).toString('hex'),
    receiptedMessageId: textOf(pdu.receipted_message_id) || null,
    messageState: typeof pdu.message_state === 'number' ? pdu.message_state : null,
    ourId: known ? ours.ourId : null,
  };
}

const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const octetsOf = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));
