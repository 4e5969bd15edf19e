import { checkNumber } from '../../shared/phone/check.ts';
import type { Statement } from '../database/database.ts';
import type { InboundMessage } from '../operators/operator.ts';
import { optOutWord } from './keywords.ts';

const longest = 2000;

/**
 * Keeps texts that came in over an account, each once, and puts the numbers that ask for no more on the opt-out list of
 * the account's organisation; one that is told again changes nothing. The built-in operator belongs to no organisation
 * and keeps none. The second statement returns number and keyword of those that were not known.
 */
export function storeInbound(operator: string, inbound: readonly InboundMessage[], now: number): Statement[] {
  if (inbound.length === 0) return [];
  const rows = inbound.map((text) => {
    const number = checkNumber(text.from).e164;
    return [
      text.operatorMessageId,
      number === '' ? text.from.slice(0, 40) : number,
      text.to.slice(0, 40),
      text.text.slice(0, longest),
      // Where no number is told, nobody can be left out.
      number === '' ? '' : optOutWord(text.text),
      text.at ?? now,
    ];
  });
  const json = JSON.stringify(rows);
  return [
    {
      sql: `INSERT INTO opt_outs (organisation_id, number, source, at)
        SELECT a.organisation_id, r.value ->> 1, r.value ->> 4, ?
        FROM operator_accounts a, json_each(?) r WHERE a.id = ? AND r.value ->> 4 <> '' AND NOT EXISTS (
          SELECT 1 FROM inbound_messages i WHERE i.operator = a.id AND i.operator_message_id = r.value ->> 0)
        ON CONFLICT DO NOTHING`,
      args: [now, json, operator],
    },
    {
      sql: `INSERT INTO inbound_messages
          (organisation_id, operator, operator_message_id, number, to_number, text, keyword, received_at)
        SELECT a.organisation_id, a.id, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4,
          r.value ->> 5
        FROM operator_accounts a, json_each(?) r WHERE a.id = ? ON CONFLICT DO NOTHING RETURNING number, keyword`,
      args: [json, operator],
    },
  ];
}
