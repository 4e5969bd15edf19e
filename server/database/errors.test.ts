import { describe, expect, it } from 'vitest';
import { CheckViolation, DatabaseBusy, UniqueViolation } from './database.ts';
import { asDatabaseError } from './errors.ts';

describe('an error of a driver', () => {
  it.each([
    ['database is locked', DatabaseBusy],
    ['SQLite error: database is locked', DatabaseBusy],
    ['Transaction timed-out', DatabaseBusy],
    ["Server can't handle additional transactions", DatabaseBusy],
    ['SQLITE_CONSTRAINT: UNIQUE constraint failed: batches.organisation_id', UniqueViolation],
    ['CHECK constraint failed: parts >= 0', CheckViolation],
  ])('%s', (words, kind) => {
    expect(asDatabaseError(new Error(words))).toBeInstanceOf(kind);
  });

  it('that is none of these stays what it is', () => {
    const error = new Error('no such table: x');
    expect(asDatabaseError(error)).toBe(error);
  });
});
