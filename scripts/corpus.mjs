/**
 * `npm run corpus`: reads every page of `test/pages` in Chromium and says how well. `npm run corpus -- URL… --json`: reads
 * these pages and prints what was read there.
 */
import { main, runTypeScript, setUp } from './setup.mjs';

const args = process.argv.slice(2);

main(async () => {
  await setUp({ pages: true, browsers: ['chromium'] });
  return runTypeScript('scripts/corpus/run.ts', args);
});
