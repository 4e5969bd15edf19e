/** `npm test`: sets up what is missing, then runs every check and suite. One of them: `npm test -- unit`. */
import { main, runTypeScript, setUp } from './setup.mjs';

const args = process.argv.slice(2);
const named = args.filter((argument) => !argument.startsWith('-'));
const inBrowsers = named.length === 0 || named.includes('browsers');

main(async () => {
  await setUp(
    inBrowsers
      ? { pages: true, browsers: ['chromium', 'firefox'] }
      : { pages: named.includes('types') || named.length === 0 },
  );
  return runTypeScript('scripts/checks/run.ts', args);
});
