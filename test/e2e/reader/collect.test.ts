import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildPages, built } from '../../pages/build.ts';
import type { Truth } from '../../pages/truth.ts';
import { composerOn } from '../composer.ts';
import { chooseSms } from '../list.ts';
import { company, openWorld, type World } from '../world.ts';
import { barSays, clickMark, hasMark } from './marks.ts';

const digits = (number: string) => number.replace(/\D/g, '').replace(/^48(?=\d{9}$)/, '');

interface Grid {
  name: string;
  tick: string;
  /** What scrolls, or the control that says which page is shown. */
  place(page: Page): Promise<number>;
}

const scrollTop = (selector: string) => (page: Page) =>
  page.$eval(selector, (element) => Math.round(element.scrollTop));

const grids: readonly Grid[] = [
  {
    name: 'ag-grid',
    tick: '[role=row][row-index="0"] input[type=checkbox]',
    place: scrollTop('.ag-grid-viewport, .ag-body-viewport'),
  },
  {
    name: 'tabulator',
    tick: '.tabulator-row input[type=checkbox]',
    place: scrollTop('.tabulator-tableholder'),
  },
  { name: 'react-table', tick: 'tbody tr button[role=checkbox]', place: scrollTop('#root > div') },
  {
    name: 'datatables',
    tick: 'tbody tr input[type=checkbox]',
    place: (page) => page.$eval('.dt-paging-button.current', (button) => Number(button.textContent)),
  },
];

describe.each(grids)('the whole list of $name', ({ name, tick, place }) => {
  let world: World;
  let truth: Truth;
  beforeAll(async () => {
    await buildPages();
    world = await openWorld('chromium', { language: 'pl', folders: { '/': built } });
    truth = JSON.parse(readFileSync(join(built, `${name}.truth.json`), 'utf8')) as Truth;
  }, 240_000);
  afterAll(() => world?.close());
  beforeEach(() => world.tidy());

  const open = async () => {
    const page = await world.nadpis.visit(`${world.listUrl}${name}.html`);
    await page.waitForSelector(tick);
    await page.click(tick);
    await barSays(page, /Zaznaczono: 1/);
    return page;
  };
  const people = () => new Set(truth.numbers.map(({ row }) => row));

  test('is collected for the user, each person with their own number, and the list stands where it stood', async () => {
    const page = await open();
    const before = await place(page);
    await clickMark(page, 'Zbierz całą listę');
    await barSays(page, /Zbieram|Zebrano/);
    await barSays(page, /^Zaznaczono/, 180_000);
    expect(await place(page)).toBe(before);

    const composer = composerOn(await chooseSms(world.nadpis, page));
    await composer.chooseCompany(company);
    const wanted = new Set(
      truth.numbers.filter(({ kind }) => kind === 'mobile').map(({ e164 }) => digits(e164)),
    );
    const got = new Set((await composer.recipients()).map(({ number }) => digits(number)));
    const strangers = [...got].filter((number) => !truth.numbers.some(({ e164 }) => digits(e164) === number));
    expect(strangers).toEqual([]);
    // The composer shows its first recipients only; the bar has counted all of them.
    expect(got.size).toBeGreaterThan(Math.min(20, wanted.size) - 1);
    const count = Number((await barSays(page, /^Zaznaczono/)).replace(/\D/g, ''));
    expect(count).toBeGreaterThanOrEqual(people().size);
  }, 300_000);

  test('is left when the user presses Escape, with what was collected till then', async () => {
    const page = await open();
    await clickMark(page, 'Zbierz całą listę');
    await barSays(page, /Zbieram|Zebrano/);
    await page.keyboard.press('Escape');
    const said = await barSays(page, /^Zaznaczono/);
    expect(Number(said.replace(/\D/g, ''))).toBeGreaterThanOrEqual(1);
    expect(await hasMark(page, 'Zatrzymaj')).toBe(false);
  }, 120_000);
});
