import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import { captureOf, handOver } from './hand-over.ts';
import { troubles } from './troubles.ts';
import { openWorld, type World } from './world.ts';

/** A key of the locales that stands there instead of its text. */
const rawKeys = (page: Page) =>
  page.evaluate(() => document.body.textContent.match(/\b[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)+\b/g) ?? []);

const screens = [
  'account',
  'templates',
  'organisation',
  'sender-names',
  'mail-account',
  'blocked-names',
  'company-sms',
  'packages',
  'operators',
  'people',
  'company',
  'hrm',
  'hrm-events',
  'hrm-employees',
  'hrm-consents',
  'hrm-report',
  'hrm-webhook',
  'privacy',
  'sites',
  'api-keys',
  'audit',
  'about',
];

describe.each(['pl', 'en'] as const)('every page of the extension, in %s', (language) => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld('chromium', { language });
  });
  afterAll(() => world?.close());

  const look = async (page: Page, colours: 'light' | 'dark') => {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: colours }]);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
    expect(await rawKeys(page)).toEqual([]);
    expect(await troubles(page)).toEqual([]);
  };

  test.each(screens)('settings: %s', async (screen) => {
    const page = await world.nadpis.open(`options.html#${screen}`);
    await page.waitForSelector('main h1, main h2');
    await page.waitForFunction(() => document.querySelector('.loading') === null);
    await look(page, 'light');
    await look(page, 'dark');
    await page.close();
  });

  test('the composer: empty, with people and text, with its result', async () => {
    const composer = await world.composer();
    await look(composer.page, 'light');
    await handOver(composer, captureOf(makePeople(8)));
    await composer.receives(5);
    await composer.write('Dzień dobry {Imię}!');
    await composer.previews(5);
    await look(composer.page, 'light');
    await look(composer.page, 'dark');
    await composer.send();
    await composer.accepted();
    await composer.all('delivered', 5);
    await look(composer.page, 'light');
    await look(composer.page, 'dark');
    await composer.page.close();
  });

  test('the history: what was sent, one of it, and all of it over time', async () => {
    const composer = await world.composer();
    await handOver(composer, captureOf(makePeople(2)));
    await composer.receives(2);
    await composer.write('Zapraszamy.');
    await composer.send();
    await composer.accepted();
    await composer.page.close();
    const page = await world.nadpis.open('sent.html#batches');
    await page.waitForSelector('.cards .batch-text');
    await look(page, 'light');
    await look(page, 'dark');
    await page.click('.cards .batch-text');
    await page.waitForSelector('.sent a');
    await look(page, 'light');
    await look(page, 'dark');
    await page.click('.sent a');
    await page.waitForSelector('.timeline');
    await look(page, 'light');
    await look(page, 'dark');
    await page.goto(world.nadpis.url('sent.html#messages'));
    await page.reload();
    await page.waitForSelector('.sent .sent-text');
    await look(page, 'light');
    await look(page, 'dark');
    await page.goto(world.nadpis.url('sent.html#statistics'));
    await page.reload();
    await page.waitForSelector('.chart canvas');
    await look(page, 'light');
    await look(page, 'dark');
    await page.close();
  });

  test('the popup', async () => {
    const page = await world.nadpis.open('popup.html');
    await page.waitForFunction(() => document.body.textContent.trim().length > 0);
    await page.waitForFunction(() => document.querySelector('.loading') === null);
    await look(page, 'light');
    await look(page, 'dark');
    await page.close();
  });
});
