import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildPages, built } from '../pages/build.ts';
import type { Truth } from '../pages/truth.ts';
import { composerOn } from './composer.ts';
import { barCounts, chooseSms } from './list.ts';
import { company, openWorld, type World } from './world.ts';

/** How a person finds and ticks a row of each grid. `place` counts from 0. */
interface Grid {
  name: string;
  row: string;
  tick: string;
  /** Brings the row with that place into view. */
  reach(page: Page, place: number): Promise<void>;
  places: readonly number[];
}

/** All rows are as high: a place of a thousand is the same part of the way down. */
const scrolling = (container: string) => async (page: Page, place: number) => {
  await page.$eval(
    container,
    (element, part) => {
      element.scrollTop = Math.max(0, element.scrollHeight * part - 60);
    },
    place / 1000,
  );
};

const perPage = 25;
const across = [0, 2, 5, 12, 240, 241, 500, 771, 990, 999];

const grids: readonly Grid[] = [
  {
    name: 'ag-grid',
    row: '[role=row]',
    tick: 'input[type=checkbox]',
    reach: scrolling('.ag-grid-viewport, .ag-body-viewport'),
    places: across,
  },
  {
    name: 'tabulator',
    row: '.tabulator-row',
    tick: 'input[type=checkbox]',
    reach: scrolling('.tabulator-tableholder'),
    places: across,
  },
  {
    name: 'datatables',
    row: 'tbody tr',
    tick: 'input[type=checkbox]',
    reach: async (page, place) => {
      const wanted = String(Math.floor(place / perPage) + 1);
      const current = () => page.$eval('.dt-paging-button.current', (button) => button.textContent ?? '');
      while (Number(await current()) < Number(wanted)) await page.click('.dt-paging-button.next');
    },
    places: [0, 3, 5, 24, 25, 40, 60, 74],
  },
  {
    name: 'react-table',
    row: 'tbody tr',
    tick: 'button[role=checkbox]',
    reach: scrolling('#root > div'),
    places: across,
  },
];

const digits = (number: string) => number.replace(/\D/g, '').replace(/^48(?=\d{9}$)/, '');

/** Ticks the row that shows this text, which no other row shows, once it is there. */
const tick = async (page: Page, grid: Grid, text: string) => {
  const found = await page.waitForFunction(
    (rowSelector: string, tickSelector: string, wanted: string) => {
      const rows = [...document.querySelectorAll(rowSelector)];
      const at = rows.find((row) => row.textContent?.includes(wanted));
      if (at === undefined) return null;
      // A frozen pane holds the same row a second time: its tick may stand in the other half.
      const index = at.getAttribute('row-index');
      const halves = index === null ? [at] : rows.filter((row) => row.getAttribute('row-index') === index);
      for (const half of halves) {
        const box = half.querySelector(tickSelector);
        if (box !== null) return box;
      }
      return null;
    },
    {},
    grid.row,
    grid.tick,
    text,
  );
  const box = found.asElement();
  if (box === null) throw new Error(`${grid.name} shows no row with ${text}`);
  await (box as import('puppeteer-core').ElementHandle<Element>).click();
};

describe.each(grids)('ticking across a thousand rows of $name', (grid) => {
  let world: World;
  let truth: Truth;
  beforeAll(async () => {
    await buildPages();
    world = await openWorld('chromium', { language: 'pl', folders: { '/': built } });
    truth = JSON.parse(readFileSync(join(built, `${grid.name}.truth.json`), 'utf8')) as Truth;
  }, 240_000);
  afterAll(() => world?.close());
  beforeEach(() => world.tidy());

  test('the ticked people are captured and sent to by their own numbers, wherever they were scrolled to, and nobody else', async () => {
    const page = await world.nadpis.visit(`${world.listUrl}${grid.name}.html`);
    await page.waitForSelector(`${grid.row} ${grid.tick}`);
    const unique = (key: string) => {
      const shown = truth.decoys.find(({ row, field }) => row === key && /NIP|zamówienia/.test(field))?.shown;
      if (shown === undefined) throw new Error(`Row ${key} shows nothing of its own`);
      return shown;
    };
    for (const [count, place] of grid.places.entries()) {
      await grid.reach(page, place);
      await tick(page, grid, unique(String(place + 1)));
      await barCounts(page, count + 1);
    }

    const composer = composerOn(await chooseSms(world.nadpis, page));
    await composer.chooseCompany(company);
    await composer.receivesAll(grid.places.length);
    const keys = grid.places.map((place) => String(place + 1));
    const expected = keys.map((key) => {
      const numbers = truth.numbers.filter(({ row }) => row === key);
      return { key, name: numbers[0]?.name, numbers };
    });
    const takesSms = ({ numbers }: (typeof expected)[number]) =>
      numbers.some(({ kind }) => kind !== 'landline');
    const wanted = expected
      .filter(takesSms)
      .map(
        ({ name, numbers }) =>
          `${name} ${digits(numbers.find(({ kind }) => kind !== 'landline')?.e164 ?? '')}`,
      );

    const sent = (await composer.recipients()).map(({ name, number }) => `${name} ${digits(number)}`);
    expect(sent.sort()).toEqual(wanted.sort());
    const skipped = await composer.skipped();
    expect(skipped).toHaveLength(expected.filter((one) => !takesSms(one)).length);
    for (const { note } of skipped) expect(note).not.toBe('');

    // Most of them are out of view by now; each of them gets the text, and nobody else.
    const text = `Do zaznaczonych w ${grid.name}.`;
    await composer.write(text);
    await composer.send();
    await composer.accepted();
    await composer.all('delivered', wanted.length);
    const arrived = (await world.sandbox.texts()).filter((one) => one.text === text);
    expect(arrived.map(({ number }) => digits(number)).sort()).toEqual(
      wanted.map((one) => one.split(' ').at(-1)).sort(),
    );
  }, 240_000);
});
