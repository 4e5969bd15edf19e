import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * R2–R28, each with its tests: of the rule itself (pure, nothing is read or written) and of the API, which is what a client
 * meets. A test that is named `R28: …` counts, and so do all in a group of that name.
 */
const root = join(import.meta.dirname, '..', '..');
const levels = {
  rule: ['shared/sender-name/*.test.ts', 'server/senders/rules.test.ts', 'server/messages/rules.test.ts'],
  api: ['server/senders/{names,slots,submission,headers,answers,files,gate}.test.ts'],
};

/** Adding to an empty slot is a condition of the database's own statement: there is no rule outside of it. */
const ofTheApiAlone = new Set(['R23']);

const requirements = Array.from({ length: 27 }, (_, n) => n + 2).flatMap((n) =>
  n === 10 ? ['R10a', 'R10b', 'R10c'] : [`R${n}`],
);

function namedIn(level: keyof typeof levels): Set<string> {
  const sources = levels[level].flatMap((pattern) => globSync(pattern, { cwd: root }));
  const titles = sources.flatMap((path) => [
    ...readFileSync(join(root, path), 'utf8').matchAll(/['"`]((?:R\d+[abc]?, )*R\d+[abc]?): /g),
  ]);
  return new Set(titles.flatMap(([, named = '']) => named.split(', ')));
}

describe('every requirement of sender names', () => {
  it.each(['rule', 'api'] as const)('has a test by its name: %s', (level) => {
    const named = namedIn(level);
    const expected = requirements.filter((one) => level === 'api' || !ofTheApiAlone.has(one));
    expect(expected.filter((one) => !named.has(one))).toEqual([]);
  });
});
