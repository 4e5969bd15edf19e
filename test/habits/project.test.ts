import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root, sources } from './sources.ts';

const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('a newcomer finds the way', () => {
  test('the README opens with the two commands', () => {
    const opening = read('README.md').split('\n').slice(0, 40).join('\n');
    expect(opening).toMatch(/^\s*npm start\b/m);
    expect(opening).toMatch(/^\s*npm test\b/m);
  });

  test('pictures and pages that the README points at are there', () => {
    const targets = [...read('README.md').matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)/g)].map(
      (hit) => hit[1] ?? '',
    );
    expect(targets.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('the README names every setting of the server, and none that is not', async () => {
    const { variables } = await import('../../server/platform/configuration.ts');
    const table = [...read('README.md').matchAll(/^\| `(NADPIS_\w+)` *\|/gm)].map((hit) => hit[1]);
    expect(table.sort()).toEqual(Object.keys(variables).sort());
  });

  test('and says of each what holds by default', async () => {
    const { variables } = await import('../../server/platform/configuration.ts');
    const told = new Map(
      [...read('README.md').matchAll(/^\| `(NADPIS_\w+)` *\| *`?([^`|]*?)`? *\|/gm)].map((hit) => [
        hit[1] ?? '',
        hit[2] ?? '',
      ]),
    );
    for (const [name, { schema }] of Object.entries(variables)) {
      const standing = schema.safeParse(undefined);
      if (!standing.success || standing.data === undefined) continue;
      const value = typeof standing.data === 'boolean' ? Number(standing.data) : standing.data;
      expect([name, told.get(name)]).toEqual([name, String(value)]);
    }
  });

  test('the house book tells how to add an operator and a page reader', () => {
    const headings = [...read('CONTRIBUTING.md').matchAll(/^## (.+)$/gm)].map((hit) => hit[1]);
    expect(headings).toEqual(expect.arrayContaining(['How to add an operator', 'How to add a page reader']));
  });

  test('every command that the README and the house book name is there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [
      ...`${read('README.md')}\n${read('CONTRIBUTING.md')}`.matchAll(/npm run (?:-s )?(\w[\w:-]*\w)/g),
    ].map((hit) => hit[1] ?? '');
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('every decision is linked from the index of decisions', () => {
    const index = read('docs/decisions/README.md');
    const pages = readdirSync(join(root, 'docs', 'decisions')).filter(
      (name) => name.endsWith('.md') && name !== 'README.md',
    );
    expect(pages.filter((name) => !index.includes(`(${name})`))).toEqual([]);
  });

  test('and the index links to nothing that is not there', () => {
    const links = [...read('docs/decisions/README.md').matchAll(/\]\(([^)]+\.md)\)/g)].map(
      (hit) => hit[1] ?? '',
    );
    expect(links.filter((name) => !existsSync(join(root, 'docs', 'decisions', name)))).toEqual([]);
  });

  test('CI runs what everyone runs', () => {
    expect(read('.ci/run')).toMatch(/^npm test$/m);
  });
});

describe('the locks name packages, never where they were fetched', () => {
  test.each(['package-lock.json', 'test/pages/package-lock.json'])('%s', (path) => {
    const { packages } = JSON.parse(read(path)) as { packages: Record<string, Record<string, unknown>> };
    const entries = Object.entries(packages).filter(([place]) => place !== '');
    expect(entries.length).toBeGreaterThan(20);
    expect(entries.filter(([, entry]) => 'resolved' in entry).map(([place]) => place)).toEqual([]);
    expect(entries.filter(([, entry]) => !('integrity' in entry)).map(([place]) => place)).toEqual([]);
  });
});

describe('a file has one reason to change', () => {
  const limit = 300;
  const wish = 250;
  const files = sources(['extension', 'server', 'shared', 'scripts', 'demo', 'test'], /\.(tsx?|mjs)$/)
    .filter(({ path }) => !/\.test\.tsx?$|\.vectors\.ts$|\.d\.m?ts$/.test(path))
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));

  test(`and at most ${limit} lines`, () => {
    const long = files.filter(({ lines }) => lines > wish);
    if (long.length > 0) {
      console.warn(`Over ${wish} lines: ${long.map(({ path, lines }) => `${path} (${lines})`).join(', ')}`);
    }
    expect(files.length).toBeGreaterThan(50);
    expect(files.filter(({ lines }) => lines > limit)).toEqual([]);
  });
});
