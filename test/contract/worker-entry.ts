import { createWorker } from '../../server/platform/worker.ts';
import type { ExecutionContext, WorkerEnv } from '../../server/platform/worker-runtime.ts';

/**
 * The Worker for tests that share one: each call says in its headers on which database it works and what time it is
 * there, and is answered when the work after its answer is done, too. Without queues: what goes on beside the API is
 * done when `/x-test/turn` is called.
 */
const workers = new Map<string, { worker: ReturnType<typeof createWorker>; clock: { at: number } }>();

export default {
  async fetch(request: Request, env: WorkerEnv): Promise<Response> {
    const database = request.headers.get('x-test-database') ?? '';
    let known = workers.get(database);
    if (known === undefined) {
      const clock = { at: 0 };
      known = { clock, worker: createWorker({ now: () => clock.at }) };
      workers.set(database, known);
    }
    known.clock.at = Number(request.headers.get('x-test-now'));
    const pending: Promise<unknown>[] = [];
    const context: ExecutionContext = { waitUntil: (work) => void pending.push(work) };
    const settings = { ...env, NADPIS_DATABASE_URL: database };
    const answer = await respond(request, known.worker, settings, context);
    while (pending.length > 0) await Promise.all(pending.splice(0));
    return answer;
  },
};

async function respond(
  request: Request,
  worker: ReturnType<typeof createWorker>,
  env: WorkerEnv,
  context: ExecutionContext,
): Promise<Response> {
  if (new URL(request.url).pathname === '/x-test/turn') {
    await worker.scheduled(null, env, context);
    return new Response('done');
  }
  // What Cloudflare says of a caller, a test says of itself.
  const headers = new Headers(request.headers);
  headers.set('CF-Connecting-IP', request.headers.get('x-test-address') ?? 'unknown');
  const answer = await worker.fetch(new Request(request, { headers }), env, context);
  // Read here: what makes it may still need the database.
  return answer.body === null ? answer : new Response(await answer.arrayBuffer(), answer);
}
