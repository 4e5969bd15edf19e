import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@libsql/client/http';
import type { Database, Row, Value } from '../database/database.ts';
import { openFile } from '../database/libsql-file.ts';
import { openRemote } from '../database/libsql-remote.ts';
import { bindable } from '../database/values.ts';
import { type BackupSummary, summarise } from './backup-summary.ts';
import type { Configuration } from './configuration.ts';

/** Values in one statement at most, and bytes about: a server takes neither without end. */
const mostValues = 10_000;
const mostRows = 500;

/**
 * Gives a backup back into an empty database: the file under `NADPIS_DATA`, or the server that is named. What is there
 * already is never overwritten.
 *
 * @throws {Error} in words; a file is then as it was, a server may hold a part and has to be emptied
 */
export async function restoreBackup(configuration: Configuration, from: string): Promise<BackupSummary> {
  if (!existsSync(from)) throw new Error(`There is no file ${from}.`);
  const backup = openFile(from);
  try {
    const expected = await summarise(backup);
    const url = configuration.NADPIS_DATABASE_URL;
    if (url === undefined) await restoreFile(from, configuration.NADPIS_DATA);
    else await restoreServer(backup, url, configuration.NADPIS_DATABASE_TOKEN);
    const target =
      url === undefined ? openFile(join(configuration.NADPIS_DATA, 'nadpis.db')) : remote(configuration, url);
    const found = await summarise(target).finally(() => target.close());
    if (JSON.stringify(found) !== JSON.stringify(expected)) {
      throw new Error(`What was restored is not what was backed up: ${JSON.stringify({ expected, found })}`);
    }
    return found;
  } finally {
    await backup.close();
  }
}

function remote({ NADPIS_DATABASE_TOKEN: authToken }: Configuration, url: string): Database {
  return openRemote({ url, timeout: 60_000, ...(authToken === undefined ? {} : { authToken }) });
}

async function restoreFile(from: string, folder: string): Promise<void> {
  const to = join(folder, 'nadpis.db');
  if (existsSync(to)) {
    throw new Error(`${to} is there already. Stop the server and move it away, then restore again.`);
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The log of another database would be played into this one.
  for (const end of ['-wal', '-shm']) rmSync(to + end, { force: true });
  copyFileSync(from, `${to}.unfinished`);
  renameSync(`${to}.unfinished`, to);
}

/** Tables, then rows, then what looks at rows: indexes and triggers would be in the way of what is older than they. */
async function restoreServer(backup: Database, url: string, authToken: string | undefined): Promise<void> {
  const client = createClient({ url, intMode: 'number', ...(authToken === undefined ? {} : { authToken }) });
  try {
    const { rows } = await client.execute(`SELECT count(*) AS n FROM sqlite_master WHERE type = 'table'`);
    if (Number(rows[0]?.n) > 0) throw new Error(`The database at ${url} is not empty.`);
    const things = await backup.query<{ type: string; name: string; sql: string } & Row>({
      sql: `SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid`,
    });
    const tables = things.filter((it) => it.type === 'table');
    // Without foreign keys, as tables point at each other; `migrate` is the client's way to say so.
    await client.migrate(tables.map((it) => it.sql));
    for (const { name } of tables) await copyRows(backup, client, name);
    const sequences = await backup.query({
      sql: `SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'`,
    });
    if (sequences.length > 0) {
      await client.migrate(['DELETE FROM sqlite_sequence']);
      await copyRows(backup, client, 'sqlite_sequence');
    }
    await client.migrate(things.filter((it) => it.type !== 'table').map((it) => it.sql));
  } finally {
    client.close();
  }
}

async function copyRows(
  backup: Database,
  client: ReturnType<typeof createClient>,
  table: string,
): Promise<void> {
  const columns = (await backup.query({ sql: `SELECT name FROM pragma_table_info('${table}')` })).map(
    (row) => `"${row.name}"`,
  );
  const step = Math.max(1, Math.min(mostRows, Math.floor(mostValues / columns.length)));
  for (let at = 0; ; at += step) {
    const rows: Value[][] = await backup.tuples({
      sql: `SELECT ${columns.join(', ')} FROM "${table}" LIMIT ? OFFSET ?`,
      args: [step, at],
    });
    if (rows.length > 0) {
      const places = `(${columns.map(() => '?').join(', ')})`;
      const sql = `INSERT INTO "${table}" (${columns.join(', ')}) VALUES ${rows.map(() => places).join(', ')}`;
      const args = rows.flat();
      await client.migrate([{ sql, args: bindable({ sql, args }, args.length) }]);
    }
    if (rows.length < step) return;
  }
}
