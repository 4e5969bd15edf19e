import { describe, expect, test } from 'vitest';
import { hits, sources } from './sources.ts';

/** What no import shows: the clock, chance, the network and the globals of a platform. */
const outside =
  /\bfetch\(|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.(get|random|subtle)|\bset(Timeout|Interval)\(|\bprocess\.|\bperformance\.now\(/;
const page = /(?<![.\w])(document|window|navigator|localStorage|chrome|browser)\.\w/;

describe('pure code stays pure', () => {
  test('a rule takes the time and everything else as its arguments', () => {
    const rules = sources(['server'], /^rules\.ts$/);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.flatMap((source) => hits(source, outside))).toEqual([]);
    expect(rules.flatMap((source) => hits(source, /\bawait\b|\basync\b/))).toEqual([]);
  });

  test('shared/ asks no platform for anything', () => {
    const shared = sources(['shared'], /\.ts$/).filter(({ path }) => !path.endsWith('.test.ts'));
    expect(shared.length).toBeGreaterThan(30);
    expect(shared.flatMap((source) => [...hits(source, outside), ...hits(source, page)])).toEqual([]);
  });
});

describe('the check bites', () => {
  test.each([
    'const now = Date.now();',
    'await fetch(url);',
    'if (Math.random() < 0.5) retry();',
    'setTimeout(send, 10);',
  ])('%s', (line) => {
    expect(hits({ path: 'probe.ts', text: line }, outside)).toHaveLength(1);
  });

  test.each(["document.querySelector('td');", 'chrome.storage.local.get();'])('%s', (line) => {
    expect(hits({ path: 'probe.ts', text: line }, page)).toHaveLength(1);
  });

  test.each(['const at = new Date(now);', 'const { document } = page;', 'reference.document.title'])(
    'and leaves alone: %s',
    (line) => {
      expect([
        ...hits({ path: 'probe.ts', text: line }, outside),
        ...hits({ path: 'probe.ts', text: line }, page),
      ]).toEqual([]);
    },
  );
});
