import { describe, expect, it } from 'vitest';
import { createIds } from './ids.ts';

const at = Date.UTC(2026, 5, 1);

describe('ids', () => {
  it('name their kind and have one form', () => {
    const newId = createIds({ now: () => at });
    expect(newId('bat')).toMatch(/^bat_[0-9a-hjkmnp-tv-z]{26}$/);
  });

  it('sort by the time they were made, within a millisecond and over a clock that is set back', () => {
    let now = at;
    const newId = createIds({ now: () => now });
    const made: string[] = [];
    for (let turn = 0; turn < 20_000; turn++) {
      if (turn === 5000) now += 1;
      if (turn === 10_000) now -= 60_000;
      if (turn === 15_000) now = at + 10;
      made.push(newId('x'));
    }
    expect([...made].sort()).toEqual(made);
    expect(new Set(made).size).toBe(made.length);
  });

  it('of two servers at the same moment differ', () => {
    const clock = { now: () => at };
    expect(createIds(clock)('x')).not.toBe(createIds(clock)('x'));
  });
});
