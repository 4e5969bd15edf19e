import type { Page } from 'puppeteer-core';
import type { Nadpis } from './browser.ts';

/** How a page is before and after we come to it, told from the page's own side. */

export interface Snapshot {
  /** The whole tree: elements with attributes and values, text, open shadow roots, frames of the same origin. */
  tree: string[];
  /** Elements of ours, and where they stand. */
  ours: string[];
  /** Names in the page's global object. */
  globals: number;
  focus: string;
}

/** What the page had to complain about since it was opened. */
export interface Complaints {
  errors: string[];
  /** Breaches of its content security policy. */
  breaches: string[];
}

declare global {
  interface Window {
    pageComplaints?: string[];
    pageChangedAt?: number;
  }
}

/** Opens a page before the reader comes to it, and listens to what the page says. */
export async function openBare(
  nadpis: Nadpis,
  url: string,
): Promise<{ page: Page; complaints(): Promise<Complaints> }> {
  const page = await nadpis.browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.evaluateOnNewDocument(() => {
    window.pageComplaints = [];
    window.pageChangedAt = performance.now();
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      window.pageComplaints?.push(`${violatedDirective} ${blockedURI}`),
    );
    new MutationObserver(() => {
      window.pageChangedAt = performance.now();
    }).observe(document, { childList: true, subtree: true, attributes: true, characterData: true });
  });
  await page.bringToFront();
  await page.goto(url, { waitUntil: 'load' });
  await atRest(page);
  return {
    page,
    complaints: async () => ({ errors, breaches: await page.evaluate(() => window.pageComplaints ?? []) }),
  };
}

/** Waits until nothing has changed for a while. */
export const atRest = (page: Page, calm = 120): Promise<unknown> =>
  page.waitForFunction(
    (wanted: number) => performance.now() - (window.pageChangedAt ?? 0) > wanted,
    { polling: 50 },
    calm,
  );

/** The background as it works in a browser, for what only it can do. */
async function background(nadpis: Nadpis) {
  const target = await nadpis.browser.waitForTarget(
    (one) => one.type() === 'service_worker' && one.url().startsWith(nadpis.url('')),
  );
  const worker = await target.worker();
  if (worker === null) throw new Error('The background does not run');
  return worker;
}

/** From here on pages are bare until `letIn`: as on a site that is granted while it is open. */
export async function keepOut(nadpis: Nadpis): Promise<void> {
  const worker = await background(nadpis);
  await worker.evaluate(async () => {
    for (let waited = 0; waited < 100; waited += 1) {
      const registered = await chrome.scripting.getRegisteredContentScripts();
      if (registered.length > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await chrome.scripting.unregisterContentScripts();
  });
}

/** Puts the reader into a page that is open, as the background does when its site is granted. */
export async function letIn(nadpis: Nadpis, page: Page): Promise<void> {
  const worker = await background(nadpis);
  await worker.evaluate(async (url: string) => {
    const tabs = await chrome.tabs.query({ active: true });
    const tab = tabs.find((one) => one.url === url);
    if (tab?.id === undefined) throw new Error(`No tab shows ${url}`);
    await chrome.scripting.executeScript({ target: { tabId: tab.id }, files: ['/content-scripts/page.js'] });
  }, page.url());
}

/** The middle of the first text or value that shows this; null when it is not shown as a whole. */
export const placeOf = (page: Page, shown: string): Promise<{ x: number; y: number } | null> =>
  page.evaluate((wanted) => {
    const middle = ({ x, y, width, height }: DOMRect) =>
      width > 0 && height > 0 && y > 0 && y + height < innerHeight && x + width / 2 < innerWidth
        ? { x: x + width / 2, y: y + height / 2 }
        : null;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      const start = node.data.indexOf(wanted);
      if (start < 0 || node.parentElement?.checkVisibility() !== true) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + wanted.length);
      const place = middle(range.getBoundingClientRect());
      if (place) return place;
    }
    for (const input of document.querySelectorAll('input'))
      if (input.value.includes(wanted) && input.checkVisibility())
        return middle(input.getBoundingClientRect());
    return null;
  }, shown);

export const hasMarks = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('nadpis-marks') !== null, {
    polling: 50,
    timeout: 10_000,
  });

/** Points at a place, as a person does who waits for the mark there: the page may not have been read yet. */
export async function pointAt(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    await page.mouse.move(1, 1);
    await page.mouse.move(x, y);
    const marked = await page.evaluate(
      () =>
        new Promise<boolean>((resolve) =>
          setTimeout(() => resolve(document.querySelector('nadpis-marks') !== null), 60),
        ),
    );
    if (marked) return;
  }
  throw new Error(`Nothing of ours came where the pointer is on ${page.url()}`);
}

export const snapshotOf = (page: Page): Promise<Snapshot> =>
  page.evaluate(() => {
    const tree: string[] = [];
    const ours: string[] = [];
    const visit = (node: Node): void => {
      if (node.nodeType === Node.TEXT_NODE) tree.push((node as Text).data);
      else if (node.nodeType === Node.COMMENT_NODE) tree.push(`<!--${(node as Comment).data}-->`);
      if (!(node instanceof Element)) {
        if (node.nodeType !== Node.TEXT_NODE) for (const child of node.childNodes) visit(child);
        return;
      }
      if (node.localName.startsWith('nadpis')) {
        ours.push(
          `${node.parentElement?.localName} > ${node.localName}, ${node.attributes.length} attributes`,
        );
        return;
      }
      const { value, checked, selectedIndex } = node as HTMLInputElement & HTMLSelectElement;
      tree.push(
        [
          node.localName,
          ...[...node.attributes].map((one) => `${one.name}=${one.value}`),
          ...[value, checked, selectedIndex].filter((one) => one !== undefined),
        ].join(' '),
      );
      if (node.shadowRoot) visit(node.shadowRoot);
      if (node instanceof HTMLIFrameElement && node.contentDocument) {
        const inner = node.contentDocument.documentElement;
        tree.push(inner.outerHTML);
      }
      for (const child of node.childNodes) visit(child);
    };
    visit(document);
    return {
      tree,
      ours,
      globals: Object.getOwnPropertyNames(window).length,
      focus: document.activeElement?.localName ?? '',
    };
  });
