import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Capture } from '../../extension/bridge/capture.ts';
import { handOver } from './hand-over.ts';
import { openWorld, type World } from './world.ts';

/** People whose numbers tell the sandbox what is to become of their texts: by the last three digits. */
const captureOf = (id: string, people: Record<string, string>): Capture => ({
  id,
  takenAt: Date.now(),
  page: { url: 'http://127.0.0.1/zamowienia', title: 'Zamówienia' },
  where: 'list',
  list: 'zamowienia',
  columns: ['Imię'],
  people: Object.entries(people).map(([name, number]) => ({
    row: name,
    name,
    shown: number,
    numbers: [{ shown: number, e164: `+48${number.replaceAll(' ', '')}`, kind: 'mobile' }],
    fields: { Imię: name },
  })),
  collected: { rows: Object.keys(people).length, total: null },
});

const textsOf = (page: Page, selector: string) =>
  page.$$eval(selector, (found) => found.map((one) => one.textContent?.replace(/\s+/g, ' ').trim() ?? ''));

describe('the history, in chromium', () => {
  let world: World;
  let page: Page;
  const downloads = mkdtempSync(join(tmpdir(), 'nadpis-downloads-'));
  beforeAll(async () => {
    world = await openWorld('chromium', { language: 'pl' });
  }, 240_000);
  afterAll(async () => {
    await world?.close();
    rmSync(downloads, { recursive: true, force: true });
  });

  const send = async (capture: Capture, text: string) => {
    const composer = await world.composer();
    await handOver(composer, capture);
    await composer.receives(capture.people.length);
    await composer.write(text);
    await composer.send();
    await composer.accepted();
    return composer;
  };

  /** The file that the browser saves next. */
  const file = async (known: readonly string[]): Promise<string> => {
    for (const until = Date.now() + 20_000; Date.now() < until; await wait(100)) {
      const name = readdirSync(downloads).find((one) => one.endsWith('.csv') && !known.includes(one));
      if (name !== undefined) return readFileSync(join(downloads, name), 'utf8');
    }
    throw new Error('No file was downloaded');
  };

  test('what was sent is found from the composer’s result: each message with its end', async () => {
    const people = { Anna: '600 300 200', Jan: '600 300 001', Ewa: '600 300 003' };
    const composer = await send(captureOf('first', people), 'Zamówienie czeka, {Imię}.');
    const link = await composer.page.waitForSelector('.result a[target=nadpis-history]');
    const address = await link?.evaluate((one) => (one as HTMLAnchorElement).href);
    page = await world.nadpis.visit(address ?? '');
    await page.waitForFunction(() => {
      const states = [...document.querySelectorAll('.sent .state')].map(({ textContent }) => textContent);
      return states.join() === 'dostarczono,nie dostarczono,odrzucono';
    });
    expect(await textsOf(page, '.sent a')).toEqual(['Anna', 'Jan', 'Ewa']);
    expect(await textsOf(page, 'main [role=status]')).toEqual(['Znamy już wynik każdej wiadomości.']);
    await composer.page.close();
  });

  test('one message is a timeline: taken by the operator, then reported', async () => {
    await page.click('.sent li:nth-child(2) a');
    await page.waitForSelector('.timeline');
    expect(await textsOf(page, '.timeline strong')).toEqual(['operator przyjął', 'nie dostarczono']);
    expect(await page.$eval('.bubble-text', ({ textContent }) => textContent)).toBe('Zamówienie czeka, Jan.');
    // The screen has changed: whoever hears it begins at its heading.
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('H1');
    await page.goBack();
    await page.waitForSelector('.sent');
  });

  test('its messages come as a file that a spreadsheet opens', async () => {
    const session = await page.createCDPSession();
    await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
    await page.click('section[aria-labelledby=messages-title] .card-head button');
    const rows = (await file([])).trimEnd().split('\r\n');
    expect(rows[0]).toBe('﻿Imię lub nazwa;Numer;Stan;Stan od;Powód;Części;Treść');
    expect(rows[2]).toMatch(/^Jan;\+48600300001;nie dostarczono;2\d{3}-.*;1;Zamówienie czeka, Jan\.$/);
    expect(rows).toHaveLength(4);
  });

  test('batches are found by words, state and day; the look stands in the address', async () => {
    const composer = await send(captureOf('second', { Piotr: '600 300 201' }), 'Dziękujemy za wpłatę.');
    await composer.all('delivered', 1);
    await composer.page.close();
    await page.bringToFront();
    await page.goto(world.nadpis.url('sent.html#batches'));
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('.cards > li').length === 2);
    expect((await textsOf(page, '.batch-text'))[0]).toBe('Dziękujemy za wpłatę.');

    await page.type('.filters input[type=search]', 'dziekujemy');
    await page.waitForFunction(() => document.querySelectorAll('.cards > li').length === 1);
    expect(page.url()).toContain('search=dziekujemy');
    await page.reload();
    await page.waitForFunction(() => document.querySelectorAll('.cards > li').length === 1);
    expect(await textsOf(page, '.batch-text')).toEqual(['Dziękujemy za wpłatę.']);
    await page.click('.filters > .link');
    await page.waitForFunction(() => document.querySelectorAll('.cards > li').length === 2);

    await page.select('.filters .field:has(option[value=failed]) select', 'failed');
    await page.waitForFunction(() => document.querySelectorAll('.cards > li').length === 1);
    expect(await textsOf(page, '.batch-text')).toEqual(['Zamówienie czeka, {Imię}.']);
    await page.goto(world.nadpis.url('sent.html#batches?to=2020-01-01'));
    await page.reload();
    await page.waitForSelector('main > .empty');
    expect(await textsOf(page, 'main > .empty')).toEqual(['Nic nie pasuje do tych filtrów.']);
  });

  test('charts are painted, and say the same in a table', async () => {
    await page.goto(world.nadpis.url('sent.html#statistics'));
    await page.reload();
    await page.waitForSelector('.chart canvas');
    expect(await page.$$eval('.chart canvas', (canvases) => canvases.length)).toBe(2);
    const painted = () =>
      page.$eval('.chart canvas', (one) => {
        const canvas = one as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
        return new Set(new Uint32Array(data?.buffer ?? new ArrayBuffer(0))).size;
      });
    expect(await painted()).toBeGreaterThan(3);
    // The part of the one that was refused at once has come back.
    expect(await textsOf(page, '.totals dd')).toEqual(['4', '2', '2', '3']);
    expect((await textsOf(page, 'tbody td')).slice(0, 4)).toEqual(['4', '2', '2', '3']);
  });
});
