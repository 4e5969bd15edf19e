import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import { composerOn } from './composer.ts';
import { captureOf, handOver } from './hand-over.ts';
import { barCounts, openDemoList } from './list.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld('chromium', { language: 'pl' });
}, 240_000);
afterAll(() => world?.close());

/** Presses Tab until the focus is where it should be; a page has only so many stops. */
const tabTo = async (page: Page, isThere: (active: Element | null) => boolean) => {
  for (let stops = 0; stops < 250; stops += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`(${isThere})(document.activeElement)`)) return;
  }
  throw new Error(`The keyboard does not get there on ${page.url()}`);
};

/**
 * The shortcut of the composer (Ctrl+Shift+2). Without a window the browser takes no shortcuts of its own, so the
 * command is given where the browser would give it; as it is no gesture there, the composer comes in its own window.
 */
const openByCommand = async () => {
  const { browser, url } = world.nadpis;
  const target = await browser.waitForTarget(
    (one) => one.type() === 'service_worker' && one.url().startsWith(url('')),
  );
  const worker = await target.worker();
  await worker?.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ url: 'http://127.0.0.1/*' });
    const command = chrome.commands.onCommand as unknown as { dispatch(name: string, tab: unknown): void };
    command.dispatch('open-composer', tab);
  });
};

test('from the list to the result without a mouse: ticks by Space, the composer by its shortcut, the send by Ctrl+Enter', async () => {
  const [first, second] = makePeople(2);
  const list = await openDemoList(world.nadpis, world.listUrl);
  await tabTo(list, (active) => active?.closest('.tabulator-row') !== null && active?.localName === 'input');
  await list.keyboard.press('Space');
  await barCounts(list, 1);
  await tabTo(list, (active) => active?.closest('.tabulator-row') !== null && active?.localName === 'input');
  await list.keyboard.press('Space');
  await barCounts(list, 2);
  await openByCommand();

  const page = await world.nadpis.appears((url) => url.startsWith(world.nadpis.url('composer.html')));
  const composer = composerOn(page);
  await composer.receives(2);
  // The company, by its first letter.
  await tabTo(page, (active) => active?.matches('.company-choice select') === true);
  await page.keyboard.type('N');
  await page.waitForSelector('.sender-name');
  await tabTo(page, (active) => active?.id === 'text');
  await page.keyboard.type('Bez myszy, {');
  // The field is chosen from the suggestions.
  await page.waitForSelector('#suggestions');
  await page.keyboard.type('Imi');
  await page.keyboard.press('Enter');
  const previews = await composer.previews(2);
  expect(previews).toEqual([`Bez myszy, ${first?.firstName}`, `Bez myszy, ${second?.firstName}`]);

  await composer.canSend();
  await page.keyboard.down('Control');
  await page.keyboard.press('Enter');
  await page.keyboard.up('Control');
  await composer.accepted();
  await composer.all('delivered', 2);
  expect((await world.sandbox.texts()).filter(({ text }) => text.startsWith('Bez myszy'))).toHaveLength(2);
}, 240_000);

/** Tab stops of a page, and whether each shows that the focus is there: an outline, at the stop or around it. */
const stopsOf = async (page: Page): Promise<{ stop: string; shows: boolean }[]> => {
  const stops: { stop: string; shows: boolean }[] = [];
  await page.bringToFront();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let count = 0; count < 80; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const active = document.activeElement as HTMLElement | null;
      if (active === null || active === document.body) return null;
      if (active.dataset.met === 'yes') return null;
      active.dataset.met = 'yes';
      const { outlineStyle, outlineWidth } = getComputedStyle(active);
      const name = active.getAttribute('aria-label') ?? active.id ?? '';
      return {
        stop: `${active.localName} ${name || active.textContent?.trim().slice(0, 30)}`,
        shows: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1,
      };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
};

test('wherever the focus goes in the composer and the settings, it is seen', async () => {
  const composer = await world.composer();
  await handOver(composer, captureOf(makePeople(8)));
  await composer.receives(5);
  const stops = await stopsOf(composer.page);
  expect(stops.length).toBeGreaterThan(15);
  expect(stops.filter(({ shows }) => !shows)).toEqual([]);
  await composer.page.close();

  for (const screen of ['account', 'organisation', 'packages', 'sites']) {
    const page = await world.nadpis.open(`options.html#${screen}`);
    await page.waitForSelector('main h1');
    await page.waitForFunction(() => document.querySelector('.loading') === null);
    const there = await stopsOf(page);
    expect(there.length).toBeGreaterThan(15);
    expect(there.filter(({ shows }) => !shows)).toEqual([]);
    await page.close();
  }
}, 240_000);
