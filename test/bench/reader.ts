import { createServer } from 'node:http';
import type { Browser } from 'puppeteer-core';
import { listen, serveFiles } from '../../scripts/demo/list-server.ts';
import { buildPages, built } from '../pages/build.ts';
import { bundle, launch, openBench } from './chromium.ts';
import { livingRows } from './living.ts';
import { prosePage, tablePage } from './page/pages.ts';
import { type BenchRow, median, milliseconds, ratioOf } from './rows.ts';
import { sizeRows } from './size.ts';

const rounds = 5;

/** A script, the call into it, and how much it must find for the measure to mean anything. */
type Method = [script: string, call: string, least: number];

/** Loads the page anew, so that each method meets it as cold as a user's page is. */
const sample = async (browser: Browser, url: string, [script, call, least]: Method): Promise<number> => {
  const bench = await openBench(browser, url);
  try {
    await bench.run(script);
    // Layout and the like of the load belong to no method.
    await bench.run('document.body.offsetHeight');
    const before = await bench.spent();
    const found = Number(await bench.run(call));
    const cpu = (await bench.spent()) - before;
    if (!(found >= least)) throw new Error(`${call} found ${found} on ${url}: it does not do its work`);
    return cpu;
  } finally {
    await bench.page.close();
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
  const [ours, theirs] = [await bundle('methods.ts'), await bundle('matcher.js')];
  await buildPages();
  const pages: Record<string, () => string> = {
    '/table': () => tablePage(),
    '/people': () => tablePage(400),
    '/prose': prosePage,
  };
  const grids = serveFiles({ '/grids/': built });
  const server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (!page) grids.emit('request', request, response);
    else response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page());
  });
  const port = await listen(server, 0);
  const browser = await launch();
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
      ...(await livingRows(browser, `http://127.0.0.1:${port}`)),
      ...(await sizeRows()),
    ];
  } finally {
    await browser.close();
    server.close();
  }
};
