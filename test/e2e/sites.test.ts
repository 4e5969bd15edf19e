import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import { composerOn } from './composer.ts';
import { chooseSms } from './list.ts';
import { openWorld, type World } from './world.ts';

const people = makePeople(3);

/** A message of the popup to a tab's page, as the popup sends it; it cannot stand open beside the page in a test. */
const tell = (settings: Page, url: string, type: string, data: unknown) =>
  settings.evaluate(
    async (address, kind, what) => {
      const [tab] = await chrome.tabs.query({ url: `${address}*` });
      const tabId = tab?.id ?? 0;
      await chrome.scripting.executeScript({ target: { tabId }, files: ['/acts.js'] });
      await chrome.tabs.sendMessage(tabId, { id: 1, type: kind, data: what, timestamp: Date.now() });
    },
    url,
    type,
    data,
  );

describe('a site of the organisation, in chromium', () => {
  let world: World;
  let settings: Page;
  beforeAll(async () => {
    world = await openWorld('chromium', { language: 'pl' });
    settings = await world.nadpis.open('options.html#sites');
  }, 240_000);
  afterAll(() => world?.close());

  const card = 'section[aria-labelledby=known-title]';

  test('is added by an administrator, from an address as it was copied', async () => {
    const button = await settings.waitForSelector(`${card} > button.primary`);
    await button?.click();
    await settings.waitForSelector(`${card} form input[type=text]`);
    await settings.type(`${card} form input[type=text]`, `${world.listUrl}?x=1#/kontrahenci`);
    await settings.select(`${card} form select`, 'com_demo_serwis');
    await settings.click(`${card} form button[type=submit]`);
    await settings.waitForSelector(`${card} .cards h3`);
    const { host } = new URL(world.listUrl);
    const title = await settings.$eval(`${card} .cards h3`, (heading) => heading.textContent);
    expect(title?.replace(/\s+/g, ' ')).toBe(`${host} CRM`);
  });

  test('knows the column that somebody points at; the page is not clicked meanwhile; the next composer uses it', async () => {
    const list = await world.nadpis.visit(`${world.listUrl}#/kontrahenci`);
    await list.waitForSelector('#customers tbody tr');
    await list.evaluate(() => {
      addEventListener('click', () => {
        document.title = 'clicked';
      });
    });
    const before = await list.evaluate(() => document.body.outerHTML.length);
    await tell(settings, world.listUrl, 'pickColumn', 'name');
    await list.bringToFront();
    await list.hover('#customers tbody tr:nth-child(3) td:nth-child(4)');
    await list.click('#customers tbody tr:nth-child(3) td:nth-child(4)');
    expect(await list.title()).not.toBe('clicked');
    expect(await list.evaluate(() => document.body.outerHTML.length)).toBe(before);

    await settings.bringToFront();
    // The screen reads the sites when it is opened.
    for (let tries = 0; tries < 20 && (await settings.$('ul.lists li')) === null; tries++) {
      await settings.reload();
      await settings.waitForSelector(`${card} .cards h3`);
    }
    const said = await settings.$eval('ul.lists li', (item) => item.textContent ?? '');
    expect(said).toContain('Kolumny z nazwą: Firma');
    await settings.waitForSelector('ul.lists select:not([disabled])');
    await settings.select('ul.lists select', 'tpl_demo_visit');
    await settings.waitForFunction(
      () => document.querySelector<HTMLSelectElement>('ul.lists select')?.value === 'tpl_demo_visit',
    );

    // The page learns it at its next visit; the column it knows already.
    await list.bringToFront();
    await list.click('#customers tbody tr:nth-child(1) input');
    await list.click('#customers tbody tr:nth-child(2) input');
    const composer = composerOn(await chooseSms(world.nadpis, list));
    await composer.page.waitForFunction(
      () => document.querySelector<HTMLTextAreaElement>('#text')?.value !== '',
    );
    // The template wants a date that this list does not have: nobody is texted, and both are shown with the reason.
    await composer.receivesAll(2);
    expect((await composer.skipped()).map(({ name }) => name)).toEqual(
      people.slice(0, 2).map(({ company }) => company),
    );
    expect(await composer.text()).toContain('przypominamy o wizycie');
    const company = await composer.page.$eval(
      '.company-choice select',
      (select) => (select as HTMLSelectElement).value,
    );
    expect(company).toBe('com_demo_serwis');
    await list.close();
  }, 120_000);
});
