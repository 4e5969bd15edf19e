/** `npm run dev:edge`: the Worker in workerd, with a libSQL server, queues and a cron, all on this machine. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startLibsqlServer } from '../../server/database/temporary.node.ts';
import { startServer } from '../server-process.ts';

const root = join(import.meta.dirname, '..', '..');

const help = `npm run dev:edge                 the Worker at http://127.0.0.1:8787
npm run dev:edge -- --port 9000  at another port
Its database is kept in data/edge; NADPIS_DATABASE_URL names another libSQL server. The cron's minute is a second here.`;

const { values } = parseArgs({
  options: { help: { type: 'boolean', short: 'h' }, port: { type: 'string', default: '8787' } },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}

const given = process.env.NADPIS_DATABASE_URL;
const data = join(root, 'data', 'edge');
mkdirSync(data, { recursive: true });
const database = given === undefined ? await startLibsqlServer(join(data, 'libsql')) : null;
const settings = Object.entries(process.env).filter(
  (entry): entry is [string, string] => entry[0].startsWith('NADPIS_') && entry[1] !== undefined,
);
const server = await startServer({
  port: Number(values.port),
  data,
  program: ['scripts/edge/serve.ts'],
  env: {
    // For this machine alone: a deployment has its own, which `wrangler secret put` keeps.
    NADPIS_SECRET: 'of a Worker on this machine, and of no other',
    NADPIS_DATABASE_URL: given ?? database?.url ?? '',
    ...Object.fromEntries(settings),
  },
}).catch(async (error: unknown) => {
  await database?.end();
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});

console.log(`Nadpis in workerd:  ${server.url}
  sandbox           ${server.url}/sandbox
  API reference     ${server.url}/docs
  libSQL server     ${given ?? database?.url}
Ctrl+C ends all of it.`);

let ending = false;
const end = async () => {
  if (ending) return;
  ending = true;
  await server.stop();
  await database?.end();
  process.exit(0);
};
process.on('SIGINT', end);
process.on('SIGTERM', end);
server.ended.then(() => {
  if (!ending) console.error(server.output());
  return end();
});
