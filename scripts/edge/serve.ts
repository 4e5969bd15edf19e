/**
 * The Worker in workerd on this machine, with emulated queues, until it is told to stop. Its settings are ours: the
 * same NADPIS_… variables as the server on Node has. The cron's minute is a second here, or as `--cron=MILLISECONDS` says.
 */

import { parseArgs } from 'node:util';
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare';
import { freePort } from '../../server/database/temporary.node.ts';
import { bundleWorker } from './bundle.ts';
import { readEdgeSettings } from './settings.ts';

const { values } = parseArgs({
  options: {
    cron: { type: 'string', default: '1000' },
    entry: { type: 'string', default: 'server/platform/worker.ts' },
    /** Without queues no hint is followed: all that happens is what is asked for. */
    'no-queues': { type: 'boolean', default: false },
  },
});

const { modules, folder } = await bundleWorker(values.entry);
const { compatibilityDate, compatibilityFlags, producers, consumers } = readEdgeSettings();
const { NADPIS_PORT = '8787', NADPIS_HOST = '127.0.0.1', ...env } = process.env;
const port = NADPIS_PORT === '0' ? await freePort() : Number(NADPIS_PORT);
const bindings = Object.fromEntries(
  Object.entries(env).filter(([name]) => name.startsWith('NADPIS_') && name !== 'NADPIS_DATA'),
) as Record<string, string>;

const worker = new Miniflare(
  convertV4MiniflareOptions({
    host: NADPIS_HOST,
    port,
    cf: false,
    structuredWorkerdLogs: true,
    handleStructuredLogs: ({ message }) => console.log(message),
    log: new Log(LogLevel.WARN),
    name: 'nadpis',
    modulesRoot: folder,
    modules,
    compatibilityDate,
    compatibilityFlags,
    bindings: { NADPIS_LOG: 'json', NADPIS_PUBLIC_URL: `http://${NADPIS_HOST}:${port}`, ...bindings },
    ...(values['no-queues'] ? {} : { queueProducers: producers, queueConsumers: consumers }),
  }),
);
const { origin } = await worker.ready;
console.log(JSON.stringify({ message: 'listening', properties: { url: origin } }));

/** Of the handlers as Miniflare gives them; its types call them by a name of another package. */
interface Scheduled {
  scheduled(turn: { scheduledTime: Date; cron: string }): Promise<unknown>;
}

const cron = Number(values.cron);
let turning = false;
const timer =
  cron === 0
    ? undefined
    : setInterval(async () => {
        if (turning) return;
        turning = true;
        try {
          const handlers = (await worker.getWorker()) as unknown as Scheduled;
          await handlers.scheduled({ scheduledTime: new Date(), cron: '* * * * *' });
        } catch {
          // It is said in its log.
        }
        turning = false;
      }, cron);

const stop = async () => {
  clearInterval(timer);
  await worker.dispose();
  process.exit(0);
};
// Whoever started it may be killed without a word: it does not stay behind.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void stop();
}, 2000).unref();
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
