import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launch, type Nadpis } from '../browser.ts';
import { barSays, clickMark, hasMark, noBar, shownTexts } from './marks.ts';
import { html, peopleTable, type Site, serve } from './site.ts';

const customers = [
  ['Anna Nowak', '600 100 201'],
  ['Piotr Lis', '600 100 202'],
  ['Ewa Bury', '600 100 203'],
] as const;
const suppliers = [
  ['Jan Wilk', '501 200 301'],
  ['Maria Gaj', '501 200 302'],
] as const;

const links = '<p><a id="to-a" href="/klienci">Klienci</a> <a id="to-b" href="/dostawcy">Dostawcy</a></p>';

/** Its pages are swapped without leaving it: another route is other people in the same table. */
const app = html(
  'Aplikacja',
  `<button id="other">Dostawcy</button><main></main><script>
    const show = (markup) => { document.querySelector('main').innerHTML = markup; };
    show(${JSON.stringify(peopleTable(customers))});
    document.querySelector('#other').onclick = () => {
      history.pushState({}, '', '/aplikacja/dostawcy');
      document.title = 'Dostawcy';
      show(${JSON.stringify(peopleTable(suppliers))});
    };
  </script>`,
);

describe('the basket of a site', () => {
  let nadpis: Nadpis;
  let site: Site;
  let other: Site;
  beforeAll(async () => {
    site = await serve({
      '/klienci': html('Klienci', links + peopleTable(customers)),
      '/dostawcy': html('Dostawcy', links + peopleTable(suppliers)),
      '/bez-listy': html('O nas', '<p>Nic tu nie ma.</p>'),
      '/aplikacja': app,
    });
    other = await serve({ '/klienci': html('Inna', peopleTable(customers)) });
    nadpis = await launch('chromium', { language: 'pl' });
  }, 240_000);
  afterAll(async () => {
    await nadpis?.close();
    site?.close();
    other?.close();
  });
  beforeEach(async () => {
    const blank = await nadpis.browser.newPage();
    for (const page of await nadpis.browser.pages()) if (page !== blank) await page.close();
  });

  const tick = (page: import('puppeteer-core').Page, name: string) =>
    page.click(`input[aria-label="${name}"]`);
  const visit = async (path: string, from = site) => {
    const page = await nadpis.visit(`${from.url}${path}`);
    return page;
  };

  test('keeps who was chosen while the user goes from page to page, and says from how many', async () => {
    const page = await visit('/klienci');
    await tick(page, 'Anna Nowak');
    await tick(page, 'Ewa Bury');
    await barSays(page, /^Zaznaczono: 2/);
    await new Promise((done) => setTimeout(done, 400));
    await Promise.all([page.waitForNavigation(), page.click('#to-b')]);
    await barSays(page, /^Zaznaczono: 2/);
    await tick(page, 'Jan Wilk');
    await barSays(page, /^3 osoby z 2 stron/);

    await clickMark(page, 'Pokaż wybrane osoby');
    const shown = await shownTexts(page);
    expect(shown).toEqual(
      expect.arrayContaining(['Klienci', 'Dostawcy', 'Anna Nowak', 'Ewa Bury', 'Jan Wilk']),
    );
    await clickMark(page, 'Usuń: Ewa Bury');
    await barSays(page, /^2 osoby z 2 stron/);

    // Where there is no list at all, too.
    await new Promise((done) => setTimeout(done, 400));
    await page.goto(`${site.url}/bez-listy`);
    await barSays(page, /^2 osoby z 2 stron/);
  });

  test('is there after a reload, with the page’s own boxes empty again', async () => {
    const page = await visit('/klienci');
    await tick(page, 'Piotr Lis');
    await barSays(page, /^Zaznaczono: 1/);
    await new Promise((done) => setTimeout(done, 400));
    await page.reload();
    await barSays(page, /^Zaznaczono: 1/);
    await clickMark(page, 'Pokaż wybrane osoby');
    await expect.poll(() => shownTexts(page), { timeout: 10_000 }).toContain('Piotr Lis');
  });

  test('follows an application that swaps its pages without leaving them', async () => {
    const page = await visit('/aplikacja');
    await tick(page, 'Anna Nowak');
    await barSays(page, /^Zaznaczono: 1/);
    await page.click('#other');
    await page.waitForSelector('input[aria-label="Maria Gaj"]');
    await tick(page, 'Maria Gaj');
    await barSays(page, /^2 osoby z 2 stron/);
  });

  test('can be emptied, and the emptying undone', async () => {
    const page = await visit('/klienci');
    await tick(page, 'Anna Nowak');
    await tick(page, 'Piotr Lis');
    await barSays(page, /^Zaznaczono: 2/);
    await clickMark(page, 'Odznacz wszystkie');
    await barSays(page, /^Odznaczono: 2/);
    await clickMark(page, 'Cofnij');
    await barSays(page, /^Zaznaczono: 2/);
    await clickMark(page, 'Odznacz wszystkie');
    await barSays(page, /^Odznaczono: 2/);
    await noBar(page);
    await new Promise((done) => setTimeout(done, 400));
    await page.reload();
    await page.hover('td');
    await new Promise((done) => setTimeout(done, 500));
    expect(await hasMark(page, 'Wyślij SMS')).toBe(false);
  });

  test('is of its own tab and its own site', async () => {
    const page = await visit('/klienci');
    await tick(page, 'Anna Nowak');
    await barSays(page, /^Zaznaczono: 1/);
    await new Promise((done) => setTimeout(done, 400));
    const second = await visit('/klienci');
    await tick(second, 'Piotr Lis');
    await barSays(second, /^Zaznaczono: 1/);
    await page.bringToFront();
    await page.goto(`${other.url}/klienci`);
    await tick(page, 'Ewa Bury');
    await barSays(page, /^Zaznaczono: 1/);
    await page.goto(`${site.url}/dostawcy`);
    await tick(page, 'Maria Gaj');
    await barSays(page, /^2 osoby z 2 stron/);
  });

  test('outlives the service worker', async () => {
    const page = await visit('/klienci');
    await tick(page, 'Anna Nowak');
    await barSays(page, /^Zaznaczono: 1/);
    await new Promise((done) => setTimeout(done, 400));
    const target = await nadpis.browser.waitForTarget((one) => one.type() === 'service_worker');
    await (await target.worker())?.close();
    await page.goto(`${site.url}/dostawcy`);
    await barSays(page, /^Zaznaczono: 1/);
  });
});
