import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { endShared } from './edge-client.ts';

const root = join(import.meta.dirname, '..', '..');

export type Runtime = 'node-server' | 'workers';

/**
 * The same test files once more, on another runtime. Each stands in a suite of its own, so that what one does before
 * its tests is not done before another's.
 */
export function runsOn(runtime: Runtime, suites: readonly string[]): void {
  process.env.TEST_RUNTIME = runtime;
  afterAll(endShared);
  for (const path of suites) {
    describe(path, async () => {
      await import(/* @vite-ignore */ join(root, 'server', `${path}.test.ts`));
    });
  }
}
