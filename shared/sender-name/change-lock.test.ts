import { describe, expect, test } from 'vitest';
import { changeLock, mayChange, nextChangeAllowedAt } from './change-lock.ts';
import { warsawDay, warsawMoment } from './warsaw.ts';

const changed = Date.UTC(2026, 5, 1, 10, 0, 0);

describe('R28: the current name may change once in 30 days', () => {
  test('29 days 23:59:59 is too early, 30 days is not', () => {
    expect(mayChange(Date.UTC(2026, 6, 1, 9, 59, 59), changed)).toBe(false);
    expect(mayChange(Date.UTC(2026, 6, 1, 9, 59, 59, 999), changed)).toBe(false);
    expect(mayChange(Date.UTC(2026, 6, 1, 10, 0, 0), changed)).toBe(true);
    expect(nextChangeAllowedAt(changed)).toBe(Date.UTC(2026, 6, 1, 10, 0, 0));
  });

  test('a name that never changed may at once', () => {
    expect(nextChangeAllowedAt(null)).toBeNull();
    expect(mayChange(0, null)).toBe(true);
  });

  test('an unreadable time allows nothing', () => {
    expect(mayChange(Number.NaN, changed)).toBe(false);
    expect(mayChange(changed, Number.NaN)).toBe(false);
  });

  test('over a change of the clocks it is still 30 × 24 hours, and the shown time follows the clocks', () => {
    const beforeSummer = Date.UTC(2026, 2, 20, 11, 0); // 12:00 CET
    expect(warsawMoment(beforeSummer, 'pl')).toBe('20 marca 2026 12:00 CET');
    expect(warsawMoment(beforeSummer + changeLock, 'pl')).toBe('19 kwietnia 2026 13:00 CEST');
    const beforeWinter = Date.UTC(2026, 9, 10, 10, 0); // 12:00 CEST
    expect(warsawMoment(beforeWinter + changeLock, 'en')).toBe('9 November 2026 at 11:00 CET');
    expect(mayChange(beforeWinter + changeLock - 1, beforeWinter)).toBe(false);
  });

  test('the hour that comes twice in October is told apart', () => {
    expect(warsawMoment(Date.UTC(2026, 9, 25, 0, 30), 'pl')).toBe('25 października 2026 02:30 CEST');
    expect(warsawMoment(Date.UTC(2026, 9, 25, 1, 30), 'pl')).toBe('25 października 2026 02:30 CET');
  });

  test('who comes back at the time shown is never too early', () => {
    expect(warsawMoment(Date.UTC(2026, 6, 1, 10, 0, 0, 1), 'pl')).toBe('1 lipca 2026 12:01 CEST');
    expect(warsawMoment(Date.UTC(2026, 6, 1, 10, 0, 0), 'pl')).toBe('1 lipca 2026 12:00 CEST');
  });

  test('the day is the day in Poland', () => {
    expect(warsawDay(Date.UTC(2026, 6, 1, 21, 59), 'pl')).toBe('1 lipca 2026');
    expect(warsawDay(Date.UTC(2026, 6, 1, 22, 0), 'en')).toBe('2 July 2026');
  });
});
