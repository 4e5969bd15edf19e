import { z } from 'zod';
import { patience } from '../exchange.ts';
import type { OperatorAnswer, OperatorSender } from '../operator.ts';
import { type Client, failed } from './client.ts';

const senderItem = z.object({ sender: z.string(), status: z.string().catch('') });
const sendersAnswer = z.union([
  z.object({ collection: z.array(senderItem) }).transform((it) => it.collection),
  z.array(senderItem),
]);
const statementAnswer = z.object({ content: z.string().min(1) });

const states: Readonly<Record<string, OperatorSender['state']>> = {
  ACTIVE: 'authorised',
  // Also what it shows before it has judged: a name that waits is not moved by it (shared/sender-name/verdict.ts).
  INACTIVE: 'deactivated',
  PENDING: 'pending',
  REJECTED: 'rejected',
  DELETED: 'deactivated',
};

/** `/sms/sendernames`. Whether the owner's statement has come is not told. */
export function createSenders(client: Client) {
  const unreadable = { ok: false, blame: 'operator', detail: 'answer of an unknown shape' } as const;
  const senderOf = ({ sender, status }: z.infer<typeof senderItem>): OperatorSender => ({
    name: sender,
    state: states[status] ?? 'unknown',
    statement: 'unknown',
    note: '',
  });

  return {
    async senders(): Promise<OperatorAnswer<OperatorSender[]>> {
      const answer = await client.get('/sms/sendernames', AbortSignal.timeout(patience));
      if (!answer.ok) return failed(answer);
      const read = sendersAnswer.safeParse(answer.json);
      return read.success ? { ok: true, value: read.data.map(senderOf) } : unreadable;
    },

    /** No code of its own says that a name is there already, so a refused addition looks for it. */
    async addSender(name: string): Promise<OperatorAnswer<OperatorSender>> {
      const answer = await client.post('/sms/sendernames', { sender: name }, AbortSignal.timeout(patience));
      const added = answer.ok ? senderItem.safeParse(answer.json) : undefined;
      if (added?.success) return { ok: true, value: senderOf(added.data) };
      const path = `/sms/sendernames/${encodeURIComponent(name)}`;
      const there = await client.get(path, AbortSignal.timeout(patience));
      const found = there.ok ? senderItem.safeParse(there.json) : undefined;
      if (found?.success && found.data.sender === name) return { ok: true, value: senderOf(found.data) };
      return answer.ok ? unreadable : failed(answer);
    },

    async statementText(): Promise<OperatorAnswer<string>> {
      const answer = await client.get('/sms/sendernames/statement', AbortSignal.timeout(patience));
      if (!answer.ok) return failed(answer);
      const read = statementAnswer.safeParse(answer.json);
      return read.success ? { ok: true, value: read.data.content } : unreadable;
    },
  };
}
