import { createApp } from '../app.ts';
import { migrate } from '../database/migrate.ts';
import { seedDemo } from '../demo/seed.ts';
import { hrmChores } from '../hrm/work.ts';
import { createDelivery, sandboxOf } from '../messages/delivery.ts';
import { firstDue } from '../messages/dispatch/leasing.ts';
import type { Dispatch } from '../messages/dispatch/running.ts';
import { ourIds } from '../messages/our-id.ts';
import { createOperatorAccounts } from '../operator-accounts/running.ts';
import { accountChores } from '../operator-accounts/work.ts';
import { httpOperators } from '../operators/catalogue.ts';
import { operatorsOf } from '../senders/sender-operators.ts';
import { createSenderNameWork } from '../senders/work.ts';
import { edgeTransport } from './http.edge.ts';
import type { Platform } from './platform.ts';
import { migrations } from './worker-migrations.ts';
import type { WorkerEnv } from './worker-runtime.ts';
import { workerSettings } from './worker-settings.ts';

/** Milliseconds after which an invocation takes no more messages: what is left is another one's. */
const longest = 20_000;
/** Milliseconds that the calls under way then have left. */
const grace = 10_000;

/** The application with all that goes on beside its API, for one isolate. Everything runs `within` an invocation. */
export interface WorkerApplication {
  platform: Platform;
  app: ReturnType<typeof createApp>;
  /**
   * Hands out what is due.
   * @returns false when its time was over before its work
   */
  send(): Promise<boolean>;
  /** Matches the reports that have come. */
  matchReports(): Promise<void>;
  /** One round of everything, also of what no hint came for: what the cron calls. */
  turn(): Promise<boolean>;
  /** Milliseconds since the epoch when the next message is due; null: none waits. */
  nextDue(): Promise<number | null>;
  /** Sees what has changed in operator accounts. */
  refresh(): Promise<void>;
}

export interface WorkerApplicationOptions {
  clientAddress?: (c: { req: { header(name: string): string | undefined } }) => string;
  metricsToken?: string;
}

export async function createWorkerApplication(
  platform: Platform,
  env: WorkerEnv,
  { metricsToken }: WorkerApplicationOptions = {},
): Promise<WorkerApplication> {
  const { database, clock } = platform;
  if (platform.sandbox) {
    // To try it out takes an empty database and nothing else; in earnest, tables are changed before the code is.
    await migrate(database, migrations, clock.now());
    await seedDemo(platform);
  }
  const accounts = await createOperatorAccounts({
    platform,
    kinds: httpOperators,
    transport: edgeTransport,
    builtIn: platform.sandbox ? sandboxOf(platform) : null,
  });
  const ids = await ourIds(database);
  const nameOperators = operatorsOf(accounts, accounts.kindOf);
  const names = createSenderNameWork(platform, nameOperators);
  const hrm = hrmChores(platform, accounts);

  /** Made anew for each invocation: what it waits for ends with it. */
  const newDispatch = async (): Promise<Dispatch> => {
    const { dispatch } = await createDelivery(platform, {
      router: accounts,
      ourIds: ids,
      settings: workerSettings,
      chores: { 'operator accounts': () => accountChores(platform, accounts), ...hrm },
    });
    return dispatch;
  };

  /** @returns whether the work ended by itself */
  async function inTime(work: (dispatch: Dispatch) => Promise<void>): Promise<boolean> {
    const dispatch = await newDispatch();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      void dispatch.stop(grace);
    }, longest);
    try {
      await work(dispatch);
    } finally {
      clearTimeout(timer);
    }
    return !late;
  }

  const app = createApp(platform, {
    migrations,
    router: accounts,
    accounts,
    onReports: () => {
      if (env.WAKE !== undefined) platform.later(env.WAKE.send({ due: 'reports' }));
    },
    senderNames: { operators: nameOperators },
    // Set by the network itself: a caller cannot.
    clientAddress: (c) => c.req.header('cf-connecting-ip') ?? 'unknown',
    ...(metricsToken === undefined ? {} : { metricsToken }),
  });
  return {
    platform,
    app,
    send: () => inTime((dispatch) => dispatch.drain()),
    matchReports: async () => {
      await inTime((dispatch) => dispatch.match());
    },
    turn: async () => {
      const done = await inTime((dispatch) => dispatch.turn());
      await names.turn();
      return done;
    },
    nextDue: () => firstDue(database),
    refresh: async () => {
      await accounts.current();
    },
  };
}
