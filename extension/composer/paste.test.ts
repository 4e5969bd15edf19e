import { describe, expect, test } from 'vitest';
import { readPastedTable } from './paste.ts';

const read = (text: string) => readPastedTable(text, 0, 'id');
const people = (text: string) =>
  read(text)?.people.map(({ name, numbers }) => [name, numbers[0]?.e164 ?? null]);

describe('a pasted table becomes recipients', () => {
  test('tab-separated with a header, as a spreadsheet gives it', () => {
    const capture = read('Imię\tNIP\tTelefon\nAnna\t8567346215\t600 100 200\nPiotr\t\t601-200-300\n');
    expect(capture?.columns).toEqual(['Imię', 'NIP', 'Telefon']);
    expect(capture?.people.map(({ name, fields }) => [name, fields.NIP])).toEqual([
      ['Anna', '8567346215'],
      ['Piotr', ''],
    ]);
    expect(capture?.people[1]?.numbers[0]?.e164).toBe('+48601200300');
  });

  test('rows without a number stay, to be listed as skipped', () => {
    expect(people('Imię\tTelefon\nAnna\t600100200\nBea\tbrak\nCela\t')).toEqual([
      ['Anna', '+48600100200'],
      ['Bea', null],
      ['Cela', null],
    ]);
  });

  test('without a header, separated by semicolons', () => {
    expect(people('Anna;600100200\nPiotr;601200300')).toEqual([
      ['Anna', '+48600100200'],
      ['Piotr', '+48601200300'],
    ]);
  });

  test('§7: each number keeps the heading of its column, which tells an employee’s private one', () => {
    const capture = read('Pracownik\tTelefon prywatny\nAnna Nowak\t600 100 200\n');
    expect(capture?.people[0]?.numbers[0]?.column).toBe('Telefon prywatny');
  });

  test('a bare list of numbers', () => {
    expect(people('600 100 200\n601 200 300')).toEqual([
      ['', '+48600100200'],
      ['', '+48601200300'],
    ]);
  });

  test('a cell with a line break in quotes is one cell', () => {
    expect(people('Adres\tTelefon\n"ul. Długa 5\nWarszawa"\t600100200')).toEqual([
      ['ul. Długa 5\nWarszawa', '+48600100200'],
    ]);
  });

  test('columns of the same name do not hide each other', () => {
    expect(read('Imię\tImię\tTelefon\nA\tB\t600100200')?.columns).toEqual(['Imię', 'Imię 2', 'Telefon']);
  });

  test.each(['', '   \n\t', 'Dzień dobry', 'a\tb\nc\td'])('%j holds no recipients', (text) => {
    expect(read(text)).toBeNull();
  });

  test('a huge paste is cut, not refused', () => {
    const capture = read(
      Array.from({ length: 25_000 }, (_, at) => `P${at}\t6001${String(at).padStart(5, '0')}`).join('\n'),
    );
    expect(capture?.people).toHaveLength(20_000);
  });
});
