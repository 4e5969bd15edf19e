import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { defaults, simulate } from './scale-model.ts';

describe('the simulation of growth', () => {
  it('sends a day’s messages, no faster than its narrowest part', () => {
    const day = simulate(defaults());
    expect(day.leftOver).toBe(0);
    expect(day.resources[0]?.load).toBeCloseTo(day.peak / (day.resources[0]?.capacity ?? 0));
    expect(day.peak).toBeCloseTo((1_000_000 * 0.2) / 3600);
  });

  it('queues what comes faster than it goes, and keeps all of it', () => {
    const narrow = simulate({ ...defaults(), accounts: 1, partsPerSecond: 13, parts: 1.3 });
    // 10 a second is 864,000 a day: the rest is the next day's.
    expect(narrow.resources[0]?.name).toBe('operators');
    expect(narrow.longestQueue).toBeGreaterThan(500_000);
    expect(narrow.leftOver).toBeGreaterThan(136_000);
    expect(narrow.longestWait).toBeCloseTo(narrow.longestQueue / 10);
  });

  it('is wider with more of what was too narrow', () => {
    const ten = { ...defaults(), messages: 10_000_000 };
    const more = simulate({ ...ten, accounts: ten.accounts * 10 });
    expect(more.resources[0]?.name).not.toBe(simulate(ten).resources[0]?.name);
    expect(more.longestWait).toBeLessThan(simulate(ten).longestWait);
  });

  it('is printed by npm run scale, with every assumption, and refuses what is no number', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['scripts/edge/scale.ts', ...args], { encoding: 'utf8' });
    const { stdout, status } = run('--messages', '5000');
    expect(status).toBe(0);
    expect(stdout).toMatch(/messages +5000/);
    expect(stdout).toMatch(/what breaks first/);
    const wrong = run('--recipients', 'many');
    expect([wrong.status, wrong.stderr.trim()]).toEqual([2, '--recipients is a number above 0, not many.']);
  });
});
