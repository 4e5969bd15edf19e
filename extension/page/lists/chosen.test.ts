import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPage } from '../reading.ts';
import { applyChosenColumns, placeOfList } from './chosen.ts';
import type { ListReading } from './list.ts';
import { peopleOf } from './person.ts';

/** Two phone columns, of which the page's order suggests the wrong one, and a reference that looks like a name. */
const rows = [
  ['Anna Nowak', 'Zielony Dom', '600 100 200', '512 345 678', '22 611 07 74'],
  ['Piotr Lis', 'Czysta Woda', '600 100 201', '512 345 679', '22 611 07 75'],
  ['Ewa Bury', 'Nowy Młyn', '600 100 202', '512 345 680', '22 611 07 76'],
];
const headings = ['Klient', 'Obiekt', 'Telefon', 'Kontakt SMS', 'Kod'];

function table(): void {
  document.body.replaceChildren();
  const root = document.createElement('table');
  root.append(document.createElement('thead'), document.createElement('tbody'));
  const line = (cells: readonly string[], tag: 'th' | 'td') => {
    const row = document.createElement('tr');
    for (const text of cells) row.append(Object.assign(document.createElement(tag), { textContent: text }));
    return row;
  };
  root.tHead?.append(line(headings, 'th'));
  root.tBodies[0]?.append(...rows.map((row) => line(row, 'td')));
  document.body.append(root);
}

const read = (): ListReading => {
  const [list] = readPage(document).lists;
  if (list === undefined) throw new Error('no list was found');
  return list;
};
const first = () => {
  const list = read();
  const [row] = list.source.rows();
  if (row === undefined) throw new Error('no row');
  const { name, numbers } = peopleOf(list, 'PL').person(row);
  return { name, numbers: numbers.map(({ e164 }) => e164) };
};
const choose = (over: { phones?: string[]; names?: string[]; path?: string; headings?: string[] }) =>
  applyChosenColumns(
    [{ path: '/klienci/*', headings, phones: [], names: [], templateId: null, ...over }],
    () => '/klienci/17',
  );

beforeEach(table);
afterEach(() => applyChosenColumns([], () => '/'));

describe('columns that somebody has chosen for a list', () => {
  test('take the place of the guess', () => {
    expect(first().name).toBe('Anna Nowak');
    choose({ phones: ['Kod'], names: ['Obiekt'] });
    expect(first()).toEqual({ name: 'Zielony Dom', numbers: ['+48226110774'] });
  });

  test('best first, where several hold numbers', () => {
    choose({ phones: ['Kontakt SMS', 'Telefon'] });
    expect(first()).toEqual({ name: 'Anna Nowak', numbers: ['+48512345678', '+48600100200'] });
  });

  test('a column of numbers that was not chosen can still be clicked, and texts no ticked row', () => {
    choose({ phones: ['Kontakt SMS'] });
    const list = read();
    expect(list.people).toBe(true);
    expect(list.columns.filter(({ phone }) => phone).map(({ name }) => name)).toEqual(['Kontakt SMS']);
    expect(list.columns.find(({ name }) => name === 'Telefon')?.read).not.toBe('none');
  });

  test('hold for that list alone: not for another place, nor for other columns', () => {
    const guessed = first();
    choose({ phones: ['Kod'], path: '/dostawcy/*' });
    expect(first()).toEqual(guessed);
    choose({ phones: ['Kod'], headings: ['Data', 'Temat', 'Kod'] });
    expect(first()).toEqual(guessed);
  });

  test('that are not on the page today leave the guess', () => {
    const guessed = first();
    choose({ phones: ['Komórka'], names: ['Pacjent'] });
    expect(first()).toEqual(guessed);
  });

  test('are kept by the words that the composer sees too', () => {
    choose({ phones: ['Kod'] });
    expect(placeOfList(read())).toEqual({ path: '/klienci/*', headings });
  });
});
