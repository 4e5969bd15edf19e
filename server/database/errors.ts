import { CheckViolation, DatabaseBusy, UniqueViolation } from './database.ts';

/** A libSQL server's words for a writer that held the lock for too long and was rolled back, or never got it. */
const serverBusy = /Transaction timed-out|Server can't handle additional transactions/i;

/**
 * A driver's error as the port's. Matched by words: the extended codes differ between a file and a server, the words
 * are SQLite's own.
 */
export function asDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const unique = /UNIQUE constraint failed: ([^\n]*)/.exec(error.message);
  if (unique?.[1] !== undefined) return new UniqueViolation(unique[1].trim(), error);
  const check = /CHECK constraint failed: ([^\n]*)/.exec(error.message);
  if (check?.[1] !== undefined) return new CheckViolation(check[1].trim(), error);
  const code = 'code' in error ? String(error.code) : '';
  if (
    code.startsWith('SQLITE_BUSY') ||
    code === 'SQLITE_LOCKED' ||
    /database is locked/.test(error.message) ||
    serverBusy.test(error.message)
  ) {
    return new DatabaseBusy(error);
  }
  return error;
}

/** Waits that grow and never fall together: 5, 10, 20 … 200 ms, each cut at random to between half and all of it. */
export function backOff(attempt: number): number {
  return Math.min(200, 5 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
