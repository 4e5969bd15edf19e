import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import Libsql from 'libsql';
import { openFile } from '../database/libsql-file.ts';
import { type BackupSummary, summarise } from './backup-summary.ts';
import type { Configuration } from './configuration.ts';

/** Statements that are read from a server's dump before they are run. */
const atOnce = 500;

export interface Backup extends BackupSummary {
  path: string;
}

/**
 * Copies the database as it is at one moment into a libSQL file of its own, while the server works on.
 *
 * @param folder made if it is missing
 * @throws {Error} when what was copied is not whole; nothing is left of it then
 */
export async function takeBackup(configuration: Configuration, folder: string, now: Date): Promise<Backup> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `nadpis-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.db`;
  const path = join(folder, name);
  // A name that no restore looks for, until it is whole.
  const unfinished = `${path}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    const url = configuration.NADPIS_DATABASE_URL;
    if (url === undefined) copyFile(join(configuration.NADPIS_DATA, 'nadpis.db'), unfinished);
    else await copyServer(url, configuration.NADPIS_DATABASE_TOKEN, unfinished);
    const copy = openFile(unfinished);
    const summary = await summarise(copy).finally(() => copy.close());
    renameSync(unfinished, path);
    return { path, ...summary };
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(unfinished + end, { force: true });
  }
}

/** SQLite's own: one read transaction, pages packed. */
function copyFile(from: string, to: string): void {
  const native = new Libsql(from, { fileMustExist: true, timeout: 10_000 } as ConstructorParameters<
    typeof Libsql
  >[1]);
  try {
    native.exec(`VACUUM INTO '${to.replaceAll("'", "''")}'`);
  } finally {
    native.close();
  }
}

/** `/dump` of a libSQL server: the SQL of one read transaction, run into a file as it comes. */
async function copyServer(url: string, token: string | undefined, to: string): Promise<void> {
  const base = url.replace(/^libsql:/, 'https:').replace(/\/*$/, '/');
  const answer = await fetch(new URL('dump', base), {
    headers: token === undefined ? {} : { Authorization: `Bearer ${token}` },
  });
  if (!answer.ok || answer.body === null) {
    throw new Error(`The database server answered ${answer.status} to /dump.`);
  }
  const native = new Libsql(to);
  try {
    let whole = false;
    let waiting: string[] = [];
    for await (const statement of statementsOf(answer.body)) {
      if (/^COMMIT;?$/i.test(statement)) whole = true;
      waiting.push(statement);
      if (waiting.length < atOnce) continue;
      native.exec(waiting.join('\n'));
      waiting = [];
    }
    if (!whole) throw new Error('The database server ended its dump before it was whole.');
    native.exec(waiting.join('\n'));
  } finally {
    native.close();
  }
}

/** SQLite writes each row on one line; only what makes tables and triggers has several. */
async function* statementsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const lines = createInterface({
    input: Readable.fromWeb(body as never),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  let text = '';
  for await (const line of lines) {
    text += text === '' ? line : `\n${line}`;
    const trigger = /^CREATE\s+(TEMP\s+)?TRIGGER\b/i.test(text);
    const ends = trigger ? /\bEND;\s*$/i.test(line) : /;\s*$/.test(line);
    if (!ends) continue;
    yield text;
    text = '';
  }
  if (text.trim() !== '') yield text;
}
