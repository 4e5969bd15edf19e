import { ConfigurationError } from './configuration.ts';
import { createLog } from './log.ts';
import type { Clock } from './platform.ts';
import { createWorkerApplication, type WorkerApplication } from './worker-application.ts';
import { within } from './worker-invocation.ts';
import {
  createInvocation,
  createWorkerPlatform,
  readWorkerConfiguration,
  type WorkerConfiguration,
} from './worker-platform.ts';
import type { ExecutionContext, Hint, MessageBatch, WorkerEnv } from './worker-runtime.ts';

/** Seconds until a hint that failed is tried again. */
const retryDelay = 5;
/** The cron's step, in milliseconds: what is due before its next turn is hinted at for its time. */
const cronStep = 60_000;
/** An isolate that has been idle looks what has changed in operator accounts, so many milliseconds after its last look. */
const freshness = 1000;

type Work<Result> = (application: WorkerApplication) => Promise<Result>;

/** The handlers of one Worker. @param clock for tests; by default the machine's */
export function createWorker(clock?: Clock) {
  let made: { application: WorkerApplication; lookedAt: number } | null = null;

  /**
   * With the isolate's application, made by the first that needs it. Two that come at once may both make one: they
   * cannot wait for each other's input and output.
   */
  function run<Result>(env: WorkerEnv, context: ExecutionContext, work: Work<Result>) {
    const configuration = readWorkerConfiguration(env);
    return within(createInvocation(configuration, context, clock), async () => {
      if (made === null) {
        const application = await make(configuration, env);
        made ??= { application, lookedAt: Date.now() };
      }
      return work(made.application);
    });
  }

  function make(configuration: WorkerConfiguration, env: WorkerEnv): Promise<WorkerApplication> {
    const token = configuration.NADPIS_METRICS_TOKEN;
    return createWorkerApplication(
      createWorkerPlatform(configuration, env),
      env,
      token === undefined ? {} : { metricsToken: token },
    );
  }

  return {
    async fetch(request: Request, env: WorkerEnv, context: ExecutionContext): Promise<Response> {
      try {
        return await run(env, context, async ({ app, platform, refresh }) => {
          const answer = await app.fetch(request, env, context as never);
          const now = Date.now();
          if (made !== null && now - made.lookedAt > freshness) {
            made.lookedAt = now;
            platform.later(refresh());
          }
          return answer;
        });
      } catch (error) {
        return notStarted(error);
      }
    },

    /** Any number of hints are one piece of work. */
    async queue(batch: MessageBatch<Hint>, env: WorkerEnv, context: ExecutionContext): Promise<void> {
      if (batch.queue.endsWith('-dead')) {
        // Nothing is lost with them: the outbox has it all, and the cron looks there.
        complain('hints were given up', { hints: batch.messages.map((message) => message.id) });
        batch.ackAll();
        return;
      }
      try {
        const due = new Set(batch.messages.map((message) => message.body.due));
        const done = await run(env, context, async ({ send, matchReports }) => {
          if (due.has('reports')) await matchReports();
          return !due.has('messages') || (await send());
        });
        if (!done) await env.WAKE?.send({ due: 'messages' });
        batch.ackAll();
      } catch (error) {
        complain('a hint was not followed', { error: error instanceof Error ? error.stack : String(error) });
        batch.retryAll({ delaySeconds: retryDelay });
      }
    },

    /** What no hint came for: lost ones, back-offs, scheduled sends, lost leases, questions to operators. */
    async scheduled(_controller: unknown, env: WorkerEnv, context: ExecutionContext): Promise<void> {
      await run(env, context, async ({ turn, nextDue, platform }) => {
        const done = await turn();
        if (!done) {
          await env.WAKE?.send({ due: 'messages' });
          return;
        }
        const due = await nextDue();
        const wait = due === null ? cronStep : Math.max(0, due - platform.clock.now());
        if (wait < cronStep) {
          await env.WAKE?.send({ due: 'messages' }, { delaySeconds: Math.ceil(wait / 1000) });
        }
      });
    },
  };
}

/** Before there is an application that could answer. */
function notStarted(error: unknown): Response {
  complain('the Worker cannot start', { error: error instanceof Error ? error.message : String(error) });
  const detail =
    error instanceof ConfigurationError
      ? 'The server is not configured: its log says what is missing.'
      : 'The database does not answer.';
  return Response.json(
    { type: 'about:blank', code: 'unavailable', status: 503, title: 'Not available', detail },
    {
      status: 503,
      headers: { 'Content-Type': 'application/problem+json; charset=utf-8', 'Retry-After': '1' },
    },
  );
}

const complain = (event: string, facts: Record<string, unknown>): void =>
  createLog('json', 'info').error(event, facts);

export default createWorker();
