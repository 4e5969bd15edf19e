import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import { captureOf, handOver } from './hand-over.ts';
import { troubles } from './troubles.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld('chromium', { language: 'pl' });
}, 240_000);
afterAll(() => world?.close());

const inBothColours = async (page: Page) => {
  for (const value of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    expect(await troubles(page)).toEqual([]);
  }
};

test('the phones of /sandbox show a text as it comes: from whom, what, how many parts; and the mail with it, without a reload', async () => {
  const [person] = makePeople(1);
  const page = await world.nadpis.visit(`${world.server().url}/sandbox?lang=pl`);
  await page.waitForSelector('.live.on');
  const loaded = await page.evaluate(() => performance.timeOrigin);
  expect(await page.$('.phone')).toBeNull();
  const mails = await page.$$eval('.mail', (all) => all.length);

  const composer = await world.composer();
  await handOver(composer, captureOf(makePeople(1)));
  await composer.receives(1);
  await composer.write('Dzień dobry {Imię}, już idzie.');
  await composer.send();
  await composer.accepted();
  await composer.all('delivered', 1);

  await page.bringToFront();
  await page.waitForSelector('.phone .delivered');
  const phone = await page.$eval('.phone', (one) => one.textContent?.replace(/\s+/g, ' ') ?? '');
  expect(phone).toContain('600 100 200');
  expect(phone).toContain('Firma Nowak');
  expect(phone).toContain(`Dzień dobry ${person?.firstName}, już idzie.`);
  expect(phone).toContain('1 część');
  expect(phone).toMatch(/\d\d:\d\d/);

  await fetch(`${world.server().url}/v1/session/codes`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email: 'handel@nadpis.example' }),
  });
  await page.waitForFunction(
    (before: number) => document.querySelectorAll('.mail').length > before,
    {},
    mails,
  );
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loaded);
  await inBothColours(page);
}, 240_000);

test('the reference at /docs is found from the bare address’s page and is right for everyone', async () => {
  const page = await world.nadpis.visit(`${world.server().url}/`);
  expect(new URL(page.url()).pathname).toBe('/sandbox');
  await page.goto(`${world.server().url}/docs`);
  await page.waitForSelector('#problem-insufficient-parts');
  await inBothColours(page);
  await page.setViewport({ width: 360, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
}, 120_000);
