import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, launch, open } from './harness.ts';

/** What is read of the ways in which pages build lists and forms, each in its smallest page, in a real Chromium. */

type Person = [name: string, ...numbers: string[]];

interface Read {
  people: Person[];
  /** Numbers outside lists, by the way they are shown. */
  loose: string[];
  fields: [label: string, ...numbers: string[]][];
}

let browser: Browser;
let script: string;
beforeAll(async () => {
  script = await bundle();
  browser = await launch();
}, 120_000);
afterAll(() => browser?.close());

async function read(html: string): Promise<Read> {
  const page = await open(browser, script, html);
  try {
    return (await page.evaluate(`(() => {
      const roots = [];
      const visit = (root) => {
        roots.push(root);
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) visit(element.shadowRoot);
          if (element.localName === 'iframe' && element.contentDocument) visit(element.contentDocument);
        }
      };
      visit(document);
      const read = { people: [], loose: [], fields: [] };
      for (const root of roots) {
        const reading = nadpis.readPage(root);
        for (const list of reading.lists.filter((one) => one.people)) {
          const people = nadpis.peopleOf(list, 'PL');
          for (const row of list.source.rows()) {
            const { name, numbers } = people.person(row);
            read.people.push([name, ...numbers.map(({ e164 }) => e164)]);
          }
        }
        read.loose.push(...reading.numbers.map(({ number }) => number.e164));
        read.fields.push(...reading.fields.map(({ control, label }) => [label, ...nadpis.numbersInField(control, 'PL').map(({ e164 }) => e164)]));
      }
      return read;
    })()`)) as Read;
  } finally {
    await page.close();
  }
}

const a = '+48600100201';
const b = '+48600100202';
const c = '+48600100203';
const three: Person[] = [
  ['Anna Nowak', a],
  ['Piotr Lis', b],
  ['Ewa Bury', c],
];
const rows = [
  ['Anna Nowak', '600 100 201'],
  ['Piotr Lis', '600 100 202'],
  ['Ewa Bury', '600 100 203'],
] as const;
const each = (build: (name: string, phone: string, at: number) => string): string =>
  rows.map(([name, phone], at) => build(name, phone, at)).join('');

