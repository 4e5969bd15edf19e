import { z } from 'zod';
import { patience } from '../exchange.ts';
import type { OperatorAnswer, OperatorSender } from '../operator.ts';
import { shortened } from '../outcomes.ts';
import { type Client, failed } from './client.ts';
import { nameExists } from './errors.ts';

const senderItem = z.object({
  name: z.string(),
  agreement: z.string().catch(''),
  status: z.string().catch(''),
  note: z.string().nullable().catch(null),
});

const sendersAnswer = z.object({ items: z.array(senderItem) });

const states: Readonly<Record<string, OperatorSender['state']>> = {
  pending_authorization: 'pending',
  authorized: 'authorised',
  rejected: 'rejected',
  deactivated: 'deactivated',
};

/** `agreement`: is the owner's statement needed, or here already? */
const statements: Readonly<Record<string, OperatorSender['statement']>> = {
  required: 'required',
  delivered: 'received',
  not_required: 'not-required',
};

/** Names can be added and listed; there is no way to rename or remove one over the API. */
export function createSenders(client: Client) {
  async function senders(): Promise<OperatorAnswer<OperatorSender[]>> {
    const answer = await client('senders/index', { predefined: false }, AbortSignal.timeout(patience));
    if (!answer.ok) return failed(answer);
    const read = sendersAnswer.safeParse(answer.json);
    if (!read.success) return { ok: false, blame: 'operator', detail: 'answer of an unknown shape' };
    const value = read.data.items.map(({ name, agreement, status, note }) => ({
      name,
      state: states[status] ?? ('unknown' as const),
      statement: statements[agreement] ?? ('unknown' as const),
      note: shortened(note ?? ''),
    }));
    return { ok: true, value };
  }

  /** The answer to an addition does not say the state, so it is read afterwards; unread, it is taken as pending. */
  async function addSender(name: string): Promise<OperatorAnswer<OperatorSender>> {
    const answer = await client('senders/add', { name }, AbortSignal.timeout(patience));
    const there = !answer.ok && answer.code !== null && nameExists.includes(answer.code);
    if (!answer.ok && !there) return failed(answer);
    if (answer.ok && (answer.json as { success?: unknown } | null)?.success !== true) {
      return { ok: false, blame: 'operator', detail: 'answer of an unknown shape' };
    }
    const listed = await senders();
    const sender = listed.ok ? listed.value.find((it) => it.name === name) : undefined;
    return { ok: true, value: sender ?? { name, state: 'pending', statement: 'unknown', note: '' } };
  }

  return { senders, addSender };
}
