import { expect, test } from 'vitest';
import { dayOf, endOfDay, startOfDay } from './days.ts';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

test('a day is from midnight to midnight in Warsaw, in winter and in summer', () => {
  expect(iso(startOfDay('2026-11-24'))).toBe('2026-11-23T23:00:00.000Z');
  expect(iso(endOfDay('2026-11-24'))).toBe('2026-11-24T23:00:00.000Z');
  expect(iso(startOfDay('2026-07-01'))).toBe('2026-06-30T22:00:00.000Z');
});

test('a day on which the clock changes has 23 or 25 hours', () => {
  const hours = (day: string) => ((endOfDay(day) ?? 0) - (startOfDay(day) ?? 0)) / 3_600_000;
  expect(hours('2026-03-29')).toBe(23);
  expect(hours('2026-10-25')).toBe(25);
  expect(hours('2026-12-31')).toBe(24);
});

test('what is no day is none', () => {
  for (const day of ['', '2026-02-31', '2026-13-01', '24.11.2026', '2026-1-1', "2026-11-24' OR 1"]) {
    expect(startOfDay(day), day).toBeNull();
  }
});

test('an instant has its day there', () => {
  expect(dayOf(Date.UTC(2026, 10, 23, 23, 30))).toBe('2026-11-24');
  expect(dayOf(Date.UTC(2026, 10, 23, 22, 30))).toBe('2026-11-23');
});
