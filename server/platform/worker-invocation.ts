import { AsyncLocalStorage } from 'node:async_hooks';
import type { Database } from '../database/database.ts';
import type { Clock } from './platform.ts';

/**
 * One call of the Worker: a request, a batch of queue messages or a turn of the cron. At the edge a connection, a timer
 * and a promise of one belong to it alone and end with it, while the application is made once for many of them.
 */
export interface Invocation {
  /** Connections of its own. */
  database: Database;
  clock: Clock;
  /** Keeps the invocation alive until the work is done. */
  waitUntil(work: Promise<unknown>): void;
}

const storage = new AsyncLocalStorage<Invocation>();

/** Runs the work with the platform's database, clock and `later` being those of the invocation. */
export const within = <Result>(invocation: Invocation, work: () => Promise<Result>): Promise<Result> =>
  storage.run(invocation, work);

/** @throws {Error} outside of `within` */
export function invocation(): Invocation {
  const found = storage.getStore();
  if (found === undefined) throw new Error('nothing of the machine is to be had outside of an invocation');
  return found;
}

/** The database of whichever invocation asks. */
export const invocationDatabase: Database = {
  query: (statement) => invocation().database.query(statement),
  queries: (statements) => invocation().database.queries(statements),
  tuples: (statement) => invocation().database.tuples(statement),
  batch: (statements) => invocation().database.batch(statements),
  close: async () => {},
};
