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

/** In Firefox nobody sees into the closed root: the bar's SMS button is reached as by keyboard users, with Tab. */
const pressSmsByKeyboard = async (page: Page): Promise<void> => {
  await page.waitForSelector(host);
  await until(page, 'The bar', async () => {
    await page.keyboard.press('Tab');
    return (await page.evaluate((name) => document.activeElement?.localName === name, host)) ? true : null;
  });
  await page.keyboard.press('Enter');
};

/** Chooses SMS on the bar of the list, as a person does with the mouse. */
export const pressSms = async (nadpis: Nadpis, page: Page): Promise<void> => {
  await page.bringToFront();
  if (nadpis.kind === 'firefox') return pressSmsByKeyboard(page);
  const { x, y } = await until(page, 'The bar', () => placeOf(page, hasClass('send')));
  await page.mouse.click(x, y);
};

/** Chooses SMS and waits for the composer, wherever the browser puts it. */
export const chooseSms = async (nadpis: Nadpis, page: Page): Promise<Page> => {
  await pressSms(nadpis, page);
  return nadpis.appears((url) => url.startsWith(nadpis.url('composer.html')));
};

/** Waits until so many rows are marked with a message's state; in Firefox only that our marks are there. */
export const rowStates = async (page: Page, count: number, state = 'good'): Promise<number> => {
  const shown = () => marksIn(page, (node) => hasClass('state')(node) && hasClass(state)(node));
  await until(page, `${count} marks of the state ${state}`, async () =>
    (await shown()).length === count ? true : null,
  );
  return count;
};
