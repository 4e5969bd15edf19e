import type { Browser } from 'puppeteer-core';
import { type Bench, bundle, openBench } from './chromium.ts';
import { type BenchRow, median, milliseconds, percentile, ratioOf } from './rows.ts';

/** The reader beside pages that move: what it adds to them, each page once without it and once with it, in turns. */

/** Steps between two changes of sides, and how often both sides have their turn. */
const stretch = 40;
const turns = 5;

/** One step of a page, in the page's own world; it resolves when the page has drawn what came of it. */
interface Course {
  path: string;
  /** Waited for before anything is measured. */
  ready: string;
  /** Rows of people that must be found for the measure to mean anything. */
  least: number;
  /** Prepares the page: defines `step(n)`. */
  prepare: string;
}

const drawn = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

/** From the first row to the last, a third of a window a step, and from the first again. */
const scrolling: Course = {
  path: '/grids/tabulator.html',
  ready: '.tabulator-row',
  least: 10,
  prepare: `globalThis.step = (n) => {
    const grid = document.querySelector('.tabulator-tableholder');
    grid.scrollTop = (grid.scrollHeight - grid.clientHeight) * ((n - 1) % 120 + 1) / 120;
    return ${drawn};
  }`,
};

/** Texts that change, rows that come and go: a hundred changes a second. */
const mutating: Course = {
  path: '/people',
  ready: 'tbody tr',
  least: 300,
  prepare: `
    const body = document.querySelector('tbody');
    let turn = 0;
    setInterval(() => {
      turn += 1;
      const row = body.children[(turn * 37) % body.childElementCount];
      if (turn % 10 === 0) body.append(row);
      else row.lastElementChild.textContent = turn + ',00 zł';
    }, 10);
    globalThis.step = () => ${drawn};`,
};

/** One row of ten thousand changes, and then nothing for a while. */
const changing: Course = {
  path: '/table',
  ready: 'tbody tr',
  least: 10_000,
  prepare: `globalThis.step = (n) => {
    const row = document.querySelector('tbody').children[(n * 613) % 10000];
    row.children[5].firstChild.data = '+48 600 100 ' + String(200 + n);
    return new Promise((done) => setTimeout(done, 250));
  }`,
};
const changes = 15;

/** The page, with the reader in it or without. */
async function begin(browser: Browser, base: string, course: Course, script: string | null): Promise<Bench> {
  const bench = await openBench(browser, base + course.path);
  await bench.page.waitForSelector(course.ready);
  if (script) {
    await bench.run(script);
    const found = Number(await bench.run('nadpisLiving.start()'));
    if (!(found >= course.least)) throw new Error(`${found} rows were found on ${course.path}`);
  }
  await bench.page.evaluate(course.prepare);
  await bench.page.evaluate('step(0)');
  return bench;
}

const timed = async (bench: Bench, step: number): Promise<number> => {
  const before = await bench.spent();
  await bench.page.evaluate(`step(${step})`);
  return (await bench.spent()) - before;
};

const mustFollow = async (bench: Bench, path: string): Promise<void> => {
  if ((await bench.run('nadpisLiving.off()')) !== null) throw new Error(`The reader gave ${path} up`);
};

/**
 * So many steps without the reader, as many with it, and so on in turns, so that whatever else the machine does meets both
 * alike. A single p95 is made by the two slowest steps of a stretch: what counts is the median over the turns.
 * @returns p95 of a step's processor time, ms, and what the reader adds to it
 */
