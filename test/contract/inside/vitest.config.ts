import { join } from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { inside, withoutDatabase } from '../lists.ts';
import { readRuntime } from './runtime.ts';
import { standInForNode } from './stand-ins.ts';

/**
 * The server's own tests again, inside workerd: `npm run test:contract` runs them last. Apart from the other projects,
 * as each run of tests would wait for wrangler to be loaded.
 */
export default defineConfig({
  root: join(import.meta.dirname, '..', '..', '..'),
  plugins: [standInForNode(), cloudflareTest({ miniflare: readRuntime() })],
  test: {
    name: 'workerd',
    include: [...inside, ...withoutDatabase].map((path) => `server/${path}.test.ts`),
    globalSetup: ['test/contract/inside/setup.ts'],
    env: { TEST_RUNTIME: 'workerd' },
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Each waits for its database for most of its time.
    maxWorkers: 2,
  },
});
