import '../browser.fixture.ts';

import { expect, test } from 'vitest';
import { isTooShort, searchOf } from './looking.ts';

test.each([
  ['600 100 200', { number: '600 100 200' }],
  ['+48 600-100', { number: '+48 600-100' }],
  ['(22) 123 45 67', { number: '(22) 123 45 67' }],
  ['Jan Kowalski', { name: 'Jan Kowalski' }],
  ['klient-7', { name: 'klient-7' }],
  ['', {}],
])('%s is looked for as it is meant', (search, looked) => {
  expect(searchOf({ search })).toEqual(looked);
});

test.each([
  ['12', true],
  ['+4', true],
  ['123', false],
  ['Jo', false],
  ['', false],
])('%s has too few digits: %s', (search, short) => {
  expect(isTooShort(search)).toBe(short);
});

test('states are looked for alone or together, days are Polish ones, and nonsense is nothing', () => {
  expect(searchOf({ state: 'not_arrived' })).toEqual({ state: ['undelivered', 'expired', 'rejected'] });
  expect(searchOf({ state: 'cancelled', company: 'com_1', origin: 'hrm' })).toEqual({
    state: ['cancelled'],
    company: 'com_1',
    origin: 'hrm',
  });
  expect(searchOf({ from: '2026-11-24', to: '2026-11-24' })).toEqual({
    from: Date.UTC(2026, 10, 23, 23),
    until: Date.UTC(2026, 10, 24, 23),
  });
  expect(searchOf({ state: 'lost', origin: 'erp', from: 'x', to: '2026-02-31' })).toEqual({});
});