async function sideBySide(
  browser: Browser,
  base: string,
  course: Course,
  script: string,
): Promise<{ bare: number; read: number; more: number }> {
  const taken: Record<'bare' | 'read', number[]> = { bare: [], read: [] };
  for (let turn = 0; turn < turns; turn += 1) {
    for (const kind of turn % 2 === 0 ? (['bare', 'read'] as const) : (['read', 'bare'] as const)) {
      const bench = await begin(browser, base, course, kind === 'read' ? script : null);
      try {
        const times: number[] = [];
        for (let step = 1; step <= stretch; step += 1) times.push(await timed(bench, turn * stretch + step));
        taken[kind].push(percentile(times, 0.95));
        if (kind === 'read') await mustFollow(bench, course.path);
      } finally {
        await bench.page.close();
      }
    }
  }
  return {
    bare: median(taken.bare),
    read: median(taken.read),
    more: median(taken.read.map((read, turn) => read - (taken.bare[turn] ?? 0))),
  };
}

export async function livingRows(browser: Browser, base: string): Promise<BenchRow[]> {
  const script = await bundle('living.ts');
  const row = async (name: string, course: Course): Promise<BenchRow> => {
    const { bare, read, more } = await sideBySide(browser, base, course, script);
    return {
      name,
      measured: `${milliseconds(Math.max(0, more))} more (${milliseconds(read)})`,
      bound: `${milliseconds(bare)} of the page alone, two frames`,
      ratio: ratioOf(read / bare),
      budget: '≤ 2 ms more, p95',
      holds: more <= 2,
    };
  };
  return [
    await row('a grid scrolled from top to bottom', scrolling),
    await row('a page that changes 100 times a second', mutating),
    ...(await changeRows(browser, base, script)),
    ...(await calmRows(browser, base, script)),
  ];
}

/** What is read again when one row changes, beside reading the page. */
async function changeRows(browser: Browser, base: string, script: string): Promise<BenchRow[]> {
  const bench = await begin(browser, base, changing, script);
  try {
    const first = Number(await bench.run('nadpisLiving.spent()'));
    const taken: number[] = [];
    for (let step = 1; step <= changes; step += 1) {
      const before = Number(await bench.run('nadpisLiving.spent()'));
      await bench.page.evaluate(`step(${step})`);
      taken.push(Number(await bench.run('nadpisLiving.spent()')) - before);
    }
    await mustFollow(bench, changing.path);
    const again = median(taken);
    return [
      {
        name: 'read again after one row of 10,000 changed',
        measured: milliseconds(again),
        bound: `${milliseconds(first)} for the first read`,
        ratio: ratioOf(again / first),
        budget: '≤ 2 ms',
        holds: again <= 2,
      },
    ];
  } finally {
    await bench.page.close();
  }
}

/** A first read leaves every frame its time, and a page that rests is left to rest. */
async function calmRows(browser: Browser, base: string, script: string): Promise<BenchRow[]> {
  const bench: Bench = await openBench(browser, `${base}/table`);
  try {
    await bench.page.evaluate(`globalThis.tasks = [];
      new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)))
        .observe({ type: 'longtask' });`);
    await bench.run(script);
    await bench.page.evaluate('tasks.length = 0');
    await bench.run('nadpisLiving.read()');
    await new Promise((done) => setTimeout(done, 1000));
    const tasks = (await bench.page.evaluate('tasks')) as number[];
    await bench.run('nadpisLiving.start()');
    await new Promise((done) => setTimeout(done, 1500));
    await bench.run('nadpisLiving.countTimers()');
    await new Promise((done) => setTimeout(done, 3000));
    const timers = Number(await bench.run('nadpisLiving.timers()'));
    return [
      {
        name: 'tasks over 50 ms while 10,000 × 8 is read',
        measured:
          tasks.length === 0 ? 'none' : `${tasks.length}, longest ${milliseconds(Math.max(...tasks))}`,
        bound: 'the browser’s long tasks',
        ratio: null,
        budget: 'none',
        holds: tasks.length === 0,
      },
      {
        name: 'timers and frames asked for in 3 s of an idle page',
        measured: String(timers),
        bound: '',
        ratio: null,
        budget: '0',
        holds: timers === 0,
      },
    ];
  } finally {
    await bench.page.close();
  }
}
