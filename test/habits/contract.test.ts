import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inside, onNodeAlone, overHttp, withoutDatabase } from '../contract/lists.ts';
import { root } from './sources.ts';

/** Test files of the server that ask the application, its dispatch, its database or its operators. */
const asking = readdirSync(join(root, 'server'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) =>
    /fixture(\.node)?\.ts'|office[\w-]*\.ts'|\/simulator[\w-]*\.ts'|temporary\.node\.ts'/.test(
      readFileSync(join(root, 'server', path), 'utf8'),
    ),
  )
  .map((path) => path.replaceAll('\\', '/').replace(/\.test\.ts$/, ''))
  .sort();

describe('one contract, three runtimes', () => {
  test('every test of the API and of dispatch runs on each, or says why not', () => {
    const listed = [...overHttp, ...inside, ...withoutDatabase, ...Object.keys(onNodeAlone)].sort();
    expect(listed, 'add it to test/contract/lists.ts').toEqual(asking);
  });
});
