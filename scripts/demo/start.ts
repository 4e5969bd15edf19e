import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { launch, type Nadpis } from '../../test/e2e/browser.ts';
import { pointAt } from '../../test/e2e/sign-in.ts';
import type { ServerProcess } from '../server-process.ts';
import { progress, SetupProblem } from '../setup/progress.mjs';
import { buildExtension, extensionFolder } from './extension.ts';
import { BadOption, help, type Options, readOptions } from './options.ts';
import { type DemoList, reset, startDemoServer, startList } from './services.ts';
import { performTour } from './tour.ts';

const root = join(import.meta.dirname, '..', '..');

/** What was started, to be ended the other way round, once. */
const started: (() => Promise<void> | void)[] = [];
let ending: Promise<void> | null = null;
const endAll = (): Promise<void> => {
  ending ??= (async () => {
    for (const end of started.reverse()) await Promise.resolve(end()).catch(() => {});
  })();
  return ending;
};

const byHand = (options: Options): string[] => {
  const folder = (target: 'chrome' | 'firefox') => relative(root, extensionFolder(target));
  if (options.browser === 'firefox') {
    const manifest = join(folder('firefox'), 'manifest.json');
    return [`by hand         about:debugging#/runtime/this-firefox → Load Temporary Add-on → ${manifest}`];
  }
  return [
    `by hand         chrome://extensions → Developer mode → Load unpacked → ${folder('chrome')}`,
    '                (Firefox: npm start -- --browser firefox)',
  ];
};

const where = (options: Options, server: ServerProcess, list: DemoList | null): string =>
  [
    ...(list === null ? [] : [`ERP list        ${list.url}`]),
    `phones, mails   ${server.url}/sandbox`,
    `API reference   ${server.url}/docs`,
    'sign in as      demo@nadpis.example (administrator), handel@… (sends), kadry@… (HR); the code comes to the mails',
    ...(options.serverOnly
      ? []
      : [...byHand(options), 'settings        the extension’s icon → Konfiguracja']),
  ].join('\n');

const build = async (options: Options) => {
  const bar = progress('Building the extension');
  try {
    const now = await buildExtension(options.browser === 'firefox' ? 'firefox' : 'chrome');
    bar.done(now ? 'built' : 'unchanged');
  } catch (error) {
    bar.failed();
    throw error;
  }
};

const serve = async (options: Options): Promise<ServerProcess> => {
  const bar = progress('Starting the server');
  try {
    const server = await startDemoServer(options.port);
    started.push(() => server.stop());
    bar.done(server.url);
    return server;
  } catch (error) {
    bar.failed();
    throw error;
  }
};

/** A window for the user, on the demo's list; resolves when they close it. */
const show = async (options: Options, server: ServerProcess, list: DemoList): Promise<void> => {
  const profile = join(root, 'data', `profile-${options.browser}`);
  const nadpis: Nadpis = await launch(options.browser, { headful: true, profile });
  started.push(() => nadpis.close());
  const [page] = await nadpis.browser.pages();
  await pointAt(nadpis, server);
  await (page ?? (await nadpis.browser.newPage())).goto(list.url);
  const program = nadpis.browser.process();
  // Its end, not that of our connection: cut short it would offer to restore its pages the next time.
  await new Promise<void>((resolve) => {
    if (program === null) nadpis.browser.once('disconnected', () => resolve());
    else if (program.exitCode !== null) resolve();
    else program.once('exit', () => resolve());
  });
};

const main = async (): Promise<number> => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(help);
    return 0;
  }
  if (options.reset) await reset(options.port);
  if (!options.serverOnly) await build(options);
  const server = await serve(options);
  if (options.serverOnly) {
    console.log(`\n${where(options, server, null)}\n\nCtrl+C ends it.`);
    await server.ended;
    if (ending !== null) return 0;
    console.error(`✗ The server has ended:\n${server.output().split('\n').slice(-8).join('\n')}`);
    return 1;
  }
  const list = await startList(options.listPort);
  started.push(() => list.close());
  if (options.headless) {
    const passed = await performTour(options.browser, server, list.url);
    console.log(`\n${where(options, server, list)}`);
    console.log(
      '\nThe demo was performed without a window and has ended: npm start -- --server keeps the server.',
    );
    return passed ? 0 : 1;
  }
  console.log(
    `\n${where(options, server, list)}\n\nTick rows and choose SMS. Ctrl+C, or closing the browser, ends everything.`,
  );
  await show(options, server, list);
  return 0;
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    console.log('\nEnding…');
    void endAll().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof BadOption) console.error(`✗ ${error.message}\n\n${help}`);
  else if (error instanceof SetupProblem) console.error(`✗ ${error.message}\n  → ${error.todo}`);
  else console.error(`✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exitCode = error instanceof BadOption ? 2 : 1;
  if (!existsSync(join(root, 'node_modules'))) console.error('  → npm run setup');
}
await endAll();
// A browser's pipe may keep the process; all that matters has ended.
process.exit();
