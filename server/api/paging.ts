import { base64url } from 'jose';
import { invalidField } from './problem-answers.ts';

/**
 * Cursors are the sort key of the last row, wrapped so that nobody builds on it. Rows are read in the order of that
 * key, one more than asked, which tells whether there is a next page.
 */
export function pageOfRows<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => string | number,
  toItem: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(toItem), next: more ? cursorOf(keyOf(last)) : null };
}

/** The cursor that goes on behind the row of that key. */
export const cursorOf = (key: string | number): string => wrap(String(key));

/**
 * The key that a cursor holds; null at the start.
 * @throws {ProblemException} `invalid-request` when it was not made here
 */
export function keyOfCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const key = unwrap(cursor);
  if (key === null) throw invalidField('/cursor', 'invalid_cursor', 'Use the value of next as it came');
  return key;
}

/** The same for a key that is a whole number. */
export function numberOfCursor(cursor: string | undefined): number | null {
  const key = keyOfCursor(cursor);
  if (key === null) return null;
  const number = Number(key);
  if (!Number.isSafeInteger(number)) {
    throw invalidField('/cursor', 'invalid_cursor', 'Use the value of next as it came');
  }
  return number;
}

function wrap(key: string): string {
  return base64url.encode(`1${key}`);
}

function unwrap(cursor: string): string | null {
  try {
    const key = new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(cursor));
    return key.startsWith('1') ? key.slice(1) : null;
  } catch {
    return null;
  }
}
