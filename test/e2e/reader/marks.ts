import type { Page, Protocol } from 'puppeteer-core';

/** Our marks in a page, seen through the debugger: their shadow root is closed (Chromium). */

type Node = Protocol.DOM.Node;

const host = 'nadpis-marks';

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) yield* walk(child);
  if (node.contentDocument) yield* walk(node.contentDocument);
}

const attribute = (node: Node, name: string): string | null => {
  const at = (node.attributes ?? []).findIndex((text, place) => place % 2 === 0 && text === name);
  return at < 0 ? null : (node.attributes?.[at + 1] ?? '');
};

const textOf = (node: Node): string =>
  [...walk(node)]
    .map(({ nodeValue }) => nodeValue)
    .join('')
    .trim();

const isHidden = (node: Node): boolean => attribute(node, 'hidden') !== null;

/** Everything of ours that is shown. */
const marks = async (page: Page): Promise<Node[]> => {
  const session = await page.createCDPSession();
  try {
    const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true });
    const ours = [...walk(root)].find((node) => node.nodeName.toLowerCase() === host);
    const shown: Node[] = [];
    const visit = (node: Node): void => {
      if (isHidden(node)) return;
      shown.push(node);
      for (const child of [...(node.children ?? []), ...(node.shadowRoots ?? [])]) visit(child);
    };
    if (ours) visit(ours);
    return shown;
  } finally {
    await session.detach();
  }
};

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const until = async <T>(what: string, look: () => Promise<T | null>, patience = 30_000): Promise<T> => {
  for (const limit = Date.now() + patience; ; await pause(60)) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > limit) throw new Error(`${what} did not appear`);
  }
};

const title = async (page: Page): Promise<string | null> => {
  const said = (await marks(page)).find((node) => node.nodeName === 'STRONG');
  return said ? textOf(said) : null;
};

/** Waits for what the bar says first. @returns its words */
export const barSays = (page: Page, words: RegExp, patience?: number): Promise<string> =>
  until(
    `A bar that says ${words}`,
    async () => {
      const said = await title(page);
      return said !== null && words.test(said) ? said : null;
    },
    patience,
  );

/** Waits until there is no bar. */
export const noBar = (page: Page): Promise<true> =>
  until('A page without the bar', async () => ((await title(page)) === null ? true : null));

const named = (name: string | RegExp) => (node: Node) => {
  if (node.nodeName !== 'BUTTON') return false;
  const said = attribute(node, 'aria-label') ?? textOf(node);
  return typeof name === 'string' ? said === name : name.test(said);
};

export const hasMark = async (page: Page, name: string | RegExp): Promise<boolean> =>
  (await marks(page)).some(named(name));

/** All texts of ours that are shown. */
export const shownTexts = async (page: Page): Promise<string[]> =>
  (await marks(page)).filter((node) => node.nodeType === 3).map((node) => node.nodeValue);

/** Clicks one of our buttons by its name, with the mouse. */
export const clickMark = async (page: Page, name: string | RegExp): Promise<void> => {
  await page.bringToFront();
  const { x, y } = await until(`A button ${name}`, async () => {
    const node = (await marks(page)).find(named(name));
    if (!node) return null;
    const session = await page.createCDPSession();
    try {
      const box = await session
        .send('DOM.getBoxModel', { backendNodeId: node.backendNodeId })
        .catch(() => null);
      if (!box || box.model.width === 0) return null;
      const [x1 = 0, y1 = 0, , , x3 = 0, y3 = 0] = box.model.content;
      return { x: (x1 + x3) / 2, y: (y1 + y3) / 2 };
    } finally {
      await session.detach();
    }
  });
  await page.mouse.click(x, y);
};
