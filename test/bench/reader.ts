import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import puppeteer, { type Browser, type CDPSession } from 'puppeteer-core';
import { build, type Plugin } from 'vite';
import { chromiumFlags, unthrottled } from '../../scripts/browser-flags.ts';
import { listen } from '../../scripts/demo/list-server.ts';
import { findBrowser } from '../../scripts/setup/browsers.mjs';
import { prosePage, tablePage } from './page/pages.ts';
import { type BenchRow, median, milliseconds, ratioOf } from './rows.ts';

const root = join(import.meta.dirname, '..', '..');
const rounds = 5;

/** The library asks for polyfills that it does not bring along, and that no browser of ours needs. */
const noPolyfills: Plugin = {
  name: 'no-polyfills',
  enforce: 'pre',
  resolveId: (id) => (id.startsWith('core-js/') ? '\0nothing' : null),
  load: (id) => (id === '\0nothing' ? '' : null),
};

/** One script for an isolated world, minified as the product's is. */
const bundle = async (entry: string): Promise<string> => {
  const outDir = join(root, 'out', 'bench', entry);
  await build({
    root: join(root, 'test', 'pages'),
    configFile: false,
    logLevel: 'error',
    plugins: [noPolyfills],
    define: { 'process.env.NODE_ENV': '"production"' },
    // The library is a dependency of the test pages, not of the product.
    resolve: { alias: { 'ringcentral-c2d': join(root, 'test', 'pages', 'node_modules', 'ringcentral-c2d') } },
    build: {
      outDir,
      emptyOutDir: true,
      minify: 'oxc',
      lib: {
        entry: join(import.meta.dirname, 'page', entry),
        formats: ['iife'],
        name: 'bench',
        fileName: () => 'it.js',
      },
    },
  });
  const script = readFileSync(join(outDir, 'it.js'), 'utf8');
  rmSync(outDir, { recursive: true });
  return script;
};

/** Processor seconds of the page's main thread so far: what else the machine does at the moment is not in it. */
const processorTime = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
};

/** A script, the call into it, and how much it must find for the measure to mean anything. */
type Method = [script: string, call: string, least: number];

/** Loads the page anew, so that each method meets it as cold as a user's page is, in a content script's kind of world. */
const sample = async (browser: Browser, url: string, [script, call, least]: Method): Promise<number> => {
  const page = await browser.newPage();
  try {
    const session = await page.createCDPSession();
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(url, { waitUntil: 'load', timeout: 120_000 });
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
    });
    const run = async (expression: string) => {
      const answer = await session.send('Runtime.evaluate', {
        expression,
        contextId: executionContextId,
        returnByValue: true,
      });
      if (answer.exceptionDetails)
        throw new Error(`${call}: ${answer.exceptionDetails.exception?.description}`);
      return answer.result.value as unknown;
    };
    await run(script);
    // Layout and the like of the load belong to no method.
    await run('document.body.offsetHeight');
    const before = await processorTime(session);
    const found = Number(await run(call));
    const cpu = (await processorTime(session)) - before;
    if (!(found >= least)) throw new Error(`${call} found ${found} on ${url}: it does not do its work`);
    return cpu;
  } finally {
    await page.close();
  }
};

/** Each method `rounds` times, in turns. @returns the median of each, in milliseconds of processor time */
const measure = async <Name extends string>(browser: Browser, url: string, methods: Record<Name, Method>) => {
  const entries = Object.entries<Method>(methods).map(([name, method]) => ({
    name,
    method,
    taken: [] as number[],
  }));
  for (let turn = 0; turn < rounds; turn += 1) {
    // The other way round each time: what comes first must not always be the same.
    for (const { method, taken } of turn % 2 === 0 ? entries : entries.toReversed()) {
      taken.push(await sample(browser, url, method));
    }
  }
  return Object.fromEntries(entries.map(({ name, taken }) => [name, median(taken)])) as Record<Name, number>;
};

/** Reading pages in Chromium (design.md §7), each beside its bound in the same run. */
export const rows = async (): Promise<BenchRow[]> => {
  const executablePath = findBrowser('chromium');
  if (executablePath === null) throw new Error('No Chromium: run `npm run setup`.');
  const [ours, theirs] = [await bundle('methods.ts'), await bundle('matcher.js')];
  const pages: Record<string, string> = { '/table': tablePage(), '/prose': prosePage() };
  const server = createServer((request, response) => {
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(pages[request.url ?? ''] ?? '');
  });
  const port = await listen(server, 0);
  const browser = await puppeteer.launch({
    executablePath,
    pipe: true,
    args: [...chromiumFlags, ...unthrottled],
  });
  try {
    const reader = (least: number): Method => [ours, 'nadpisBench.reader()', least];
    const walker: Method = [ours, 'nadpisBench.walker()', 500_000];
    const matcher: Method = [theirs, 'nadpisMatcher.matcher()', 1000];
    const firstRead: Method = [ours, 'nadpisBench.firstRead()', 10_000];
    const table = await measure(browser, `http://127.0.0.1:${port}/table`, {
      reader: reader(9_000),
      firstRead,
      walker,
      matcher,
    });
    const prose = await measure(browser, `http://127.0.0.1:${port}/prose`, { reader: reader(0), walker });
    const first = table.reader / table.walker;
    const library = table.matcher / table.reader;
    const none = prose.reader / prose.walker;
    return [
      {
        name: 'first read of a 10,000 × 8 table, every number of it',
        measured: milliseconds(table.reader),
        bound: `${milliseconds(table.walker)} bare TreeWalker`,
        ratio: ratioOf(first),
        budget: '≤ 0.7',
        holds: first <= 0.7,
      },
      {
        name: 'the same with its cells read when they are needed',
        measured: milliseconds(table.firstRead),
        bound: `${milliseconds(table.walker)} bare TreeWalker`,
        ratio: ratioOf(table.firstRead / table.walker),
        budget: '≤ 0.7',
        holds: table.firstRead / table.walker <= 0.7,
      },
      {
        name: 'every number, beside a library’s matcher',
        measured: milliseconds(table.reader),
        bound: `${milliseconds(table.matcher)} ringcentral-c2d`,
        ratio: ratioOf(library),
        budget: '≥ 20 times less',
        holds: library >= 20,
      },
      {
        name: '50,000 text nodes without phones',
        measured: milliseconds(prose.reader),
        bound: `${milliseconds(prose.walker)} bare TreeWalker`,
        ratio: ratioOf(none),
        budget: '≤ 1.2',
        holds: none <= 1.2,
      },
    ];
  } finally {
    await browser.close();
    server.close();
  }
};
