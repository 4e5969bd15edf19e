/** `npm start`: sets up what is missing, then runs the demo. Its options: `npm start -- --help`. */
import { main, runTypeScript, setUp } from './setup.mjs';

const args = process.argv.slice(2);
const browser =
  args.includes('--server') || args.includes('--help')
    ? []
    : args.includes('firefox')
      ? ['firefox']
      : ['chromium'];

main(async () => {
  await setUp({ browsers: /** @type {('chromium' | 'firefox')[]} */ (browser) });
  return runTypeScript('scripts/demo/start.ts', args);
});
