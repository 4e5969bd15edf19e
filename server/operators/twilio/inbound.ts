import { readCallback } from '../callbacks.ts';
import type { InboundMessage } from '../operator.ts';
import { sidOf } from './message.ts';

/** A text that came in, by the webhook of a number; its signature was checked before it was stored. */
export function readInbound(raw: string): InboundMessage[] {
  const fields = readCallback(raw);
  const text = fields.get('Body');
  const from = fields.get('From') ?? '';
  const outgoing = fields.has('MessageStatus') && fields.get('MessageStatus') !== 'received';
  if (text === undefined || from === '' || outgoing) return [];
  return [
    {
      operatorMessageId: sidOf(fields.get('MessageSid')),
      from,
      to: fields.get('To') ?? '',
      text,
      at: null,
    },
  ];
}
