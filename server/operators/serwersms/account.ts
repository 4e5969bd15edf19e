import { z } from 'zod';
import { patience } from '../exchange.ts';
import type { InboundMessage, OperatorAnswer, OperatorBalance } from '../operator.ts';
import { idOf } from '../outcomes.ts';
import { type Client, failed } from './client.ts';
import { noMessages, numberBlocked } from './errors.ts';
import { toWarsaw, warsawTime } from './time.ts';

const limitsAnswer = z.object({
  items: z.array(z.object({ type: z.string(), value: z.union([z.string(), z.number()]).catch('') })),
});

/** The PHP and bash clients write `recived`, the Java one `received`. */
const inboundItem = z.object({
  id: z.unknown().optional(),
  phone: z.string(),
  received: z.unknown().optional(),
  recived: z.unknown().optional(),
  text: z.string().catch(''),
  to_number: z.string().nullable().catch(null),
});

const inboundAnswer = z.object({ items: z.array(inboundItem).catch([]) });

export function createAccount(client: Client) {
  const unreadable = { ok: false, blame: 'operator', detail: 'answer of an unknown shape' } as const;

  return {
    /** What is left of FULL, the kind that carries a sender name. There is no price over the API. */
    async balance(): Promise<OperatorAnswer<OperatorBalance>> {
      const answer = await client('account/limits', { show_type: true }, AbortSignal.timeout(patience));
      if (!answer.ok) return failed(answer);
      const read = limitsAnswer.safeParse(answer.json);
      const full = read.success ? read.data.items.find((item) => item.type === 'full') : undefined;
      if (full === undefined) return unreadable;
      const value = String(full.value);
      if (value === 'no_limit') return { ok: true, value: { amount: null, unit: 'messages' } };
      if (value === 'not_available') return { ok: true, value: { amount: 0, unit: 'messages' } };
      if (!/^\d{1,12}$/.test(value)) return unreadable;
      return { ok: true, value: { amount: Number(value), unit: 'messages' } };
    },

    /** Answers to two-way and own numbers. Asked by `received`, and where that action is unknown by `recived`. */
    async inbound(since: number): Promise<OperatorAnswer<InboundMessage[]>> {
      const body = { type: 'ndi', date_from: toWarsaw(since), order: 'asc' };
      let answer = await client('messages/received', body, AbortSignal.timeout(patience));
      if (!answer.ok && answer.code === 1000) {
        answer = await client('messages/recived', body, AbortSignal.timeout(patience));
      }
      if (!answer.ok) return answer.code === noMessages ? { ok: true, value: [] } : failed(answer);
      const read = inboundAnswer.safeParse(answer.json);
      if (!read.success) return unreadable;
      const value = read.data.items.map((item) => ({
        operatorMessageId: idOf(item.id),
        from: item.phone,
        to: item.to_number ?? '',
        text: item.text,
        at: warsawTime(item.received) ?? warsawTime(item.recived),
      }));
      return { ok: true, value };
    },

    async block(number: string): Promise<OperatorAnswer<null>> {
      const answer = await client('blacklist/add', { phone: number }, AbortSignal.timeout(patience));
      const there = !answer.ok && answer.code !== null && numberBlocked.includes(answer.code);
      return answer.ok || there ? { ok: true, value: null } : failed(answer);
    },
  };
}
