import { Worker } from 'node:worker_threads';
import {
  CheckViolation,
  type Database,
  DatabaseBusy,
  DatabaseUnavailable,
  type StatementResult,
  UniqueViolation,
  type Value,
} from '../database/database.ts';
import { openFile } from '../database/libsql-file.ts';

/** A transaction on its way to the writer. A statement's text travels once; after that, its place in the list. */
export interface Job {
  id: number;
  /** The list begins anew with this one. */
  afresh: boolean;
  /** Texts that the writer has not seen, in the order of their places. */
  texts: string[];
  statements: [place: number, args: readonly Value[]][];
}

export type Done =
  | { id: number; results: StatementResult[] }
  | { id: number; error: { name: string; message: string; about: string } };

/** Kilobytes. A reader asks for a few pages over and over; it is the writer that touches many at once. */
const readerCache = 4000;

/** Statements that are remembered; the product has a few hundred. */
const mostTexts = 2000;

/**
 * A libSQL file with its transactions on a thread of their own. The driver's calls are synchronous: a commit waits for
 * the disk, and the event loop would wait with it. So requests are read and answered while others are made durable,
 * and those that come meanwhile share the next commit. Reads stay here, on a connection of their own: they take
 * microseconds, and with the write-ahead log they see every commit that has been answered.
 */
export function openFileWithWriter(path: string): Database {
  const reader = openFile(path, { cache: readerCache });
  const waiting = new Map<
    number,
    { resolve(results: StatementResult[]): void; reject(error: Error): void }
  >();
  let places = new Map<string, number>();
  let jobs = 0;
  let closing = false;
  let worker = start();

  function start(): Worker {
    places = new Map();
    const started = new Worker(new URL('./writer-thread.ts', import.meta.url), {
      workerData: path,
      // What it is told and tells lives for one transaction: a large nursery would only hold rubbish for longer.
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    started.on('message', (done: Done) => {
      const job = waiting.get(done.id);
      waiting.delete(done.id);
      if ('error' in done) job?.reject(errorOf(done.error));
      else job?.resolve(done.results);
    });
    let failure: unknown;
    started.on('error', (error) => {
      failure = error;
    });
    started.on('exit', () => {
      // Whether what it held was committed, nobody knows: the same as a server that does not answer.
      for (const job of waiting.values()) job.reject(new DatabaseUnavailable(failure));
      waiting.clear();
      if (!closing) worker = start();
    });
    return started;
  }

  return {
    query: reader.query,
    queries: reader.queries,
    tuples: reader.tuples,
    batch: (statements) =>
      new Promise((resolve, reject) => {
        const texts: string[] = [];
        // Statements made on the spot would let the list grow for ever.
        const afresh = places.size > mostTexts;
        if (afresh) places = new Map();
        const placed = statements.map(({ sql, args = [] }): [number, readonly Value[]] => {
          let place = places.get(sql);
          if (place === undefined) {
            place = places.size;
            places.set(sql, place);
            texts.push(sql);
          }
          return [place, args];
        });
        const id = ++jobs;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, afresh, texts, statements: placed } satisfies Job);
      }),
    close: async () => {
      closing = true;
      const ended = new Promise((resolve) => worker.once('exit', resolve));
      worker.postMessage('close');
      await ended;
      await reader.close();
    },
  };
}

function errorOf({ name, message, about }: { name: string; message: string; about: string }): Error {
  const cause = new Error(message);
  switch (name) {
    case 'UniqueViolation':
      return new UniqueViolation(about, cause);
    case 'CheckViolation':
      return new CheckViolation(about, cause);
    case 'DatabaseBusy':
      return new DatabaseBusy(cause);
    case 'TypeError':
      return new TypeError(message);
    default:
      return cause;
  }
}
