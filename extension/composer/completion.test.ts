import { expect, test } from 'vitest';
import { insertField, openFieldAt, suggestions } from './completion.ts';

test.each([
  ['Cześć {', 7, { start: 6, end: 7, typed: '' }],
  ['Cześć {Im', 9, { start: 6, end: 9, typed: 'Im' }],
  ['{Imię} i {Na', 12, { start: 9, end: 12, typed: 'Na' }],
  ['Cześć {Imię}', 12, null],
  ['Cześć {Imię|Klie', 16, null],
  ['Cześć {\nIm', 10, null],
  ['Cześć \\{Im', 10, null],
  ['Cześć', 5, null],
  ['', 0, null],
])('the field being typed in %j at %i', (text, caret, expected) => {
  expect(openFieldAt(text, caret)).toEqual(expected);
});

test('columns that begin so come first, case and spaces do not matter', () => {
  expect(suggestions(['Data imienin', 'Imię', 'Telefon'], 'IMI')).toEqual(['Imię', 'Data imienin']);
  expect(suggestions(['Imię', 'Telefon'], '')).toEqual(['Imię', 'Telefon']);
  expect(suggestions(['Imię'], 'xyz')).toEqual([]);
});

test('the field is written out and the caret stands behind it', () => {
  expect(insertField('Cześć {Im!', 'Imię', 6, 9)).toEqual({ text: 'Cześć {Imię}!', caret: 12 });
});

test('a brace that is closed already is not closed twice', () => {
  expect(insertField('Cześć {Im}', 'Imię', 6, 9)).toEqual({ text: 'Cześć {Imię}', caret: 12 });
});

test('a column with braces in its name stays one field', () => {
  expect(insertField('', 'a{b}', 0, 0).text).toBe('{a\\{b\\}}');
});
