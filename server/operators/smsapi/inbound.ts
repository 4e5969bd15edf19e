import { readCallback } from '../callbacks.ts';
import type { InboundMessage } from '../operator.ts';
import { idOf } from '../outcomes.ts';
import { unixTime } from './reports.ts';

/** A text that came in: `MsgId, sms_from, sms_to, sms_text, sms_date`. SMSAPI writes numbers without "+". */
export function readInbound(raw: string): InboundMessage[] {
  const fields = readCallback(raw);
  const text = fields.get('sms_text');
  const from = fields.get('sms_from') ?? '';
  if (text === undefined || from === '') return [];
  return [
    {
      operatorMessageId: idOf(fields.get('MsgId')),
      // Nine digits and more are a subscriber's number with its country; fewer, a short code or a name.
      from: /^[1-9]\d{8,14}$/.test(from) ? `+${from}` : from,
      to: fields.get('sms_to') ?? '',
      text,
      at: unixTime(fields.get('sms_date')),
    },
  ];
}
