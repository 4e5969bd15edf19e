import { createApp } from '../../server/app.ts';
import { openRemote } from '../../server/database/libsql-remote.ts';
import { migrate } from '../../server/database/migrate.ts';
import { startLibsqlServer } from '../../server/database/temporary.node.ts';
import { addOrganisation, testPlatform } from '../../server/fixture.node.ts';
import { createDelivery } from '../../server/messages/delivery.ts';
import { ourIds } from '../../server/messages/our-id.ts';
import { createOperatorAccounts } from '../../server/operator-accounts/running.ts';
import { httpOperators } from '../../server/operators/catalogue.ts';
import { type SmsApiSimulator, startSmsApiSimulator } from '../../server/operators/smsapi/simulator.ts';
import { edgeTransport } from '../../server/platform/http.edge.ts';
import { readMigrations } from '../../server/platform/migrations.ts';
import { workerSettings } from '../../server/platform/worker-settings.ts';
import { newToken, sha256 } from '../../server/session/secrets.ts';

/** The application as it runs at the edge, in this process, with each call to its database counted, and slowed. */
export interface Distant {
  operator: SmsApiSimulator;
  call(method: string, path: string, body?: unknown, key?: string): Promise<Response>;
  /** Hands out what is due, as a batch of the queue does: with a dispatcher of its own. */
  dispatch(): Promise<void>;
  /** HTTP requests to the database while the work went on. */
  roundTrips(work: () => Promise<unknown>): Promise<number>;
  sql(sql: string): Promise<Record<string, unknown>[]>;
  end(): Promise<void>;
}

/** @param delay milliseconds that each round trip takes longer than this machine's own */
export async function distantApplication({ delay = 0, parts = 100_000 } = {}): Promise<Distant> {
  const server = await startLibsqlServer();
  const operator = await startSmsApiSimulator();
  operator.addName('Nazwa 1');
  let trips = 0;
  const near = openRemote({ url: server.url });
  const far = openRemote({
    url: server.url,
    fetch: async (input, init) => {
      trips++;
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      return fetch(input, init);
    },
  });
  await migrate(near, readMigrations(), Date.UTC(2026, 0, 1));
  const base = testPlatform({ database: far, another: () => far, end: async () => {} });
  const clock = { ...base.clock, now: () => Date.now() };
  const platform = { ...base, clock, name: 'workers' as const, sandbox: false };
  await addOrganisation({ ...platform, database: near }, 1);
  const token = newToken();
  const now = clock.now();
  await near.batch([
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'purchase', ?, 'test', ?)`,
      args: [parts, now],
    },
    {
      sql: `INSERT INTO sessions (token_hash, id, person_id, organisation_id, created_at, used_at, expires_at)
        VALUES (?, 'ses_1', 'per_1_administrator', 'org_1', ?, ?, ?)`,
      args: [await sha256(token), now, now, now + 86_400_000],
    },
  ]);
  const accounts = await createOperatorAccounts({
    platform,
    kinds: httpOperators,
    transport: edgeTransport,
    builtIn: null,
  });
  const app = createApp(platform, { router: accounts, accounts });
  const ids = await ourIds(near);
  const call: Distant['call'] = async (method, path, body, key) =>
    app.request(path, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        ...(key === undefined ? {} : { 'Idempotency-Key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const added = await call('POST', '/v1/operator-accounts', {
    operator: 'smsapi',
    title: 'Konto',
    settings: { token: 'token', baseUrl: operator.url },
  });
  if (added.status !== 201) throw new Error(await added.text());
  await accounts.current();
  return {
    operator,
    call,
    dispatch: async () => {
      const { dispatch } = await createDelivery(platform, {
        router: accounts,
        ourIds: ids,
        settings: workerSettings,
      });
      await dispatch.drain();
    },
    roundTrips: async (work) => {
      const before = trips;
      await work();
      return trips - before;
    },
    sql: (sql) => near.query({ sql }),
    end: async () => {
      await base.settled();
      await operator.close();
      await near.close();
      await server.end();
    },
  };
}

/** The n-th of many Polish mobiles. */
export const mobileOf = (n: number): string => `+48600${String(100_000 + n)}`;
