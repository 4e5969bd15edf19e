import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, launch, open } from './harness.ts';

/** What the reader leaves alone while a page moves, and what it makes up for when the page rests. */

let browser: Browser;
let script: string;
beforeAll(async () => {
  [browser, script] = await Promise.all([launch(), bundle()]);
});
afterAll(() => browser?.close());

const rows = Array.from(
  { length: 80 },
  (_, at) => `<tr><td>Anna Nowak</td><td>Warszawa</td><td>601 100 ${200 + at}</td></tr>`,
).join('');
const list = `<table><thead><tr><th>Osoba<th>Miasto<th>Telefon</thead><tbody>${rows}</tbody></table><p>Koniec</p>`;

const begin = `
  const frame = requestAnimationFrame;
  const rest = (ms) => new Promise((done) => setTimeout(done, ms));
  const running = nadpis.start();
  await running.page.ready;
  await running.page.acts();
  await rest(1000);`;

describe('a page that moves', () => {
  test('asks no frame of ours while it scrolls, and what came meanwhile is read when it rests', async () => {
    const page = await open(browser, script, list);
    const seen = await page.evaluate(`(async () => {${begin}
      let asked = 0;
      globalThis.requestAnimationFrame = (act) => {
        asked += 1;
        return frame(act);
      };
      const found = () => running.page.reader.numbers().length;
      document.querySelector('p').textContent = 'Recepcja: tel. 22 845 12 30';
      for (let step = 1; step <= 30; step += 1) {
        scrollTo(0, step * 20);
        document.querySelector('tbody').append(document.querySelector('tbody').firstElementChild);
        await new Promise((done) => frame(() => frame(done)));
      }
      const during = { asked, found: found() };
      await rest(1500);
      return { during, after: { asked: asked > 0, found: found() } };
    })()`);
    expect(seen).toEqual({ during: { asked: 0, found: 0 }, after: { asked: true, found: 1 } });
    await page.close();
  });

  test('has its numbers underlined in shadow trees too, by one style of its root', async () => {
    const page = await open(browser, script, '<p>Dyżur: tel. 601 100 200</p><x-desk></x-desk>');
    const lines = await page.evaluate(`(async () => {
      const shadow = document.querySelector('x-desk').attachShadow({ mode: 'open' });
      shadow.innerHTML = '<p>Recepcja: tel. 22 845 12 30</p>';
      ${begin}
      const lines = [document, shadow].map((root) =>
        getComputedStyle(root.querySelector('p'), '::highlight(nadpis-number)').textDecorationLine);
      return [...lines, CSS.highlights.get('nadpis-number').size];
    })()`);
    expect(lines).toEqual(['underline', 'underline', 2]);
    await page.close();
  });

  test('puts a frame right into a place that was read: the frame is read', async () => {
    const page = await open(browser, script, '<p>Dyżur: tel. 601 100 200</p><main></main>');
    const found = await page.evaluate(`(async () => {${begin}
      const inner = document.createElement('iframe');
      inner.srcdoc = '<p>Recepcja: tel. 22 845 12 30</p>';
      document.querySelector('main').append(inner);
      await rest(1500);
      return running.page.reader.numbers().map(({ number }) => number.e164);
    })()`);
    expect(found).toEqual(['+48601100200', '+48228451230']);
    await page.close();
  });
});
