import '../browser.fixture.ts';
import { describe, expect, test } from 'vitest';
import type { SenderNameState } from '../../shared/api/sender-names.ts';
import { lowPackageOf, newsOf } from './name-badge.ts';

const now = Date.UTC(2026, 10, 24);
const name = (text: string, state: SenderNameState, usedBy: string[] = [], days = 0) => ({
  name: text,
  state,
  usedBy,
  since: now - days * 86_400_000,
});
const news = (...names: ReturnType<typeof name>[]) => newsOf(names, now);

describe('the icon’s badge for sender names', () => {
  test('nothing where every name is authorised, withdrawn or a draft', () => {
    expect(news()).toBeNull();
    expect(news(name('A', 'authorised', ['program']), name('B', 'withdrawn'), name('C', 'draft'))).toBeNull();
  });

  test('R22: a name that waits for the operator', () => {
    expect(news(name('A', 'authorised'), name('B', 'submitted'))).toEqual({ kind: 'waiting', name: 'B' });
  });

  test('R20: a statement that nobody has sent comes before one that waits', () => {
    const names = [name('A', 'submitted'), name('B', 'statement-accepted')];
    expect(news(...names)).toEqual({ kind: 'to-send', name: 'B' });
  });

  test.each(['rejected', 'deactivated'] as const)(
    'R11: a %s name that is sent under comes first',
    (state) => {
      const names = [name('A', 'submitted'), name('B', state, ['program'], 30)];
      expect(news(...names)).toEqual({ kind: 'refused', name: 'B' });
    },
  );

  test('a refused name that nothing points at is no news for ever', () => {
    expect(news(name('B', 'rejected', [], 6))).toEqual({ kind: 'refused', name: 'B' });
    expect(news(name('B', 'rejected', [], 8))).toBeNull();
  });
});

test('a package that is low is news, with what is left', () => {
  expect(lowPackageOf({ balance: 12, balanceLow: true })).toEqual({ kind: 'low-package', name: '12' });
  expect(lowPackageOf({ balance: 1200, balanceLow: false })).toBeNull();
});
