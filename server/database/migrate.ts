import type { Database, Statement } from './database.ts';
import { UniqueViolation } from './database.ts';
import { splitScript } from './values.ts';

/** A numbered step of the schema: `0001_foundation` and its SQL. Handed in, so that it also runs where there are no files. */
export interface Migration {
  name: string;
  sql: string;
}

export interface MigrationStatus {
  applied: { name: string; at: number }[];
  pending: string[];
  /**
   * Applied by a version that is newer than this one. It left this one working: a new version's tables come before its
   * servers, and its servers may have to go before its tables do (docs/operations/migrations.md).
   */
  newer: string[];
}

export class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MigrationError';
  }
}

const createTable: Statement = {
  sql: `CREATE TABLE IF NOT EXISTS migrations (
    number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
};

/**
 * What has been applied and what has not.
 * @throws {MigrationError} when the database and the given migrations do not belong together
 */
export async function migrationStatus(
  database: Database,
  migrations: readonly Migration[],
): Promise<MigrationStatus> {
  const numbered = inOrder(migrations);
  const exists = await database.query({
    sql: `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'`,
  });
  if (exists.length === 0)
    return { applied: [], pending: numbered.map((migration) => migration.name), newer: [] };
  const rows = await database.query<{ number: number; name: string; checksum: string; at: number }>({
    sql: 'SELECT number, name, checksum, at FROM migrations ORDER BY number',
  });
  for (const [at, row] of rows.slice(0, numbered.length).entries()) {
    const ours = numbered[at];
    if (ours === undefined || ours.number !== row.number) {
      throw new MigrationError(
        `Migration ${row.name} was applied to this database but is not among the ones of this version: ` +
          'some are missing in the database, or here.',
      );
    }
    if (row.checksum !== (await checksum(ours.sql))) {
      throw new MigrationError(
        `Migration ${row.name} was edited after it was applied to this database. ` +
          'Undo the edit and put the change into a new migration.',
      );
    }
  }
  return {
    applied: rows.map(({ name, at }) => ({ name, at })),
    pending: numbered.slice(rows.length).map((migration) => migration.name),
    newer: rows.slice(numbered.length).map(({ name }) => name),
  };
}

/**
 * Applies what is pending, in order, each in one transaction with its record: a step is there whole or not at all.
 * Two processes may start at once; the second finds the step done and goes on.
 *
 * @param now milliseconds since the epoch
 * @returns the names of those applied by this call
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  now: number,
): Promise<string[]> {
  const { pending } = await migrationStatus(database, migrations);
  if (pending.length === 0) return [];
  await database.batch([createTable]);
  const done: string[] = [];
  for (const migration of inOrder(migrations)) {
    if (!pending.includes(migration.name)) continue;
    const record: Statement = {
      sql: 'INSERT INTO migrations (number, name, checksum, at) VALUES (?, ?, ?, ?)',
      args: [migration.number, migration.name, await checksum(migration.sql), now],
    };
    try {
      await database.batch([record, ...splitScript(migration.sql).map((sql) => ({ sql }))]);
      done.push(migration.name);
    } catch (error) {
      if (error instanceof UniqueViolation && error.columns.startsWith('migrations.')) continue;
      throw new MigrationError(
        `Migration ${migration.name} failed and was undone: ${error instanceof Error ? error.message : error}`,
      );
    }
  }
  // Another process may have applied some: what stands must be what we have.
  await migrationStatus(database, migrations);
  return done;
}

function inOrder(migrations: readonly Migration[]): (Migration & { number: number })[] {
  const numbered = migrations.map((migration) => {
    const number = /^(\d{4})_[a-z0-9-]+$/.exec(migration.name)?.[1];
    if (number === undefined) {
      throw new MigrationError(`${migration.name} is not the name of a migration: 0001_what-it-does.`);
    }
    return { ...migration, number: Number(number) };
  });
  numbered.sort((a, b) => a.number - b.number);
  for (const [at, migration] of numbered.entries()) {
    if (migration.number !== at + 1) {
      throw new MigrationError(`Migration ${String(at + 1).padStart(4, '0')} is missing or there twice.`);
    }
  }
  return numbered;
}

async function checksum(sql: string): Promise<string> {
  // A checkout on Windows may change line ends; the step is the same.
  const bytes = new TextEncoder().encode(sql.replaceAll('\r\n', '\n'));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
