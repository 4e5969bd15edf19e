import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { Pool } from 'undici';

export const connections = 64;
/** The median of so many runs is what counts. */
export const times = 5;
export const text = 'Zamowienie jest gotowe do odbioru. Zapraszamy codziennie od 8 do 18.';

export const rate = (count: number, milliseconds: number): number => (count / milliseconds) * 1000;
export const perSecond = (value: number, what: string): string =>
  `${Math.round(value).toLocaleString('en')} ${what}/s`;

/** A Polish mobile for each number from 0 to 999,999. */
export const mobile = (n: number): string => `+48600${String(n % 1_000_000).padStart(6, '0')}`;

// Other processes --------------------------------------------------------------------------------------------------

export interface Server {
  url: string;
  pool: Pool;
  token: string;
  report: string | null;
  ask<Answer>(question: object): Promise<Answer>;
  end(): Promise<void>;
}

export function start(
  file: string,
  args: string[] = [],
): Promise<{ child: ChildProcess; told: Record<string, unknown> }> {
  const child = fork(join(import.meta.dirname, file), args, {
    // As the image runs it.
    execArgv: ['--max-semi-space-size=8', '--heap-growing-percent=50'],
    env: {
      ...process.env,
      MALLOC_ARENA_MAX: '2',
      NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/code'),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (told) => resolve({ child, told: told as Record<string, unknown> }));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
  });
}

export async function startServer(file: string, args: string[] = []): Promise<Server> {
  const { child, told } = await start(file, args);
  const url = `http://127.0.0.1:${told.port}`;
  const pool = new Pool(url, { connections, pipelining: 1 });
  return {
    url,
    pool,
    token: String(told.token ?? ''),
    report: typeof told.report === 'string' ? told.report : null,
    ask: <Answer>(question: object) =>
      new Promise<Answer>((resolve) => {
        child.once('message', (answer) => resolve(answer as Answer));
        child.send(question);
      }),
    end: async () => {
      await pool.destroy();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}

/** Does the work `count` times, so many at once. Milliseconds. */
export async function loop(count: number, work: (n: number) => Promise<void>): Promise<number> {
  let next = 0;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let n = next++; n < count; n = next++) await work(n);
    }),
  );
  return performance.now() - begin;
}

export async function post(server: Server, path: string, body: string): Promise<void> {
  const answer = await server.pool.request({
    method: 'POST',
    path,
    body,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${server.token}`,
      'idempotency-key': timeOrderedKey(),
    },
  });
  const said = await answer.body.text();
  if (answer.statusCode !== 200 && answer.statusCode !== 201)
    throw new Error(`${answer.statusCode}: ${said}`);
}

/** A UUIDv7 (RFC 9562), as the API's description advises: random keys spread over the whole of their index. */
export function timeOrderedKey(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
}

// What is sent -----------------------------------------------------------------------------------------------------

export function batch(first: number, count: number): string {
  const recipients = Array.from({ length: count }, (_, at) => ({
    number: mobile(first + at),
    name: `Jan Kowalski ${at}`,
    reference: `row-${at}`,
  }));
  return JSON.stringify({ companyId: 'com_1', text, recipients });
}

// Benches ----------------------------------------------------------------------------------------------------------

export interface Progress {
  delivered: number;
  accepted: number;
  memory: number;
}

/** Until so many are accepted by the operator, or delivered by their reports. */
export async function until(
  product: Server,
  count: number,
  settled: 'accepted' | 'delivered',
): Promise<Progress> {
  for (;;) {
    const progress = await product.ask<Progress>({ state: true });
    if (progress[settled] >= count) return progress;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
