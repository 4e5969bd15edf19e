import { createServer, type Server } from 'node:http';
import type { Page } from 'puppeteer-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type CorpusPage, corpusPages, saved } from '../../scripts/corpus/truths.ts';
import { listen, serveFiles } from '../../scripts/demo/list-server.ts';
import { buildPages, built } from '../pages/build.ts';
import { launch, type Nadpis } from './browser.ts';
import { barCounts } from './list.ts';
import { atRest, hasMarks, keepOut, letIn, openBare, placeOf, pointAt, snapshotOf } from './unharmed.ts';

/** A page that is read and marked is the page that it was. */

let nadpis: Nadpis;
let corpus: Server;
let office: Server;
let base: string;
let officeUrl: string;
/** Bodies that were sent to the office, byte for byte. */
const submitted: { type: string; body: string }[] = [];

beforeAll(async () => {
  await buildPages();
  corpus = serveFiles({ '/': built, '/saved/': saved });
  base = `http://127.0.0.1:${await listen(corpus, 0)}/`;
  office = openOffice();
  officeUrl = `http://127.0.0.1:${await listen(office, 0)}/`;
  nadpis = await launch('chromium', { language: 'pl' });
  await keepOut(nadpis);
}, 240_000);
afterAll(async () => {
  await nadpis?.close();
  for (const server of [corpus, office]) {
    server?.closeAllConnections();
    server?.close();
  }
});
afterEach(async () => {
  const [first, ...others] = await nadpis.browser.pages();
  for (const page of others) await page.close();
  await first?.goto('about:blank');
});

