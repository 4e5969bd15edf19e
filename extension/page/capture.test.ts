import { afterEach, describe, expect, test } from 'vitest';
import { captureField, captureLoose } from './capture.ts';
import { peopleOf } from './lists/person.ts';
import { readPage } from './reading.ts';

afterEach(() => document.body.replaceChildren());

const made = <Name extends keyof HTMLElementTagNameMap>(name: Name, ...children: (Node | string)[]) => {
  const element = document.createElement(name);
  element.append(...children);
  return element;
};

/** `[e164, heading]` of each number of the first row. */
function headingsIn(heads: Node[], rows: string[][]): (string | undefined)[][] {
  const body = made('tbody', ...rows.map((row) => made('tr', ...row.map((cell) => made('td', cell)))));
  document.body.append(made('table', made('thead', ...heads), body));
  const [list] = readPage(document).lists;
  const row = list?.source.rows()[0];
  if (list === undefined || row === undefined) throw new Error('no list was read');
  return peopleOf(list, 'PL')
    .person(row)
    .numbers.map(({ e164, column }) => [e164, column]);
}

const rows = ['1', '2', '3'].map((end) => [
  `Nowak Anna${'abc'[Number(end) - 1]}`,
  `601 100 00${end}`,
  `502 200 00${end}`,
]);

describe('a number is captured with what the page calls it', () => {
  test('the heading of its column', () => {
    const heads = [
      made(
        'tr',
        ...['Nazwisko i imię', 'Telefon służbowy', 'Telefon prywatny'].map((text) => made('th', text)),
      ),
    ];
    expect(headingsIn(heads, rows)).toEqual([
      ['+48601100001', 'Telefon służbowy'],
      ['+48502200001', 'Telefon prywatny'],
    ]);
  });

  test('with the heading over it', () => {
    const name = Object.assign(made('th', 'Nazwisko i imię'), { rowSpan: 2 });
    const phones = Object.assign(made('th', 'Telefon'), { colSpan: 2 });
    const heads = [made('tr', name, phones), made('tr', made('th', 'służbowy'), made('th', 'prywatny'))];
    expect(headingsIn(heads, rows)).toEqual([
      ['+48601100001', 'Telefon służbowy'],
      ['+48502200001', 'Telefon prywatny'],
    ]);
  });

  test('the label of its field in a form', () => {
    const input = Object.assign(made('input'), { value: '502 200 001' });
    document.body.append(made('form', made('label', 'Telefon prywatny', input)));
    expect(captureField(document, input, 'PL')?.people[0]?.numbers).toEqual([
      { e164: '+48502200001', shown: '502 200 001', kind: 'mobile', column: 'Telefon prywatny' },
    ]);
  });

  test('the term beside it', () => {
    const value = made('dd', '502 200 001');
    document.body.append(made('dl', made('dt', 'Telefon prywatny:'), value));
    const number = { e164: '+48502200001', shown: '502 200 001', kind: 'mobile' as const };
    const [person] = captureLoose(document, { element: value, number, places: [] })?.people ?? [];
    expect(person?.numbers[0]?.column).toBe('Telefon prywatny');
  });
});