describe('lists', () => {
  test.each<[string, string, Person[]]>([
    [
      'a table with several rows of headings, groups over columns',
      `<table><thead><tr><th rowspan="2">Pracownik</th><th colspan="2">Kontakt</th></tr><tr><th>Telefon</th><th>Miasto</th></tr></thead><tbody>${each(
        (name, phone) => `<tr><td>${name}</td><td>${phone}</td><td>Łódź</td></tr>`,
      )}</tbody></table>`,
      three,
    ],
    [
      'cells that span rows',
      `<table><thead><tr><th>Dział</th><th>Pracownik</th><th>Telefon</th></tr></thead><tbody>${each(
        (name, phone, at) =>
          `<tr>${at === 0 ? '<td rowspan="3">Kadry</td>' : ''}<td>${name}</td><td>${phone}</td></tr>`,
      )}</tbody></table>`,
      three,
    ],
    [
      'headings in a table of their own, which stays in place',
      `<div><div><table><thead><tr><th>Klient</th><th>Telefon</th></tr></thead></table></div><div><table><tbody>${each(
        (name, phone) => `<tr><td>${name}</td><td>${phone}</td></tr>`,
      )}</tbody></table></div></div>`,
      three,
    ],
    [
      'a tree grid',
      `<div role="treegrid"><div role="rowgroup"><div role="row"><div role="columnheader">Klient</div><div role="columnheader">Telefon</div></div></div><div role="rowgroup">${each(
        (name, phone, at) =>
          `<div role="row" aria-level="${at ? 2 : 1}"><div role="gridcell">${name}</div><div role="gridcell">${phone}</div></div>`,
      )}</div></div>`,
      three,
    ],
    [
      'a grid whose frozen columns stand in a container of their own',
      `<div role="grid"><div role="rowgroup"><div role="row" aria-rowindex="1"><div role="columnheader" aria-colindex="1">Klient</div></div></div><div role="rowgroup"><div role="row" aria-rowindex="1"><div role="columnheader" aria-colindex="2">Telefon</div></div></div>
       <div class="left">${each((name, _, at) => `<div role="row" aria-rowindex="${at + 2}"><div role="gridcell" aria-colindex="1">${name}</div></div>`)}</div>
       <div class="right">${each((_, phone, at) => `<div role="row" aria-rowindex="${at + 2}"><div role="gridcell" aria-colindex="2">${phone}</div></div>`)}</div></div>`,
      three,
    ],
    [
      'a table of layout around a table of people',
      `<table><tr><td>Menu</td><td><table><tr><th>Klient</th><th>Telefon</th></tr>${each(
        (name, phone) => `<tr><td>${name}</td><td>${phone}</td></tr>`,
      )}</table></td></tr></table>`,
      three,
    ],
    [
      'cards',
      `<div class="cards">${each(
        (name, phone) =>
          `<article class="card"><h3>${name}</h3><p>Telefon: <span>${phone}</span></p></article>`,
      )}</div>`,
      three,
    ],
    [
      'a calling code in one element and the number in another',
      `<table><thead><tr><th>Klient</th><th>Telefon</th></tr></thead><tbody>${each(
        (name, phone) => `<tr><td>${name}</td><td><span>+48</span><span>${phone}</span></td></tr>`,
      )}</tbody></table>`,
      three,
    ],
    [
      'links that dial and links that write, with a sign instead of the number',
      `<table><thead><tr><th>Klient</th><th>Telefon</th></tr></thead><tbody>${each(
        (name, phone, at) =>
          `<tr><td>${name}</td><td><a href="${at % 2 ? 'sms' : 'tel'}:${phone.replaceAll(' ', '')}">✆</a></td></tr>`,
      )}</tbody></table>`,
      three,
    ],
    [
      'a table in German and one in Ukrainian',
      `<table><thead><tr><th>Ansprechpartner</th><th>Handy</th></tr></thead><tbody>${each(
        (name, phone) => `<tr><td>${name}</td><td>+48 ${phone}</td></tr>`,
      )}</tbody></table><table><thead><tr><th>Клієнт</th><th>Мобільний телефон</th></tr></thead><tbody>${each(
        (name, phone) => `<tr><td>${name}</td><td>+48 ${phone}</td></tr>`,
      )}</tbody></table>`,
      [...three, ...three],
    ],
  ])('%s', async (_, html, people) => {
    expect((await read(html)).people).toEqual(people);
  });

  test('an open shadow root and a frame of the same site', async () => {
    const table = `<table><thead><tr><th>Klient</th><th>Telefon</th></tr></thead><tbody>${each(
      (name, phone) => `<tr><td>${name}</td><td>${phone}</td></tr>`,
    )}</tbody></table>`;
    const said = await read(
      `<crm-list><template shadowrootmode="open">${table}</template></crm-list><iframe srcdoc="${table.replaceAll('"', '&quot;')}"></iframe>
       <script>
         const host = document.querySelector('crm-list');
         if (!host.shadowRoot) { const root = host.attachShadow({ mode: 'open' }); root.append(host.querySelector('template').content); }
       </script>`,
    );
    expect(said.people.length).toBeGreaterThanOrEqual(3);
    expect(said.people.slice(0, 3)).toEqual(three);
  });
});

describe('forms and records', () => {
  test.each<[string, string]>([
    ['Telefon komórkowy', 'pole1'],
    ['Mobile phone', 'x2'],
    ['Handynummer', 'y3'],
    ['Мобільний телефон', 'z4'],
  ])('a field that is only labelled: %s', async (label, id) => {
    const html = `<form><label for="${id}n">Name</label><input id="${id}n" value="Anna Nowak"><label for="${id}">${label}</label><input id="${id}" value="+48 600 100 201"></form>`;
    expect((await read(html)).fields).toEqual([[label, a]]);
  });

  test('a field that is read only, and one of its type alone', async () => {
    const html = `<form><div>Numer kontaktowy</div><input readonly value="600 100 201"><input type="tel" value="600 100 202"></form>`;
    expect((await read(html)).fields.map(([, ...numbers]) => numbers)).toEqual([[a], [b]]);
  });

  test('codes and amounts are no phones, whatever their keyboard', async () => {
    const html = `<form><label>Kod SMS <input type="tel" autocomplete="one-time-code" value="600100201"></label><label>NIP <input type="tel" value="8567346215"></label><label>Kwota <input name="amount" value="600 100 201"></label></form>`;
    expect((await read(html)).fields).toEqual([]);
  });

  test('a definition list, and labels with values', async () => {
    const html = `<dl><dt>Klient</dt><dd>Anna Nowak</dd><dt>Telefon</dt><dd>600 100 201</dd><dt>NIP</dt><dd>8567346215</dd></dl>
      <div><div><span class="label">Telefon</span><span class="value">600 100 202</span></div><div><span class="label">REGON</span><span class="value">123456785</span></div></div>`;
    expect((await read(html)).loose).toEqual([a, b]);
  });

  test('links that write, in running text', async () => {
    expect((await read('<p>Napisz: <a href="sms:+48600100201?body=Hej">SMS</a></p>')).loose).toEqual([a]);
  });
});
