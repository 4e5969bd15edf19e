import { describe, expect, test } from 'vitest';
import { type Batch, BatchCounts } from '../../shared/api/batches.ts';
import { type Message, messageStates } from '../../shared/api/messages.ts';
import { figuresOf, totalOf } from './figures.ts';
import { matcherOf, messageMatcherOf } from './matching.ts';
import type { Filters } from './route.ts';

const counts = (some: Partial<Batch['counts']> = {}) =>
  BatchCounts.parse(Object.fromEntries(messageStates.map((state) => [state, some[state] ?? 0])));

const batch = (over: Partial<Batch> = {}): Batch => ({
  id: 'bat_1',
  companyId: 'com_1',
  senderName: 'Firma Nowak',
  state: 'finished',
  createdAt: Date.UTC(2026, 10, 24, 10),
  createdBy: 'Anna Wójcik',
  text: 'Zażółć gęślą jaźń',
  messages: 3,
  parts: 6,
  settledParts: 4,
  retried: 0,
  askedBack: null,
  counts: counts({ delivered: 2, rejected: 1 }),
  ...over,
});

const finds = (filters: Filters, over: Partial<Batch> = {}) => matcherOf(filters)(batch(over));

describe('looking for a batch', () => {
  test('without filters finds all', () => expect(finds({})).toBe(true));

  test('by words, as people type them: in any order, without Polish letters', () => {
    expect(finds({ search: 'gesla zazolc' })).toBe(true);
    expect(finds({ search: 'WOJCIK' })).toBe(true);
    expect(finds({ search: 'firma kowalski' })).toBe(false);
  });

  test('by company and by state, its own or one of its messages’', () => {
    expect(finds({ company: 'com_2' })).toBe(false);
    expect(finds({ state: 'finished' })).toBe(true);
    expect(finds({ state: 'scheduled' })).toBe(false);
    expect(finds({ state: 'failed' })).toBe(true);
    expect(finds({ state: 'failed' }, { counts: counts({ delivered: 3 }) })).toBe(false);
    expect(finds({ state: 'unknown' }, { counts: counts({ unknown: 1 }) })).toBe(true);
    expect(finds({ state: '<script>' })).toBe(false);
  });

  test('by Polish days, both included; what is no day is no limit', () => {
    const late = { createdAt: Date.UTC(2026, 10, 24, 22, 59) };
    expect(finds({ from: '2026-11-24', to: '2026-11-24' }, late)).toBe(true);
    expect(finds({ to: '2026-11-24' }, { createdAt: Date.UTC(2026, 10, 24, 23) })).toBe(false);
    expect(finds({ from: '2026-11-25' }, late)).toBe(false);
    expect(finds({ from: 'wczoraj', to: '2026-99-99' })).toBe(true);
  });
});

describe('looking for a message of a batch', () => {
  const message: Message = {
    id: 'msg_1',
    batchId: 'bat_1',
    reference: '',
    recipientName: 'Łucja Żak',
    number: '+48600300200',
    text: 'Termin: 24.11',
    parts: 1,
    state: 'delivered',
    reason: '',
    stateAt: 0,
  };
  test.each([
    ['', true],
    ['zak lucja', true],
    ['termin', true],
    ['600 300', true],
    ['+48 600-300-200', true],
    ['601', false],
    ['Nowak', false],
  ])('%s', (search, isFound) => {
    expect(messageMatcherOf({ state: null, search })(message)).toBe(isFound);
    expect(messageMatcherOf({ state: 'rejected', search })(message)).toBe(false);
  });
  test('an erased text and number break nothing', () => {
    expect(messageMatcherOf({ state: null, search: '600' })({ ...message, text: null, number: '' })).toBe(
      false,
    );
  });
});

describe('figures by day', () => {
  test('each day has its own, also one without a batch and one on which the clock changed', () => {
    const days = figuresOf(
      [batch(), batch({ id: 'bat_2', createdAt: Date.UTC(2026, 9, 25, 12) })],
      '2026-10-24',
      '2026-11-24',
    );
    expect(days).toHaveLength(32);
    expect(new Set(days.map(({ day }) => day)).size).toBe(32);
    expect(days[0]).toMatchObject({ day: '2026-10-24', sent: 0, parts: 0 });
    expect(days[1]).toMatchObject({ day: '2026-10-25', sent: 3, delivered: 2, failed: 1, parts: 4 });
    expect(totalOf(days)).toEqual({ sent: 6, delivered: 4, failed: 2, parts: 8 });
  });

  test('parts of what is still on its way are those that are reserved', () => {
    const [day] = figuresOf(
      [batch({ counts: counts({ delivered: 1, sending: 2 }) })],
      '2026-11-24',
      '2026-11-24',
    );
    expect(day?.parts).toBe(6);
  });

  test('days in no order are none', () => {
    expect(figuresOf([batch()], '2026-11-24', '2026-11-01')).toEqual([]);
    expect(figuresOf([batch()], '', '2026-11-01')).toEqual([]);
  });
});