describe('the page differs by our one element', () => {
  test('every page of the corpus, read and with a mark at a number', async () => {
    const wrong: string[] = [];
    let marked = 0;
    for (const page of corpusPages()) {
      try {
        if (await staysAsItWas(page)) marked += 1;
      } catch (error) {
        wrong.push(`${page.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    expect(wrong).toEqual([]);
    // Marks were there to be seen: a few pages show no number whole, or only in a frame.
    expect(marked).toBeGreaterThan(corpusPages().length * 0.7);
  }, 240_000);
});

/** @returns whether we had something in the page */
async function staysAsItWas(one: CorpusPage): Promise<boolean> {
  const { page, complaints } = await openBare(nadpis, `${base}${one.path}`);
  try {
    const shown = one.expected(await page.evaluate(() => document.body.textContent ?? ''))[0]?.shown;
    const place = shown === undefined ? null : await placeOf(page, shown);
    // Rows light up under the pointer: that is the page's own doing, and comes first.
    if (place) await page.mouse.move(place.x, place.y);
    await atRest(page);
    const before = await snapshotOf(page);
    expect(before.ours).toEqual([]);
    await letIn(nadpis, page);
    if (place) await pointAt(page, place);
    await atRest(page);
    const after = await snapshotOf(page);
    expect(after.tree).toEqual(before.tree);
    expect(after.focus).toBe(before.focus);
    expect(after.globals).toBe(before.globals);
    expect(after.ours.length).toBeLessThanOrEqual(1);
    if (place) expect(after.ours).toEqual(['html > nadpis-marks, 0 attributes']);
    expect(await complaints()).toEqual({ errors: [], breaches: [] });
    return place !== null;
  } finally {
    await page.close();
  }
}

test('React removes and makes anew every row under our marks, and throws nothing', async () => {
  const { page, complaints } = await openBare(nadpis, `${base}react-restless.html`);
  const place = await numberOn(page, '600 100 200');
  await letIn(nadpis, page);
  await pointAt(page, place);
  for (const nth of [1, 3]) await page.click(`tbody tr:nth-child(${nth}) input`);
  await barCounts(page, 2);
  for (let round = 0; round < 40; round += 1) {
    await page.mouse.move(place.x + (round % 5), place.y + (round % 3) * 20);
    await page.evaluate(() => (window as unknown as { recreateRows(): void }).recreateRows());
  }
  expect(await page.$eval('tbody', (body) => body.dataset.round)).toBe('40');
  await page.click('tbody tr:nth-child(4) input');
  await barCounts(page, 3);
  expect(await complaints()).toEqual({ errors: [], breaches: [] });
  expect((await snapshotOf(page)).ours).toEqual(['html > nadpis-marks, 0 attributes']);
}, 60_000);

test('typing in our marks triggers none of the page’s shortcuts', async () => {
  const { page } = await openBare(nadpis, `${officeUrl}shortcuts`);
  await letIn(nadpis, page);
  await pointAt(page, await numberOn(page));
  await page.click('tbody tr:nth-child(1) input');
  await barCounts(page, 1);
  for (
    let stops = 0;
    (await page.evaluate(() => document.activeElement?.localName)) !== 'nadpis-marks';
    stops += 1
  ) {
    if (stops > 20) throw new Error('Tab does not come to our marks');
    await page.keyboard.press('Tab');
  }
  const heard = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  expect(await heard()).toContain('document keydown Tab');
  await page.evaluate(() => (window as unknown as { heard: string[] }).heard.splice(0));
  await page.keyboard.type('jk/?x1');
  for (const key of ['Delete', 'ArrowDown', 'Backspace'] as const) await page.keyboard.press(key);
  await page.keyboard.down('Control');
  await page.keyboard.press('s');
  await page.keyboard.up('Control');
  // This one leads back to the page.
  await page.keyboard.press('Escape');
  expect(await heard()).toEqual([]);
  await page.click('h1');
  await page.keyboard.press('j');
  expect(await heard()).toContain('document keydown j');
}, 60_000);

describe('what a form holds and sends is the same byte for byte', () => {
  test.each(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain'])(
    'as %s',
    async (type) => {
      const send = async (read: boolean) => {
        const { page } = await openBare(nadpis, `${officeUrl}form?${encodeURIComponent(type)}`);
        if (read) {
          await letIn(nadpis, page);
          await hasMarks(page);
          await page.hover('[name=phone]');
        }
        await page.type('[name=name]', 'Żaneta „Ż” Łoś');
        await page.type('[name=second]', ' 602 917 034');
        await atRest(page);
        const count = submitted.length;
        await Promise.all([page.waitForNavigation(), page.click('button')]);
        expect(submitted).toHaveLength(count + 1);
        await page.close();
        return submitted[count];
      };
      const bare = await send(false);
      expect(bare?.body).toContain('917');
      expect(bare?.body).toContain('600');
      expect(await send(true)).toEqual(bare);
    },
    60_000,
  );
});

test('a page with the strictest content security policy is read and marked, and sees no breach of it', async () => {
  const { page, complaints } = await openBare(nadpis, `${officeUrl}strict`);
  await letIn(nadpis, page);
  await pointAt(page, await numberOn(page));
  await page.click('tbody tr:nth-child(2) input');
  await barCounts(page, 1);
  expect(await complaints()).toEqual({ errors: [], breaches: [] });
}, 60_000);

test('printing shows nothing of ours', async () => {
  const { page } = await openBare(nadpis, `${officeUrl}shortcuts`);
  const place = await numberOn(page);
  const print = async (media: 'print' | 'screen') => {
    await page.emulateMediaType(media);
    return page.screenshot({ encoding: 'base64' });
  };
  await page.click('tbody tr:nth-child(2) input');
  await page.mouse.move(place.x, place.y);
  const before = { paper: await print('print'), screen: await print('screen') };
  await letIn(nadpis, page);
  await pointAt(page, place);
  await barCounts(page, 1);
  const after = { screen: await print('screen'), paper: await print('print') };
  expect(after.screen === before.screen).toBe(false);
  expect(after.paper === before.paper).toBe(true);
}, 60_000);

async function numberOn(page: Page, shown = '600 100 201'): Promise<{ x: number; y: number }> {
  const place = await placeOf(page, shown);
  if (place === null) throw new Error(`${shown} is not in view`);
  return place;
}

/** Pages that no file server has: with headers of their own, and with something to post to. */
function openOffice(): Server {
  const rows = ['Anna Nowak', 'Piotr Wójcik', 'Ewa Mazur']
    .map((name, nth) => `<tr><td><input type="checkbox"></td><td>${name}</td><td>600 100 20${nth}</td></tr>`)
    .join('');
  const list = `<h1>Klienci</h1><table><thead><tr><th></th><th>Klient</th><th>Telefon</th></tr></thead><tbody>${rows}</tbody></table>`;
  const listening = `<script>
    window.heard = [];
    for (const type of ['keydown', 'keypress', 'keyup', 'input', 'beforeinput']) {
      for (const capture of [true, false])
        document.addEventListener(type, (event) => { heard.push('document ' + type + ' ' + event.key); if (event.key === '/') event.preventDefault(); }, capture);
      window.addEventListener(type, (event) => heard.push('window ' + type + ' ' + event.key));
    }
  </script>`;
  const form = (type: string) => `<form method="post" action="/submit" enctype="${type}">
    <label>Nazwa <input name="name"></label> <label>Telefon <input name="phone" type="tel" value="  600-100 200 "></label>
    <label>Telefon 2 <input name="second" value="+48"></label> <input type="hidden" name="token" value="601 100 200&#10;x">
    <textarea name="notes">Tel.: 602 100 200\n\n koniec </textarea> <input type="checkbox" name="sms" checked>
    <select name="who"><option value="603100200" selected>Anna 603 100 200</option></select><button name="go" value="1">OK</button></form>`;
  return createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://office');
    const answer = (body: string, headers: Record<string, string> = {}) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
      response.end(
        `<!doctype html><html lang="pl"><link rel="icon" href="data:,"><body>${body}</body></html>`,
      );
    };
    if (pathname === '/strict')
      return answer(list, {
        'content-security-policy':
          "default-src 'none'; script-src 'none'; style-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      });
    if (pathname === '/form') return answer(form(decodeURIComponent(search.slice(1))));
    if (pathname !== '/submit') return answer(listening + list);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const type = request.headers['content-type'] ?? '';
      const boundary = /boundary=(.+)$/.exec(type)?.[1] ?? '\0';
      // Browsers draw the line between parts anew each time.
      const body = Buffer.concat(chunks).toString('latin1').replaceAll(boundary, 'line');
      submitted.push({ type: type.replace(boundary, 'line'), body });
      answer('OK');
    });
  });
}
