import { z } from 'zod';
import { patience } from '../exchange.ts';
import type { OperatorAnswer, OperatorBalance } from '../operator.ts';
import { type Client, failed } from './client.ts';

/** Points come as a number or as a string ("0.3000"). */
const profileAnswer = z.object({
  points: z.union([
    z.number(),
    z
      .string()
      .regex(/^-?\d{1,12}(\.\d{1,6})?$/)
      .transform(Number),
  ]),
});

export function createAccount(client: Client) {
  return {
    /** `/profile`: points, the operator's own money. */
    async balance(): Promise<OperatorAnswer<OperatorBalance>> {
      const answer = await client.get('/profile', AbortSignal.timeout(patience));
      if (!answer.ok) return failed(answer);
      const read = profileAnswer.safeParse(answer.json);
      if (!read.success) return { ok: false, blame: 'operator', detail: 'answer of an unknown shape' };
      return { ok: true, value: { amount: read.data.points, unit: 'points' } };
    },
  };
}
