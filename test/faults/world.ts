import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sandboxOf } from '../../scripts/sandbox-client.ts';
import type { Database } from '../../server/database/database.ts';
import { openFile } from '../../server/database/libsql-file.ts';
import { freePort } from '../../server/database/temporary.node.ts';
import { demo } from '../../server/demo/seed.ts';
import { type Books, readBooks } from './books.ts';
import { type OperatorKindName, type OperatorProcess, startOperator } from './operator-process.ts';
import { type FaultyServer, type ServerOptions, startServer } from './server-process.ts';

/** An operator with an organisation that has an account there: what every scenario begins with. */
export interface Town {
  operator: OperatorProcess;
  /** A fresh copy of the organisation, and the operator as new. */
  scenario(): Promise<Scenario>;
  end(): Promise<void>;
}

export interface Scenario {
  operator: OperatorProcess;
  database: Database;
  data: string;
  start(options?: Partial<ServerOptions>): Promise<FaultyServer>;
  /** Sends until the server has accepted all of it, whatever becomes of the server meanwhile. */
  send(singles: number, batches?: number, each?: number): Promise<void>;
  /** Lets the clock run until nothing moves any more, then reads the books. */
  finish(server: FaultyServer, step?: number): Promise<Books>;
  end(): Promise<void>;
}

const folder = (name: string): string => mkdtempSync(join(tmpdir(), `nadpis-${name}-`));

/** The n-th of many Polish mobiles. */
const mobile = (n: number): string => `+4860${String(1000000 + n).padStart(7, '0')}`;

export async function buildTown(kind: OperatorKindName): Promise<Town> {
  const operator = await startOperator(kind);
  const port = await freePort();
  const publicUrl = `http://127.0.0.1:${port}`;
  const first = folder('faults');
  const server = await startServer({ data: first, port, publicUrl });
  const token = await signIn(server).catch((error) => {
    throw new Error(`${error}\n${server.said()}`);
  });
  await call(server.url, token, 'POST', '/v1/operator-accounts', {
    operator: kind,
    title: 'Operator',
    settings:
      kind === 'twilio'
        ? { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', baseUrl: operator.url }
        : { token: 'token', baseUrl: operator.url },
  });
  await call(server.url, token, 'POST', '/v1/packages', { parts: 900_000, invoice: 'test' });
  await server.stop();

  const scenario = async (): Promise<Scenario> => {
    await operator.tell({ reset: true, fault: null, open: true });
    const data = folder('faults');
    cpSync(first, data, { recursive: true });
    const database = openFile(join(data, 'nadpis.db'));
    const servers: FaultyServer[] = [];
    let sent = 0;

    async function post(numbers: readonly string[]): Promise<void> {
      const key = `key-${++sent}`;
      const body = {
        companyId: demo.companies.nowak,
        text: 'Tekst',
        recipients: numbers.map((number) => ({ number })),
      };
      for (const until = Date.now() + 60_000; Date.now() < until; await wait(20)) {
        const { url } = servers.at(sent % servers.length) ?? { url: publicUrl };
        const status = await tryCall(url, token, 'POST', '/v1/batches', body, { 'Idempotency-Key': key });
        if (status === 201) return;
        // Not there, or not ready: the client tries again, under the same key.
        if (status !== 0 && status !== 503 && status !== 500)
          throw new Error(`a send was answered with ${status}`);
      }
      throw new Error(`a send was not accepted within a minute:\n${servers.at(-1)?.said()}`);
    }

    return {
      operator,
      database,
      data,
      start: async (options = {}) => {
        const started = await startServer({ data, port, publicUrl, ...options });
        servers.push(started);
        return started;
      },
      send: async (singles, batches = 0, each = 0) => {
        let next = 0;
        const work: string[][] = [];
        for (let at = 0; at < batches; at++) work.push(Array.from({ length: each }, () => mobile(next++)));
        for (let at = 0; at < singles; at++) work.push([mobile(next++)]);
        const waiting = work.values();
        const client = async (): Promise<void> => {
          for (const numbers of waiting) await post(numbers);
        };
        await Promise.all(Array.from({ length: 16 }, client));
      },
      finish: async (started, step = 30_000) => {
        let still = 0;
        let seen = '';
        for (const until = Date.now() + 60_000; Date.now() < until && still < 4; await wait(150)) {
          const rows = await database.query({
            sql: 'SELECT state, count(*) AS n FROM messages GROUP BY state',
          });
          const now = JSON.stringify(rows);
          const moving = rows.some((row) => ['queued', 'sending', 'accepted'].includes(String(row.state)));
          // What stays unknown is asked about again and again: some looks without news are enough.
          still = now === seen && !moving ? still + 1 : 0;
          seen = now;
          if (rows.some((row) => row.state !== 'delivered')) started.advance(step);
          else break;
        }
        return readBooks(database, await operator.state());
      },
      end: async () => {
        for (const it of servers) await it.kill();
        await database.close();
        rmSync(data, { recursive: true, force: true });
      },
    };
  };

  return {
    operator,
    scenario,
    end: async () => {
      await operator.end();
      rmSync(first, { recursive: true, force: true });
    },
  };
}

async function signIn(server: FaultyServer): Promise<string> {
  const { email } = demo.people.administrator;
  await call(server.url, '', 'POST', '/v1/session/codes', { email });
  const code = await sandboxOf(server).code(email);
  const { token } = (await call(server.url, '', 'POST', '/v1/session', { email, code })) as { token: string };
  return token;
}

const headersOf = (token: string, more: Record<string, string> = {}): Record<string, string> => ({
  'Content-Type': 'application/json',
  ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
  ...more,
});

export async function call(
  url: string,
  token: string,
  method: string,
  path: string,
  body: unknown,
): Promise<unknown> {
  const answer = await fetch(url + path, { method, headers: headersOf(token), body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${text}`);
  return text === '' ? null : JSON.parse(text);
}

/** The status; 0: nobody answered. */
async function tryCall(
  url: string,
  token: string,
  method: string,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<number> {
  try {
    const answer = await fetch(url + path, {
      method,
      headers: headersOf(token, headers),
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(20_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}
