/** What a statement may bind. Booleans are 0 or 1: the native driver ends the process on a bound boolean. */
export type Value = string | number | bigint | null | Uint8Array;

export interface Statement {
  sql: string;
  /** Positional, for `?`. */
  args?: readonly Value[];
}

export type Row = Record<string, Value>;

/** What one statement of a batch gave: its rows (`RETURNING`, or a query), and how many rows it changed. */
export interface StatementResult {
  rows: Row[];
  changes: number;
}

/**
 * The one port to libSQL, the same for a file on Node and for a server over HTTP.
 *
 * There are no interactive transactions: over HTTP they cost a round trip a statement, and on a file one left open
 * stops every other writer. A rule that must hold at commit stands as a condition inside the batch's statements.
 */
export interface Database {
  /** One read. */
  query<T extends Row = Row>(statement: Statement): Promise<T[]>;
  /** Reads in one round trip, seeing the same state. */
  queries(statements: readonly Statement[]): Promise<Row[][]>;
  /** One read as rows of values by position: joins may give two columns the same name. */
  tuples(statement: Statement): Promise<Value[][]>;
  /**
   * One write transaction, durable when it returns: all of it or nothing.
   * @throws {UniqueViolation} when a unique index refused a row
   * @throws {CheckViolation} when a CHECK refused a row
   * @throws {DatabaseBusy} when the lock was not to be had in time; nothing was written
   * @throws {DatabaseUnavailable} when a server did not answer; it may have been written
   */
  batch(statements: readonly Statement[]): Promise<StatementResult[]>;
  close(): Promise<void>;
}

/** What only reads. */
export type Reads = Pick<Database, 'query' | 'queries'>;

export class UniqueViolation extends Error {
  /** `table.column` (or columns) of the index that refused, as SQLite says it. */
  readonly columns: string;

  constructor(columns: string, cause: unknown) {
    super(`UNIQUE constraint failed: ${columns}`, { cause });
    this.name = 'UniqueViolation';
    this.columns = columns;
  }
}

/** A CHECK constraint, e.g. a balance that would fall under zero. */
export class CheckViolation extends Error {
  readonly constraint: string;

  constructor(constraint: string, cause: unknown) {
    super(`CHECK constraint failed: ${constraint}`, { cause });
    this.name = 'CheckViolation';
    this.constraint = constraint;
  }
}

export class DatabaseBusy extends Error {
  constructor(cause: unknown) {
    super('the database is busy', { cause });
    this.name = 'DatabaseBusy';
  }
}

/** The server did not answer in time. A write may have been committed: repeat it only if it is idempotent. */
export class DatabaseUnavailable extends Error {
  constructor(cause: unknown) {
    super('the database does not answer', { cause });
    this.name = 'DatabaseUnavailable';
  }
}
