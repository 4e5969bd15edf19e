import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoFolders } from '../../scripts/demo/list-server.ts';
import { type ApiCaller, apiCaller } from './api-caller.ts';
import { type Composer, composerOn } from './composer.ts';
import { chooseSms, rowsMarkedDelivered } from './list.ts';
import { administrator, openWorld, root, type World } from './world.ts';

const company = 'com_demo_nowak';
const hr = 'kadry@nadpis.example';

/**
 * The small HRM application of `test/pages/hrm`: a list of employees, one of absences and an employee's form, each with
 * Polish labels. Somebody of the role `hr` texts from there, and an administrator permits it.
 */
describe('texts to employees from an HRM application, in chromium', () => {
  let world: World;
  let call: ApiCaller;
  let hrm: string;
  let list: Page;
  let composer: Composer;
  let template: string;
  beforeAll(async () => {
    world = await openWorld('chromium', {
      language: 'pl',
      email: hr,
      folders: { ...demoFolders(root), '/hrm/': join(root, 'test', 'pages', 'hrm') },
    });
    hrm = `${world.listUrl}hrm/`;
    call = await apiCaller(world.server(), administrator);
    // The test runs at night, too.
    await call('PATCH', `/v1/companies/${company}/sending`, {
      quietHours: { from: 0, until: 24, forAll: false },
    });
    const { host } = new URL(hrm);
    await call('POST', '/v1/sites', { hostPattern: `${host}/hrm`, kind: 'hrm', companyId: company });
    ({ id: template } = (await call('POST', '/v1/templates', {
      name: 'Grafik',
      text: '{Nazwisko i imię}: grafik na jutro jest w HRM.',
    })) as { id: string });
    list = await world.nadpis.visit(`${hrm}pracownicy.html`);
    await list.waitForSelector('tbody tr');
  }, 240_000);
  afterAll(() => world?.close());

  const tick = async (page: Page, places: readonly number[]) => {
    await page.bringToFront();
    for (const place of places) await page.click(`tbody tr:nth-child(${place + 1}) input`);
  };
  test('R30, scenario 11: with the permission off it is refused, naming the parameter and its path', async () => {
    await tick(list, [0, 1, 2, 3, 4, 5]);
    composer = composerOn(await chooseSms(world.nadpis, list));
    await composer.page.waitForFunction(() =>
      document.querySelector('#blocks')?.textContent?.includes('Konfiguracja firmy / Płace / HRM'),
    );
    expect(await composer.blocks()).toContain('„Zezwalaj na wysyłkę powiadomień SMS z HRM”');

    await call('PATCH', `/v1/companies/${company}`, { hrmPermission: true });
    await composer.page.bringToFront();
    await composer.page.click('#blocks button.link');
    await composer.page.waitForFunction(() => document.querySelector('#blocks')?.textContent === '');
  });

  test('R29 §7: ticked employees get it on the number of the company’s order; no consent and no number are said before', async () => {
    await composer.page.waitForSelector('.templates select:not([disabled])');
    await composer.page.select('.templates select', template);
    // Business numbers and those named for texts; whose number is private is not texted without consent.
    await composer.receives(2);
    expect((await composer.recipients()).map(({ name, number }) => [name, number.split(' · ')[0]])).toEqual([
      ['Łoś-Ćwik Anna', '601 140 271'],
      ['Jabłońska Ewa', '601 140 275'],
    ]);
    const skipped = await composer.skipped();
    expect(skipped.map(({ name }) => name)).toEqual([
      'Kamiński Piotr',
      'Wójcik Żaneta',
      'Zając Marek',
      'Sikora Józef',
    ]);
    const [noConsent, consentOnPaper, landline, noNumber] = skipped.map(({ note }) => note);
    expect(noConsent).toBe('numer prywatny bez zapisanej zgody pracownika (Telefon prywatny)');
    expect(consentOnPaper).toBe(noConsent);
    expect(landline).toContain('telefon stacjonarny');
    expect(noNumber).toContain('brak numeru');
    // Initials for full names.
    expect(await composer.previews(2)).toEqual([
      'Ł.-Ć.A.: grafik na jutro jest w HRM.',
      'J.E.: grafik na jutro jest w HRM.',
    ]);
  });

  test('§7: a consent that is recorded lets the employee in; it is sent, and the list shows what became of it', async () => {
    await call('PUT', `/v1/companies/${company}/hrm/employees`, {
      employees: [{ reference: '003/E/2026', name: 'Wójcik Żaneta', privatePhone: '502 250 383' }],
    });
    await call('POST', `/v1/companies/${company}/hrm/consents`, {
      employee: '003/E/2026',
      givenOn: '2026-01-15',
      note: 'Formularz 7/2026',
    });
    await composer.page.bringToFront();
    await composer.page.click('.consent-first button.link');
    await composer.receives(3);
    await composer.send();
    await composer.accepted();
    await composer.all('delivered', 3);
    const texts = (await world.sandbox.texts()).filter(({ text }) =>
      text.includes('grafik na jutro jest w HRM'),
    );
    expect(texts.map(({ number, text }) => [number, text]).sort()).toEqual([
      ['+48502250383', 'W.Ż.: grafik na jutro jest w HRM.'],
      ['+48601140271', 'Ł.-Ć.A.: grafik na jutro jest w HRM.'],
      ['+48601140275', 'J.E.: grafik na jutro jest w HRM.'],
    ]);
    await rowsMarkedDelivered(world.nadpis, list, 3);
    await composer.page.close();
  });

  test('an absence list names people by its own column; whose number it is it does not say', async () => {
    const absences = await world.nadpis.visit(`${hrm}nieobecnosci.html`);
    await absences.waitForSelector('tbody tr');
    await tick(absences, [0, 2]);
    const about = composerOn(await chooseSms(world.nadpis, absences));
    await about.receives(2);
    expect((await about.recipients()).map(({ name }) => name)).toEqual(['Łoś-Ćwik Anna', 'Jabłońska Ewa']);
    await about.page.close();
    await absences.close();
  });

  test('§7: an employee’s form gives the number that one stands in, with what its label calls it', async () => {
    const form = await world.nadpis.visit(`${hrm}pracownik.html?nr=0`);
    const business = await form.waitForSelector('label:nth-of-type(6) input');
    await business?.focus();
    await textAtFocus(`${hrm}pracownik.html*`);
    const about = composerOn(
      await world.nadpis.appears((url) => url.startsWith(world.nadpis.url('composer.html'))),
    );
    await about.receives(1);
    expect(await about.recipients()).toEqual([{ name: 'Anna Łoś-Ćwik', number: '601 140 271', note: '' }]);
    await about.write('{Imię}, zapraszamy do kadr.');
    await about.previews(1);

    await form.bringToFront();
    const own = await form.$('label:nth-of-type(7) input');
    await own?.focus();
    await textAtFocus(`${hrm}pracownik.html*`);
    await about.page.waitForFunction(() => document.querySelector('ul.people-skipped > li') !== null);
    const [skipped] = await about.skipped();
    expect(skipped?.number).toBe('502 250 381');
    expect(skipped?.note).toContain('(Telefon prywatny)');
  });

  /** The shortcut for the number at the focus, given where the browser would give it. */
  const textAtFocus = async (page: string) => {
    const { browser, url } = world.nadpis;
    const target = await browser.waitForTarget(
      (one) => one.type() === 'service_worker' && one.url().startsWith(url('')),
    );
    const worker = await target.worker();
    await worker?.evaluate(async (pattern) => {
      const [tab] = await chrome.tabs.query({ url: pattern });
      const command = chrome.commands.onCommand as unknown as { dispatch(name: string, tab: unknown): void };
      command.dispatch('text-number', tab);
    }, page);
  };
});
