import type {
  Asked,
  callBack as CallBack,
  json as Json,
  refusedByServer as RefusedByServer,
  Reply,
  SimulatorServer,
  spoiled as Spoiled,
} from '../../../server/operators/simulator-server.ts';
// The query keeps it from being replaced by this file.
// @ts-expect-error: no such file to the compiler
import * as real from '../../../server/operators/simulator-server.ts?outside';
import { start } from './calls.ts';

// Stands in workerd for the part of `server/operators/simulator-server.ts` that listens.
export const json: typeof Json = real.json;
export const spoiled: typeof Spoiled = real.spoiled;
export const refusedByServer: typeof RefusedByServer = real.refusedByServer;
export const callBack: typeof CallBack = real.callBack;

export async function startSimulatorServer(
  handle: (asked: Asked) => Reply | Promise<Reply>,
): Promise<SimulatorServer> {
  type Question = Omit<Asked, 'query'> & { query: string };
  const { facts, end } = await start<{ url: string }, Question>('simulator', {}, async (question) => {
    const asked = { ...question, query: new URLSearchParams(question.query) };
    const reply = await Promise.resolve(asked)
      .then(handle)
      .catch((error: unknown) => json({ simulator: String(error) }, 500));
    if (reply.kind !== 'answer' || typeof reply.body === 'string') return reply;
    return { ...reply, body: '', base64: Buffer.from(reply.body).toString('base64') };
  });
  return { url: facts.url, close: end };
}
