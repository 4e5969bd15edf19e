import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromiumFlags, unthrottled } from '../browser-flags.ts';
import { findBrowser } from '../setup/browsers.mjs';
import { type Entry, onePerPerson } from './entry.ts';
import type { Pulse, Reading } from './page/index.ts';
import { readerScript } from './script.ts';
import { worldsOf } from './worlds.ts';

/** Pages in a real Chromium, read as the extension reads them. */

export interface ReadPage {
  entries: Entry[];
  /** How long it took to read all of it (ms). */
  ms: number;
  /** What a person should know of this reading: the page was left early, or asked not to be read. */
  notes: string[];
}

export interface OpenPage {
  /** @param again reads everything anew; without, what the reader has followed so far is told */
  read(again: boolean): Promise<ReadPage>;
  /** Scrolls what scrolls to this part of its way (0…1), and waits. @returns whether anything moved */
  scroll(part: number): Promise<boolean>;
  page: Page;
  close(): Promise<void>;
}

export interface PageReader {
  /** @throws when the page does not load */
  open(url: string): Promise<OpenPage>;
  isAlive(): boolean;
  close(): Promise<void>;
}

export interface PageReaderOptions {
  /** ISO 3166 region of numbers without a prefix. */
  region?: string;
  /** Longest wait for a page to come to rest, after it has loaded (ms). */
  patience?: number;
  /** A page is at rest when nothing was added or written for so long, and no request is under way (ms). */
  restful?: number;
}

const viewport = { width: 1440, height: 860 };
const loadTimeout = 45_000;
/** One that shows no number yet may still be about to (ms). */
const hopeful = 4_000;
/** Requests older than this are connections that are kept open (ms). */
const longestRequest = 8_000;

export async function openPageReader(options: PageReaderOptions = {}): Promise<PageReader> {
  const settings = { region: 'PL', patience: 15_000, restful: 600, ...options };
  const executablePath = findBrowser('chromium');
  if (executablePath === null) throw new Error('No chromium on this machine: run `npm run setup`.');
  const [script, browser] = await Promise.all([readerScript(), launch(executablePath)]);
  return {
    open: (url) => openPage(browser, url, script, settings),
    isAlive: () => browser.connected,
    close: () => browser.close(),
  };
}

const launch = (executablePath: string): Promise<Browser> =>
  puppeteer.launch({
    executablePath,
    pipe: true,
    defaultViewport: viewport,
    protocolTimeout: 180_000,
    args: [
      ...chromiumFlags,
      ...unthrottled,
      '--force-prefers-reduced-motion',
      // One process for all frames of a page: one connection enters them all, whatever their origins.
      '--disable-site-isolation-trials',
      '--disable-features=IsolateOrigins,site-per-process',
      // Pages of a user's disk hold frames and scripts of the same folder.
      '--allow-file-access-from-files',
    ],
  });

async function openPage(
  browser: Browser,
  url: string,
  script: string,
  { region, patience, restful }: Required<PageReaderOptions>,
): Promise<OpenPage> {
  const page = await browser.newPage();
  try {
    page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}));
    const requests = requestsOf(page);
    // Only what is in front is drawn, and virtual lists make their rows when they are drawn.
    await page.bringToFront();
    const response = await page.goto(url, { waitUntil: 'domcontentloaded', timeout: loadTimeout });
    if (response !== null && response.status() >= 400)
      throw new Error(`the server answers ${response.status()} ${response.statusText()}`.trim());
    const worlds = await worldsOf(page, script, `nadpis.start(${JSON.stringify(region)})`);

    /** @returns false when patience ran out first */
    const comesToRest = async (): Promise<boolean> => {
      const began = Date.now();
      for (;;) {
        const pulses = await worlds.everywhere<Pulse>('nadpis.pulse()');
        const waited = Date.now() - began;
        const quiet = Math.min(...pulses.map((pulse) => pulse.quiet), waited);
        const isCalm = quiet > restful && pulses.every(({ ready }) => ready) && requests() === 0;
        const isDone = pulses.some(({ found }) => found) || waited > hopeful;
        // Some spinners turn for ever.
        const isBusy = waited < hopeful * 2 && pulses.some(({ busy }) => busy);
        if (pulses.length > 0 && isCalm && isDone && !isBusy) return true;
        if (waited > patience) return false;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    let rested = await comesToRest();
    return {
      page,
      async read(again) {
        const readings = await worlds.everywhere<Reading>(`nadpis.read(${again})`, true);
        const entries = readings.flatMap((reading) => reading.entries.map((entry) => ({ url, ...entry })));
        return {
          entries: onePerPerson(entries),
          ms: readings.reduce((sum, reading) => sum + reading.ms, 0),
          notes: [
            ...(rested ? [] : [`was read before it came to rest, after ${patience / 1000} s`]),
            ...(readings.some(({ off }) => off === 'opted-out') ? ['asks not to be read'] : []),
          ],
        };
      },
      async scroll(part) {
        const moved = await worlds.everywhere<boolean>(`nadpis.scroll(${part})`);
        if (!moved.includes(true)) return false;
        rested = await comesToRest();
        return true;
      },
      close: () => page.close(),
    };
  } catch (error) {
    await page.close().catch(() => {});
    throw error;
  }
}

/** How many requests of a page are under way. */
function requestsOf(page: Page): () => number {
  const since = new Map<object, number>();
  page.on('request', (request) => since.set(request, Date.now()));
  for (const event of ['requestfinished', 'requestfailed'] as const)
    page.on(event, (request) => since.delete(request));
  return () => [...since.values()].filter((start) => Date.now() - start < longestRequest).length;
}
