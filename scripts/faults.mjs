/**
 * `npm run test:faults`: the long proofs that nothing is lost or sent twice, each point of death by itself. Their short
 * form is a part of `npm test`. One of them: `npm run test:faults -- kill`; more of everything: `FAULTS_SIZE=100`.
 */
import { main, runTypeScript, setUp } from './setup.mjs';

process.env.FAULTS_SIZE ??= '10';

main(async () => {
  await setUp();
  return runTypeScript('node_modules/vitest/vitest.mjs', [
    'run',
    '--project',
    'faults',
    ...process.argv.slice(2),
  ]);
});
