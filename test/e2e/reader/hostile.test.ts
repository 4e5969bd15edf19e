import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PageSummary } from '../../../extension/bridge/messages.ts';
import { launch, type Nadpis } from '../browser.ts';
import { barSays } from './marks.ts';
import { html, peopleTable, type Site, serve } from './site.ts';

const people = [
  ['Anna Nowak', '600 100 201'],
  ['Piotr Lis', '600 100 202'],
  ['Ewa Bury', '600 100 203'],
] as const;

/** Laying such texts out takes the browser a minute of its own; what reading them takes is the same. */
const unseen = ' style="display: none"';

const nested = (depth: number): string =>
  `${'<table><tr><td>x</td><td>'.repeat(depth)}600 100 204${'</td></tr></table>'.repeat(depth)}`;

/** Rows of prose and prices, as a report that was never paged would have them. A parser needs a minute for them. */
const hugeByScript = `<pre id="huge"${unseen}></pre><script>
  const line = 'faktura zaplata termin towar magazyn klient umowa 1234,50 zl dostawa rabat 20.10.2026 korekta\\n';
  const part = line.repeat(600);
  for (let held = 0; held < 200_000_000; held += part.length)
    document.querySelector('#huge').append(document.createTextNode(part));
</script>`;

/** A parser takes tables out of each other beyond some depth; a script does not. */
const deepByScript = (depth: number): string => `<div id="deep"${unseen}></div><script>
  let at = document.querySelector('#deep');
  for (let level = 0; level < ${depth}; level += 1) {
    const table = document.createElement('table');
    const cell = table.insertRow().insertCell();
    at.append(table);
    at = cell;
  }
  at.textContent = 'koniec';
</script>`;

const digits100 = '6'.repeat(100);
const rightToLeft = '\u200f';
const zeroWidth = '\u200b';
const odd = html(
  'Znaki',
  peopleTable([
    ['Anna Nowak', `${rightToLeft}+48 600${zeroWidth} 100 201\u202c`],
    ['Piotr Lis', `6${zeroWidth}0${zeroWidth}0 100${'\u200d'} 202`],
    ['Ewa Bury', digits100],
    ['Jan Wilk', `${digits100} ${digits100}`],
    ['Maria Gaj', '\u2066600\u2069-100-203'],
  ]),
);

const fighting = html(
  'Strona, która walczy',
  `${peopleTable(people)}<script>
    new MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes) if (node.localName === 'nadpis-marks') node.remove();
    }).observe(document.documentElement, { childList: true });
  </script>`,
);

const redefining = html(
  'Strona, która zmienia węzły',
  `<script>
    for (const name of ['textContent', 'childNodes', 'firstChild', 'parentNode', 'nodeType', 'isConnected'])
      Object.defineProperty(Node.prototype, name, { get() { throw new Error('mine'); } });
    for (const name of ['querySelector', 'querySelectorAll', 'closest', 'getAttribute', 'matches', 'contains', 'append'])
      { Element.prototype[name] = Node.prototype[name] = () => { throw new Error('mine'); }; }
    Document.prototype.querySelectorAll = Document.prototype.createTreeWalker = () => { throw new Error('mine'); };
    globalThis.MutationObserver = globalThis.IntersectionObserver = undefined;
    String.prototype.replace = RegExp.prototype.exec = Array.prototype.push = () => { throw new Error('mine'); };
  </script>${peopleTable(people)}`,
);

const restless = html(
  'Strona, która nie spocznie',
  `${peopleTable(people)}<div id="noise"></div><script>
    const noise = document.querySelector('#noise');
    setInterval(() => {
      noise.replaceChildren(...Array.from({ length: 800 }, (_, at) => {
        const line = document.createElement('p');
        line.textContent = 'tel. 60' + Math.floor(Math.random() * 1e7 + 1e6) + ' ' + at;
        return line;
      }));
    }, 4);
  </script>`,
);

