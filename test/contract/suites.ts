import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { endShared } from './edge-client.ts';

const root = join(import.meta.dirname, '..', '..');

export type Runtime = 'node-server' | 'workers';

/** Tests of the API that say all they have to say over HTTP. */
export const apiSuites = [
  'api/400',
  'api/401',
  'api/403',
  'api/404',
  'api/405',
  'api/409',
  'api/429',
  'messages/api/201',
  'messages/api/4xx',
  'messages/api/reading',
  'mail-accounts/routes',
  'packages/ledger',
  'session/session',
  'sites/routes',
] as const;

/** Tests that look inside: of dispatch and its operators, and of limits set for the test. */
export const insideSuites = [
  'api/413',
  'messages/dispatch/dispatch',
  'messages/dispatch/sweeping',
  'operators/delivery',
  'operator-accounts/accounts',
] as const;

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
