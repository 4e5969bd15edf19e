import '../browser.fixture.ts';

import { afterEach, describe, expect, test } from 'vitest';
import { speak } from '../browser.fixture.ts';
import { formatInstant, formatList, formatNumber, plural, t } from './texts.ts';

afterEach(() => speak('pl'));

describe('Polish counts in three forms', () => {
  test.each([
    [0, '0 osób'],
    [1, '1 osoba'],
    [2, '2 osoby'],
    [4, '4 osoby'],
    [5, '5 osób'],
    [11, '11 osób'],
    [12, '12 osób'],
    [14, '14 osób'],
    [21, '21 osób'],
    [22, '22 osoby'],
    [112, '112 osób'],
    [1000, '1000 osób'],
    [12345, '12 345 osób'],
  ])('%i', (count, text) => {
    expect(plural('parts.people', count).replace(/\s/g, ' ')).toBe(text);
  });
});

test('English counts in two', () => {
  speak('en');
  expect([0, 1, 2, 5].map((count) => plural('parts.people', count))).toEqual([
    '0 people',
    '1 person',
    '2 people',
    '5 people',
  ]);
});

test('several values stand in their places', () => {
  expect(t('recipients.collected', 40, 1200).replace(/\s/g, ' ')).toBe('zebrano 40 z 1200 wierszy');
});

test('numbers, lists and dates are written as the language writes them, in Warsaw’s time', () => {
  const summer = Date.UTC(2026, 6, 1, 10, 0);
  expect(formatInstant(summer)).toContain('12:00');
  expect(formatList(['a', 'b', 'c'])).toBe('a, b i c');
  speak('en');
  expect(formatNumber(12345)).toBe('12,345');
  expect(formatList(['a', 'b', 'c'])).toBe('a, b and c');
});
