import { createClient, type InStatement, LibsqlError, type ResultSet } from '@libsql/client/http';
import type { Database, Row, Statement, Value } from './database.ts';
import { DatabaseBusy, DatabaseUnavailable } from './database.ts';
import { asDatabaseError, backOff, pause } from './errors.ts';
import { bindable, countParameters, readable } from './values.ts';

export interface RemoteOptions {
  /** `http:`, `https:` or `libsql:`. */
  url: string;
  authToken?: string;
  /** Milliseconds for one call; 5,000 by default. */
  timeout?: number;
  /** Milliseconds to go on trying while another writer holds the lock; 5,000 by default. */
  busyTimeout?: number;
  fetch?: typeof fetch;
}

/** Requests under way, and writes among them: sqld was seen to stop for good with five at once, never with three. */
const concurrency = 4;
const writers = 2;

const parametersOf = new Map<string, number>();

function outgoing(statement: Statement): InStatement {
  let parameters = parametersOf.get(statement.sql);
  if (parameters === undefined) {
    parameters = countParameters(statement.sql);
    if (parametersOf.size >= 1000) parametersOf.clear();
    parametersOf.set(statement.sql, parameters);
  }
  const args = bindable(statement, parameters);
  for (const [at, value] of args.entries()) {
    // A half of a pair is no JSON to the server, which refuses the whole call; a file stores U+FFFD for it, too.
    if (typeof value === 'string' && !value.isWellFormed()) args[at] = value.toWellFormed();
  }
  return { sql: statement.sql, args };
}

function rowsOf(result: ResultSet): Row[] {
  return result.rows.map((row) => {
    const read: Row = {};
    result.columns.forEach((column, at) => {
      read[column] = readable(row[at]);
    });
    return read;
  });
}

const tuplesOf = (result: ResultSet): Value[][] =>
  result.rows.map((row) => result.columns.map((_, at) => readable(row[at])));

/** Codes of the client for a call that did not come through, as against what the server says about a statement. */
const lostCodes = ['SERVER_ERROR', 'HRANA_CLOSED_ERROR', 'HRANA_PROTO_ERROR', 'INTERNAL_ERROR', 'UNKNOWN'];

function isLost(error: unknown): boolean {
  if (error instanceof LibsqlError) return lostCodes.includes(error.code);
  // Thrown by fetch: refused, reset, or out of time.
  return error instanceof TypeError || (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name));
}

/** A libSQL server over HTTP: on Node beyond one machine, and at the edge. Durability is the server's. */
export function openRemote(options: RemoteOptions): Database {
  const timeout = options.timeout ?? 5000;
  const busyTimeout = options.busyTimeout ?? 5000;
  const send = options.fetch ?? fetch;
  const client = createClient({
    url: options.url,
    ...(options.authToken === undefined ? {} : { authToken: options.authToken }),
    concurrency,
    intMode: 'number',
    fetch: (request: Request) => send(request, { signal: AbortSignal.timeout(timeout) }),
  });

  const waiting: (() => void)[] = [];
  let writing = 0;

  async function asWriter<Result>(work: () => Promise<Result>): Promise<Result> {
    if (writing >= writers) await new Promise<void>((resolve) => waiting.push(resolve));
    else writing++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) writing--;
      else next();
    }
  }

  /** Tries again only on a lock: then nothing was written. Anything else that did not come through is not known. */
  async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
    const deadline = performance.now() + busyTimeout;
    for (let attempt = 0; ; attempt++) {
      try {
        return await work();
      } catch (thrown) {
        const error = asDatabaseError(thrown);
        if (!(error instanceof DatabaseBusy)) throw isLost(error) ? new DatabaseUnavailable(error) : error;
        if (performance.now() > deadline) throw error;
      }
      await pause(backOff(attempt));
    }
  }

  return {
    query: async <T extends Row>(statement: Statement) => {
      const call = outgoing(statement);
      return patiently(async () => rowsOf(await client.execute(call)) as T[]);
    },
    queries: async (statements) => {
      const calls = statements.map(outgoing);
      return patiently(async () => (await client.batch(calls, 'read')).map(rowsOf));
    },
    tuples: async (statement) => {
      const call = outgoing(statement);
      return patiently(async () => tuplesOf(await client.execute(call)));
    },
    batch: async (statements) => {
      const calls = statements.map(outgoing);
      const results = await patiently(() => asWriter(() => client.batch(calls, 'write')));
      return results.map((result) => ({ rows: rowsOf(result), changes: result.rowsAffected }));
    },
    close: async () => client.close(),
  };
}
