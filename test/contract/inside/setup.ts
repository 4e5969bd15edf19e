import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

/** Starts what stays outside of workerd: in a process of its own, as in this one its modules are those of the tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'outside.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [url] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line') as Promise<[string]>,
    ended.then(() => Promise.reject(new Error('there are no databases for tests in workerd'))),
  ]);
  project.provide('outside', url);
  return async () => {
    child.stdin.end();
    await ended;
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test in workerd gets what workerd cannot give. */
    outside: string;
  }
}
