/**
 * `npm run test:servers`: the long proof that several servers over one database lose nothing and send nothing twice,
 * whichever is killed. Its short form is a part of `npm test`. `SERVERS_MESSAGES=20000` for fewer messages than 100,000.
 */
import { main, runTypeScript, setUp } from './setup.mjs';

process.env.SERVERS_MESSAGES ??= '100000';

main(async () => {
  await setUp();
  return runTypeScript('node_modules/vitest/vitest.mjs', [
    'run',
    '--project',
    'contract',
    'test/contract/several-servers.test.ts',
    // Its progress is shown as it comes.
    '--disable-console-intercept',
  ]);
});
