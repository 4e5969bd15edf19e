import { describe, expect, test } from 'vitest';
import { isTimeZone, momentOf, monthOf, readLocal, startOfMonth } from './local-time.ts';
import { afterQuietHours, ordinaryDay } from './quiet-hours.ts';

const warsaw = 'Europe/Warsaw';
const at = (local: string, zone = warsaw) => {
  const clock = readLocal(local);
  if (clock === null) throw new Error(local);
  return new Date(momentOf(clock, zone)).toISOString().slice(0, 16);
};
const quiet = (utc: string, day = ordinaryDay) =>
  new Date(afterQuietHours(Date.parse(`${utc}Z`), day)).toISOString().slice(0, 16);

describe('a local time', () => {
  test.each([
    ['2026-01-15T09:30', '2026-01-15T08:30'],
    ['2026-07-15T09:30', '2026-07-15T07:30'],
    // The clocks go from 02:00 to 03:00 on 29 March 2026: 02:30 is not there and becomes 03:30.
    ['2026-03-29T01:59', '2026-03-29T00:59'],
    ['2026-03-29T02:30', '2026-03-29T01:30'],
    ['2026-03-29T03:00', '2026-03-29T01:00'],
    // They go from 03:00 back to 02:00 on 25 October 2026: 02:30 comes twice, and the first counts.
    ['2026-10-25T02:30', '2026-10-25T00:30'],
    ['2026-10-25T03:00', '2026-10-25T02:00'],
    ['2026-12-31T23:59', '2026-12-31T22:59'],
  ])('%s in Warsaw is %s UTC', (local, utc) => {
    expect(at(local)).toBe(utc);
  });

  test('is of its own zone, half hours and zones behind UTC included', () => {
    expect(at('2026-07-01T09:00', 'Asia/Kolkata')).toBe('2026-07-01T03:30');
    expect(at('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30');
    expect(at('2026-11-01T01:30', 'America/New_York')).toBe('2026-11-01T05:30');
    expect(at('2026-04-05T02:00', 'Australia/Lord_Howe')).toBe('2026-04-04T15:30');
  });

  test.each(['', '2026-02-30T09:00', '2026-13-01T09:00', '2026-01-01T24:00', '2026-01-01', 'x'.repeat(1000)])(
    '%j is none',
    (text) => {
      expect(readLocal(text)).toBeNull();
    },
  );

  test('zones are known by their names', () => {
    expect(['Europe/Warsaw', 'UTC', 'Europe/Nowhere', '', '../etc'].map(isTimeZone)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test('a month begins by the wall clock', () => {
    const moment = Date.parse('2026-10-31T23:30Z');
    expect([monthOf(moment, warsaw), monthOf(moment, 'UTC')]).toEqual(['2026-11', '2026-10']);
    expect(new Date(startOfMonth(moment, warsaw)).toISOString()).toBe('2026-10-31T23:00:00.000Z');
  });
});

describe('quiet hours', () => {
  test.each([
    ['2026-01-15T05:00', '2026-01-15T05:00'],
    ['2026-01-15T04:59', '2026-01-15T05:00'],
    ['2026-01-15T20:59', '2026-01-15T20:59'],
    ['2026-01-15T21:00', '2026-01-16T05:00'],
    ['2026-01-31T22:30', '2026-02-01T05:00'],
    ['2026-03-28T22:00', '2026-03-29T04:00'],
    ['2026-10-24T21:00', '2026-10-25T05:00'],
  ])('%s UTC waits until %s', (moment, until) => {
    expect(quiet(moment)).toBe(until);
  });

  test('are the company’s own', () => {
    const shop = { timeZone: 'Europe/London', from: 9, until: 24 };
    expect(quiet('2026-01-15T08:59', shop)).toBe('2026-01-15T09:00');
    expect(quiet('2026-01-15T23:59', shop)).toBe('2026-01-15T23:59');
  });
});
