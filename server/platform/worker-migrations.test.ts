import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('lists every migration for the Worker, which has no folder to look into', () => {
  const list = readFileSync(new URL('worker-migrations.ts', import.meta.url), 'utf8');
  const imported = new Map(
    [...list.matchAll(/^import (\w+) from '\.\.\/database\/migrations\/([\w-]+)\.sql';$/gm)].map((hit) => [
      hit[1],
      hit[2],
    ]),
  );
  const listed = [...list.matchAll(/\{ name: '([\w-]+)', sql: (\w+) \}/g)];
  for (const [, name, variable] of listed) expect(imported.get(variable)).toBe(name);
  const folder = readdirSync(new URL('../database/migrations/', import.meta.url))
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort();
  expect(
    listed.map((hit) => hit[1]),
    'add it to server/platform/worker-migrations.ts',
  ).toEqual(folder);
});
