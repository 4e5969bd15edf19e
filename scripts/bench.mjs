/** `npm run bench`: sets up what is missing, then measures the budgets. One of them: `npm run bench -- reader`. */
import { main, runTypeScript, setUp } from './setup.mjs';

const args = process.argv.slice(2);

main(async () => {
  await setUp({ pages: true, browsers: ['chromium'] });
  return runTypeScript('test/bench/run.ts', args);
});