describe('a page that is too much, or means harm', () => {
  let nadpis: Nadpis;
  let site: Site;
  let own: Page;
  beforeAll(async () => {
    site = await serve({
      '/zagniezdzone': html('Zagnieżdżone', nested(5000) + peopleTable(people)),
      '/10-mb': html(
        'Tekst',
        `${peopleTable(people)}<p${unseen}>${'faktura 1234567 '.repeat(625_000)} tel. 600 100 204</p>`,
      ),
      '/200-mb': html('Raport', peopleTable(people) + hugeByScript),
      '/glebokie': html('Głębokie', deepByScript(5000) + peopleTable(people)),
      '/cyfry': html('Cyfry', `${peopleTable(people)}<p${unseen}>${'6'.repeat(10_000_000)}</p>`),
      '/znaki': odd,
      '/walczy': fighting,
      '/zmienia': redefining,
      '/nie-spocznie': restless,
    });
    nadpis = await launch('chromium', { language: 'pl' });
    own = await nadpis.open('options.html');
  }, 240_000);
  afterAll(async () => {
    await nadpis?.close();
    site?.close();
  });
  beforeEach(async () => {
    for (const page of await nadpis.browser.pages()) if (page !== own) await page.close();
  });

  /** As the popup asks it. */
  const summary = (path: string): Promise<PageSummary> =>
    own.evaluate(async (url) => {
      const [tab] = await chrome.tabs.query({ url });
      const tabId = tab?.id ?? 0;
      await chrome.scripting.executeScript({ target: { tabId }, files: ['/acts.js'] });
      const answer = await chrome.tabs.sendMessage(tabId, {
        id: 1,
        type: 'summarisePage',
        data: undefined,
        timestamp: Date.now(),
      });
      return answer.res as PageSummary;
    }, `${site.url}${path}`);

  /** The longest time (ms) that the page could not answer, while somebody asked it again and again. */
  const hangOf = async (page: Page, during: () => Promise<unknown>): Promise<number> => {
    let longest = 0;
    let goesOn = true;
    const asking = (async () => {
      while (goesOn) {
        const before = performance.now();
        await page.evaluate('1');
        longest = Math.max(longest, performance.now() - before);
        await new Promise((done) => setTimeout(done, 5));
      }
    })();
    await during();
    goesOn = false;
    await asking;
    return longest;
  };

  const visit = (path: string) => nadpis.visit(`${site.url}${path}`);
  const peopleIn = ({ lists }: PageSummary) => lists.reduce((all, { numbers }) => all + numbers, 0);

  test.each([
    ['a page of 200 MB', '/200-mb', 3_000],
    ['5,000 tables nested by a script', '/glebokie', 3_000],
    ['ten million digits', '/cyfry', 3_000],
    ['5,000 nested tables', '/zagniezdzone', 3_000],
    ['a text node of 10 MB', '/10-mb', 3_000],
  ])(
    '%s does not hang the tab, and the people beside it are read',
    async (_, path, most) => {
      const page = await visit(path);
      let said: PageSummary | null = null;
      const hang = await hangOf(page, async () => {
        said = await summary(path);
      });
      expect(hang).toBeLessThan(most);
      const now = said as PageSummary | null;
      // Either it is read, or the popup says that it is not.
      if (now?.off !== 'degraded') expect(now && peopleIn(now)).toBe(people.length);
    },
    120_000,
  );

  test('numbers with marks of direction and without width inside are read; a hundred digits are nobody’s', async () => {
    await visit('/znaki');
    const said = await summary('/znaki');
    expect(said.lists.map(({ rows, numbers }) => ({ rows, numbers }))).toEqual([{ rows: 5, numbers: 3 }]);
  });

  test('a page that takes our marks out is told of in the popup, and goes on working', async () => {
    const page = await visit('/walczy');
    for (let turn = 0; turn < 12; turn += 1) {
      await page.click(`tbody tr:nth-child(${(turn % 3) + 1}) input`);
      await new Promise((done) => setTimeout(done, 120));
    }
    const hang = await hangOf(page, () => new Promise((done) => setTimeout(done, 1000)));
    expect(hang).toBeLessThan(500);
    const said = await summary('/walczy');
    expect(said.off).toBe('taken-out');
    expect(peopleIn(said)).toBe(3);
  });

  test('a page that redefines what nodes are is read all the same: our world is not its own', async () => {
    const page = await visit('/zmienia');
    await page.mouse.click(20, 60);
    const said = await summary('/zmienia');
    expect(said.off).toBe(null);
    expect(peopleIn(said)).toBe(3);
  });

  test('a page that never rests is left alone at last, the popup says so, and the page keeps its time', async () => {
    const page = await visit('/nie-spocznie');
    await page.click('tbody input');
    await barSays(page, /^Zaznaczono: 1/);
    let said: PageSummary | null = null;
    await hangOf(page, async () => {
      for (const until = Date.now() + 200_000; Date.now() < until; ) {
        said = await summary('/nie-spocznie');
        if ((said as PageSummary).off !== null) break;
        await new Promise((done) => setTimeout(done, 1000));
      }
    });
    expect((said as PageSummary | null)?.off).toBe('degraded');
  }, 260_000);
});
