import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { builtOnce } from './built-once.ts';

describe('a build runs again only when something it is made of changed', () => {
  let root = '';
  let builds = 0;
  const run = (inputs = ['source']) =>
    builtOnce(root, {
      inputs,
      outcome: join(root, 'outcome'),
      stamp: join(root, 'stamps', 'it'),
      build: async () => {
        builds += 1;
        await Promise.resolve();
        writeFileSync(join(root, 'outcome'), '');
      },
    });

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'nadpis-once-'));
    builds = 0;
    mkdirSync(join(root, 'source', 'deep'), { recursive: true });
    writeFileSync(join(root, 'source', 'deep', 'a.ts'), '1');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('the second time nothing is built', async () => {
    expect([await run(), await run()]).toEqual([true, false]);
  });

  test('a changed, a new, a renamed and a missing file each count', async () => {
    await run();
    writeFileSync(join(root, 'source', 'deep', 'a.ts'), '2');
    expect(await run()).toBe(true);
    writeFileSync(join(root, 'source', 'b.ts'), '2');
    expect(await run()).toBe(true);
    rmSync(join(root, 'source', 'deep'), { recursive: true });
    expect(await run()).toBe(true);
    expect(await run(['source', 'not-there'])).toBe(false);
  });

  test('tests are no part of what is built', async () => {
    await run();
    writeFileSync(join(root, 'source', 'a.test.ts'), '');
    expect(await run()).toBe(false);
  });

  test('an outcome that was removed is built again', async () => {
    await run();
    rmSync(join(root, 'outcome'));
    expect(await run()).toBe(true);
  });

  test('two at once build once', async () => {
    const both = await Promise.all([run(), run()]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(builds).toBe(1);
  });

  test('a build that failed is tried again, and its lock is gone', async () => {
    const broken = builtOnce(root, {
      inputs: ['source'],
      outcome: join(root, 'outcome'),
      stamp: join(root, 'stamps', 'it'),
      build: () => Promise.reject(new Error('no disk')),
    });
    await expect(broken).rejects.toThrow('no disk');
    expect(await run()).toBe(true);
  });

  test('a lock left by a process that is gone does not hold anyone up', async () => {
    mkdirSync(join(root, 'stamps'));
    writeFileSync(join(root, 'stamps', 'it.lock'), '999999999');
    expect(await run()).toBe(true);
  });
});
