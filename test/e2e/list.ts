import type { Page, Protocol } from 'puppeteer-core';
import type { Nadpis } from './browser.ts';

/** The one element of ours in a page. Its shadow root is closed: only a debugger sees inside. */
const host = 'nadpis-marks';

/** The demo's ERP list, drawn and read. */
export const openDemoList = async (nadpis: Nadpis, url: string): Promise<Page> => {
  const page = await nadpis.visit(url);
  await page.waitForSelector('.tabulator-row');
  return page;
};

/** Ticks rows of the demo's list by their place in it. */
export const tickRows = async (page: Page, places: readonly number[]): Promise<void> => {
  await page.bringToFront();
  for (const place of places) {
    await page.click(`.tabulator-table > .tabulator-row:nth-child(${place + 1}) .tabulator-row-header input`);
  }
  await page.waitForFunction(
    (count: number) => document.querySelectorAll('.tabulator-row.tabulator-selected').length === count,
    {},
    places.length,
  );
};

type Node = Protocol.DOM.Node;

const walk = function* (node: Node): Generator<Node> {
  yield node;
  for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) yield* walk(child);
  if (node.contentDocument) yield* walk(node.contentDocument);
};

const attribute = (node: Node, name: string) => {
  const place = (node.attributes ?? []).findIndex((text, at) => at % 2 === 0 && text === name);
  return place < 0 ? null : (node.attributes?.[place + 1] ?? '');
};

/** Everything in our shadow root that matches, through the debugger (Chromium). */
const marksIn = async (page: Page, matches: (node: Node) => boolean): Promise<Node[]> => {
  const session = await page.createCDPSession();
  try {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const ours = [...walk(root)].find((node) => node.nodeName.toLowerCase() === host);
    return ours === undefined ? [] : [...walk(ours)].filter(matches);
  } finally {
    await session.detach();
  }
};

/** Where a mark is to be clicked, once it is shown: the middle of its box. */
const placeOf = async (
  page: Page,
  matches: (node: Node) => boolean,
): Promise<{ x: number; y: number } | null> => {
  const session = await page.createCDPSession();
  try {
    for (const { backendNodeId } of await marksIn(page, matches)) {
      const box = await session.send('DOM.getBoxModel', { backendNodeId }).catch(() => null);
      if (box === null || box.model.width === 0) continue;
      const [x1 = 0, y1 = 0, , , x3 = 0, y3 = 0] = box.model.content;
      return { x: (x1 + x3) / 2, y: (y1 + y3) / 2 };
    }
    return null;
  } finally {
    await session.detach();
  }
};

const hasClass = (name: string) => (node: Node) => (attribute(node, 'class') ?? '').split(' ').includes(name);

/** What the bar says: how many rows are ticked, those out of sight included; null while there is no bar. */
const tickedOnBar = async (page: Page): Promise<number | null> => {
  const [said] = await marksIn(page, (node) => node.nodeName === 'STRONG');
  const figures =
    said &&
    [...walk(said)]
      .map(({ nodeValue }) => nodeValue)
      .join('')
      .replace(/\D/g, '');
  return figures ? Number(figures) : null;
};

/** Waits until the bar counts so many rows, as a person sees it before going on (Chromium). */
export const barCounts = (page: Page, count: number): Promise<true> =>
  until(page, `A bar that counts ${count}`, async () => ((await tickedOnBar(page)) === count ? true : null));

const until = async <Result>(
  page: Page,
  what: string,
  look: () => Promise<Result | null>,
): Promise<Result> => {
  const limit = Date.now() + 60_000;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > limit) throw new Error(`${what} did not appear on ${page.url()}`);
    // One frame of the page: marks are drawn in frames.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));
  }
};

/**
 * In Firefox nobody sees into the closed root. The bar is found by pointing: it is the only wide thing of ours, and its
 * SMS button stands before the small one at its right end.
 */
const smsByPointing = (page: Page): Promise<{ x: number; y: number } | null> =>
  page.evaluate((name) => {
    const step = 6;
    const isOurs = (x: number, y: number) => document.elementFromPoint(x, y)?.localName === name;
    for (let y = innerHeight - step; y > 0; y -= step) {
      for (let x = 0, run = 0; x < innerWidth; x += step) {
        run = isOurs(x, y) ? run + 1 : 0;
        if (run * step < 200) continue;
        let right = x;
        while (isOurs(right + step, y)) right += step;
        let top = y;
        while (isOurs(x, top - step)) top -= step;
        return { x: right - 110, y: (y + top) / 2 };
      }
    }
    return null;
  }, host);

/** Chooses SMS on the bar of the list, as a person does with the mouse. */
export const pressSms = async (nadpis: Nadpis, page: Page): Promise<void> => {
  await page.bringToFront();
  const look = () => (nadpis.kind === 'firefox' ? smsByPointing(page) : placeOf(page, hasClass('send')));
  const { x, y } = await until(page, 'The bar', look);
  await page.mouse.click(x, y);
};

/** Chooses SMS and waits for the composer, wherever the browser puts it. */
export const chooseSms = async (nadpis: Nadpis, page: Page): Promise<Page> => {
  await pressSms(nadpis, page);
  return nadpis.appears((url) => url.startsWith(nadpis.url('composer.html')));
};

/**
 * Rows of the demo's list with a small mark of ours, found by pointing at them: it works without a debugger. The bar,
 * which is wide, lies over rows too.
 */
const rowsUnderMarks = (page: Page) =>
  page.$$eval(
    '.tabulator-row',
    (rows, name) =>
      rows.filter((row) => {
        const { left, right, top, height } = row.getBoundingClientRect();
        const y = top + height / 2;
        let width = 0;
        for (let x = Math.max(left, 1); x < right; x += 3) {
          if (document.elementFromPoint(x, y)?.localName === name) width += 3;
        }
        return width > 0 && width < 60;
      }).length,
    host,
  );

/** Waits until so many rows of the demo's list are marked as delivered; in Firefox, marked at all. */
export const rowsMarkedDelivered = async (nadpis: Nadpis, page: Page, count: number): Promise<void> => {
  const marked = async () =>
    nadpis.kind === 'firefox'
      ? rowsUnderMarks(page)
      : (
          await marksIn(
            page,
            (node) => hasClass('state')(node) && attribute(node, 'data-state') === 'delivered',
          )
        ).length;
  await page.bringToFront();
  await until(page, `${count} rows marked as delivered`, async () =>
    (await marked()) === count ? true : null,
  );
};
