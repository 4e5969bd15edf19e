import Libsql from 'libsql';
import type { Database, Row, Statement, StatementResult, Value } from './database.ts';
import { DatabaseBusy } from './database.ts';
import { asDatabaseError, backOff, pause } from './errors.ts';
import { bindable, countParameters, readable } from './values.ts';

interface Prepared {
  native: ReturnType<InstanceType<typeof Libsql>['prepare']>;
  parameters: number;
  /** It gives rows: a query, or a write with RETURNING. */
  reader: boolean;
  writes: boolean;
  /** Columns that may hold a blob; most statements have none and skip the look at every value. */
  blobs: string[];
}

export interface FileOptions {
  /** Milliseconds to wait for another process that writes; 5,000 by default. The event loop goes on meanwhile. */
  busyTimeout?: number;
  /** Prepared statements kept; 500 by default. */
  statements?: number;
  /** Kilobytes of pages kept; 12,000 by default. What is dropped the system still holds. */
  cache?: number;
}

/** The native driver waits inside a call that stops the event loop: so only this long, then we wait in JavaScript. */
const nativeTimeout = 15;

/**
 * A libSQL file, one connection. Calls of the driver are synchronous, so a transaction is never interleaved with
 * another of this process; other processes on the same file are kept out by SQLite's lock.
 */
export function openFile(path: string, options: FileOptions = {}): Database {
  const busyTimeout = options.busyTimeout ?? 5000;
  const capacity = options.statements ?? 500;
  const native = new Libsql(path, { timeout: nativeTimeout });
  native.exec('PRAGMA journal_mode = WAL');
  native.exec('PRAGMA synchronous = FULL');
  native.exec('PRAGMA foreign_keys = ON');
  // Pages that are written again and again are copied into the file once in 16 MB of log, not once in 4.
  native.exec('PRAGMA wal_autocheckpoint = 4000');
  native.exec('PRAGMA temp_store = MEMORY');
  native.exec(`PRAGMA cache_size = -${options.cache ?? 12_000}`);

  // In order of use: the first is the one that was not used for longest.
  const cache = new Map<string, Prepared>();

  function prepare(sql: string, raw = false): Prepared {
    const key = raw ? `raw ${sql}` : sql;
    const known = cache.get(key);
    if (known !== undefined) {
      cache.delete(key);
      cache.set(key, known);
      return known;
    }
    const statement = native.prepare(sql);
    const reader = statement.reader;
    if (raw) statement.raw();
    const prepared: Prepared = {
      native: statement,
      parameters: countParameters(sql),
      reader,
      writes: !reader || /\breturning\b/i.test(sql),
      blobs: reader
        ? statement
            .columns()
            .filter((column) => column.type === null || /blob/i.test(column.type))
            .map((column) => column.name)
        : [],
    };
    cache.set(key, prepared);
    if (cache.size > capacity) {
      const oldest = cache.keys().next().value;
      if (oldest !== undefined) cache.delete(oldest);
    }
    return prepared;
  }

  function run(statement: Statement): StatementResult {
    const prepared = prepare(statement.sql);
    const args = bindable(statement, prepared.parameters);
    try {
      if (!prepared.reader) return { rows: [], changes: prepared.native.run(args).changes };
      const rows = prepared.native.all(args) as Row[];
      for (const name of prepared.blobs) {
        for (const row of rows) row[name] = readable(row[name]);
      }
      return { rows, changes: prepared.writes ? rows.length : 0 };
    } catch (error) {
      // A statement that failed half-way may still hold its lock.
      cache.delete(statement.sql);
      throw error;
    }
  }

  function transaction(begin: string, statements: readonly Statement[]): StatementResult[] {
    prepare(begin).native.run([]);
    try {
      const results = statements.map(run);
      prepare('COMMIT').native.run([]);
      return results;
    } catch (error) {
      if (native.inTransaction) native.exec('ROLLBACK');
      throw error;
    }
  }

  /** Tries again while another process holds the lock; nothing was written by then, so it is safe. */
  async function patiently<Result>(work: () => Result): Promise<Result> {
    const deadline = performance.now() + busyTimeout;
    for (let attempt = 0; ; attempt++) {
      try {
        return work();
      } catch (thrown) {
        const error = asDatabaseError(thrown);
        if (!(error instanceof DatabaseBusy) || performance.now() > deadline) throw error;
      }
      await pause(backOff(attempt));
    }
  }

  return {
    query: <T extends Row>(statement: Statement) => patiently(() => run(statement).rows as T[]),
    queries: (statements) =>
      patiently(() => transaction('BEGIN DEFERRED', statements).map((result) => result.rows)),
    tuples: (statement) =>
      patiently(() => {
        const prepared = prepare(statement.sql, true);
        const rows = prepared.native.all(bindable(statement, prepared.parameters)) as Value[][];
        return prepared.blobs.length === 0 ? rows : rows.map((row) => row.map(readable));
      }),
    batch: (statements) => patiently(() => transaction('BEGIN IMMEDIATE', statements)),
    close: async () => {
      cache.clear();
      native.close();
    },
  };
}
