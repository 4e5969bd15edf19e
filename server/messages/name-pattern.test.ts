import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrated, type Temporary } from '../database/temporary.node.ts';
import { namePatterns } from './name-pattern.ts';

let temporary: Temporary;
beforeAll(async () => {
  temporary = await migrated();
});
afterAll(() => temporary.end());

async function isFound(name: string, search: string): Promise<boolean> {
  for (const { like, glob } of namePatterns(search)) {
    const [row] = await temporary.database.query({
      sql: 'SELECT ? LIKE ? AS roughly, ? GLOB ? AS exactly',
      args: [name, like, name, glob],
    });
    // What the quick pattern passes over, the exact one must not have found.
    if (row?.exactly === 1) expect(row.roughly, `${name} ${like}`).toBe(1);
    if (row?.exactly !== 1) return false;
  }
  return true;
}

test.each([
  ['Żółć Gęślą Jaźń', 'zolc jazn'],
  ['zolc', 'ŻÓŁĆ'],
  ['ŁUKASZ Wąs', 'was lukasz'],
  ['Nguyễn Văn Đạt', 'nguyen van'],
  ['Ștefan Müller', 'stefan mull'],
  ['Київ Ёлкин', 'киів елкин'],
  ['Zakład *A* [1] 100% x_y', '*a* [1] 100% x_y'],
  ["O'Brien-Nowak ^x", '^x brien-no'],
])('%s is found by %s', async (name, search) => {
  expect(await isFound(name, search)).toBe(true);
});

test.each([
  ['Jan Nowak', 'nowacki'],
  ['Jan', '*'],
  ['Jan', '_an'],
  ['Jan', '?an'],
  ['Jan', '[J]an'],
  ['Janowski', 'jan kowal'],
])('%s is not found by %s', async (name, search) => {
  expect(await isFound(name, search)).toBe(false);
});
