import type { Asked, Reply, SimulatorServer } from '../../../server/operators/simulator-server.ts';
import { start } from './calls.ts';

// Stands in workerd for the part of `server/operators/simulator-server.ts` that listens.
export {
  callBack,
  json,
  refusedByServer,
  spoiled,
} from '../../../server/operators/simulator-server.ts';

export async function startSimulatorServer(
  handle: (asked: Asked) => Reply | Promise<Reply>,
): Promise<SimulatorServer> {
  type Question = Omit<Asked, 'query'> & { query: string };
  const { facts, end } = await start<{ url: string }, Question>('simulator', {}, async (question) => {
    const reply = await handle({ ...question, query: new URLSearchParams(question.query) });
    if (reply.kind !== 'answer' || typeof reply.body === 'string') return reply;
    return { ...reply, body: '', base64: Buffer.from(reply.body).toString('base64') };
  });
  return { url: facts.url, close: end };
}
