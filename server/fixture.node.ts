import { type AppOptions, createApp } from './app.ts';
import { migrated, type Temporary, testRuntime } from './database/temporary.node.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createNodeTransport } from './platform/http.node.ts';
import { createIds } from './platform/ids.ts';
import { createMailCatcher } from './platform/mail-catcher.ts';
import { readMigrations } from './platform/migrations.ts';
import type { Platform } from './platform/platform.ts';
import { newToken, sha256 } from './session/secrets.ts';

/** A clock that goes only when told. */
export interface HandClock {
  now(): number;
  forward(milliseconds: number): void;
}

export interface TestPlatform extends Platform {
  clock: HandClock;
  /** What was logged, oldest first. */
  logged: { level: string; event: string; facts: Record<string, unknown> }[];
  /** Waits for the work that goes on after answers; failures of it are thrown here. */
  settled(): Promise<void>;
}

/** A platform on a migrated database, with the mail catcher and a clock of its own. */
export function testPlatform(temporary: Temporary): TestPlatform {
  let now = Date.UTC(2026, 2, 4, 10);
  const clock: HandClock = {
    now: () => now,
    forward: (milliseconds) => {
      now += milliseconds;
    },
  };
  const logged: TestPlatform['logged'] = [];
  const note =
    (level: string) =>
    (event: string, facts: Record<string, unknown> = {}) => {
      logged.push({ level, event, facts });
    };
  const work: Promise<unknown>[] = [];
  const mailFrom = 'Nadpis <nadpis@nadpis.example>';
  return {
    name: 'node',
    database: temporary.database,
    mailer: createMailCatcher(temporary.database, clock, mailFrom),
    clock,
    wakeUp: { hint: () => {} },
    outward: { transport: createNodeTransport().transport, privateAddresses: true },
    newId: createIds(clock),
    later: (promise) => {
      work.push(promise);
    },
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    metrics: createMetrics(),
    sandbox: true,
    settings: {
      publicUrl: 'http://nadpis.example',
      statementsAddress: 'zgody@operator.example',
      mailFrom,
      secret: 'a secret of tests, longer than 32 characters',
    },
    logged,
    settled: async () => {
      while (work.length > 0) await Promise.all(work.splice(0));
    },
  };
}

export type Call = (
  method: string,
  path: string,
  more?: { token?: string; body?: unknown; headers?: Record<string, string> },
) => Promise<Response>;

export interface TestApp {
  platform: TestPlatform;
  app: ReturnType<typeof createApp>;
  /** One request; a body is sent as JSON, a string as it is. */
  call: Call;
  /** A signed-in person's token. */
  signIn(personId: string): Promise<string>;
  another: Temporary['another'];
  /** One round of all that goes on beside the API, where that runs elsewhere. */
  turn?: () => Promise<void>;
  /** The application made anew on the same platform, with what needs the platform to be made. */
  again(options: AppOptions, platform?: Partial<Platform>): Promise<TestApp>;
  end(): Promise<void>;
}

/**
 * The whole application on a migrated database, with the organisations of `addOrganisation`. Where `TEST_RUNTIME` is
 * `workers`, calls go to a Worker in workerd; its options are then its own.
 */
export async function testApp(options: AppOptions = {}): Promise<TestApp> {
  const temporary = await migrated();
  const platform = testPlatform(temporary);
  const here = appOn(temporary, platform, options);
  if (testRuntime() !== 'workers') return here;
  const { atTheEdge } = await import('../test/contract/edge-client.ts');
  return { ...here, ...atTheEdge(temporary, platform) };
}

function appOn(temporary: Temporary, platform: TestPlatform, options: AppOptions): TestApp {
  const app = createApp(platform, { migrations: readMigrations(), ...options });
  return {
    platform,
    app,
    call: async (method, path, { token, body, headers = {} } = {}) => {
      const sent = new Headers(headers);
      if (token !== undefined) sent.set('Authorization', `Bearer ${token}`);
      if (body !== undefined && !sent.has('Content-Type')) sent.set('Content-Type', 'application/json');
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      return app.request(path, { method, headers: sent, ...(text === undefined ? {} : { body: text }) });
    },
    signIn: async (personId) => {
      const token = newToken();
      const now = platform.clock.now();
      await platform.database.batch([
        {
          sql: `INSERT INTO sessions
                  (token_hash, id, person_id, organisation_id, created_at, used_at, expires_at)
                SELECT ?, ?, id, organisation_id, ?, ?, ? FROM people WHERE id = ?`,
          args: [await sha256(token), platform.newId('ses'), now, now, now + 30 * 86_400_000, personId],
        },
      ]);
      return token;
    },
    another: temporary.another,
    again: async (more, changed = {}) => appOn(temporary, Object.assign(platform, changed), more),
    end: async () => {
      await platform.settled();
      await temporary.end();
    },
  };
}

/**
 * Organisation `org_<n>` with companies `com_<n>a` and `com_<n>b`, people `per_<n>_administrator` (`…@nadpis.example`),
 * `per_<n>_sender` and `per_<n>_hr` for the first company, an authorised name `snd_<n>` in the program slot, 100 parts
 * and a template `tpl_<n>`.
 */
export async function addOrganisation(platform: Platform, n: number): Promise<void> {
  const now = platform.clock.now();
  const organisation = `org_${n}`;
  const people = ['administrator', 'sender', 'hr'].map((role) => ({
    sql: 'INSERT INTO people (id, organisation_id, email, name, roles, created_at) VALUES (?, ?, ?, ?, ?, ?)',
    args: [`per_${n}_${role}`, organisation, `${role}${n}@nadpis.example`, role, JSON.stringify([role]), now],
  }));
  await platform.database.batch([
    {
      sql: 'INSERT INTO organisations (id, name, created_at) VALUES (?, ?, ?)',
      args: [organisation, `O${n}`, now],
    },
    ...['a', 'b'].map((letter) => ({
      sql: 'INSERT INTO companies (id, organisation_id, name, created_at) VALUES (?, ?, ?, ?)',
      args: [`com_${n}${letter}`, organisation, `Company ${letter}`, now],
    })),
    ...people,
    {
      sql: 'INSERT INTO person_companies (person_id, company_id) VALUES (?, ?), (?, ?)',
      args: [`per_${n}_sender`, `com_${n}a`, `per_${n}_hr`, `com_${n}a`],
    },
    {
      sql: `INSERT INTO sender_names (id, organisation_id, name, name_key, state, state_since, created_by, created_at)
            VALUES (?, ?, ?, ?, 'authorised', ?, ?, ?)`,
      args: [`snd_${n}`, organisation, `Nazwa ${n}`, `nazwa ${n}`, now, `per_${n}_administrator`, now],
    },
    {
      sql: 'UPDATE organisations SET program_sender_name_id = ? WHERE id = ?',
      args: [`snd_${n}`, organisation],
    },
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES (?, 'purchase', 100, 'test', ?)`,
      args: [organisation, now],
    },
    {
      sql: `INSERT INTO templates (id, organisation_id, name, text, changed_at) VALUES (?, ?, 'Wizyta', 'Tekst', ?)`,
      args: [`tpl_${n}`, organisation, now],
    },
  ]);
}
