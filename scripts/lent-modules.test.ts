import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { lentBy } from './lent-modules.ts';

const extension = join(import.meta.dirname, '..', 'extension');
const lender = join(extension, 'page', 'lent.ts');

/** `import { a, type B } from './c.ts'`, types left out. */
const imports = (text: string): { names: string[]; from: string }[] =>
  [...text.matchAll(/^import (type )?(?:\{([^}]*)\}|[\w*][^'{]*) from '(\.[^']+)';/gm)]
    .filter(([, isType]) => isType === undefined)
    .map(([, , names = '', from = '']) => ({
      from,
      names: names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '' && !name.startsWith('type '))
        .map((name) => name.split(' as ')[0] ?? name),
    }));

/** What the acting script imports of modules that are lent, and is not lent. */
function missing(): string[] {
  const lent = lentBy(lender, readFileSync(lender, 'utf8'));
  const seen = new Set<string>();
  const waiting = [join(extension, 'entrypoints', 'acts.ts')];
  const found: string[] = [];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { names, from } of imports(readFileSync(file, 'utf8'))) {
      const target = resolve(dirname(file), from);
      const given = lent.get(target);
      if (given === undefined) waiting.push(target);
      else for (const name of names) if (!given.includes(name)) found.push(`${name} of ${from} in ${file}`);
    }
  }
  expect(seen.size).toBeGreaterThan(20);
  return found;
}

test('whatever the acting script takes from modules that are lent is lent: add it to extension/page/lent.ts', () => {
  expect(missing()).toEqual([]);
});

test('what is lent is read off the lender’s own words', () => {
  const lent = lentBy('/a/lent.ts', "export { one, two } from './b.ts';\nexport { three } from '../c.ts';\n");
  expect([...lent]).toEqual([
    ['/a/b.ts', ['one', 'two']],
    ['/c.ts', ['three']],
  ]);
});
