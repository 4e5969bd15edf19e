/** `npm run dev:edge`: sets up what is missing, then runs the server as a Worker on this machine. */
import { main, runTypeScript, setUp } from './setup.mjs';

const args = process.argv.slice(2);

main(async () => {
  await setUp();
  return runTypeScript('scripts/edge/dev.ts', args);
});
