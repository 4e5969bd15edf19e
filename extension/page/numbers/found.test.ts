import { expect, test } from 'vitest';
import { readCellAs } from '../../../shared/phone/index.ts';
import { captured, plainNumber } from './found.ts';
import { mayShowNumber } from './prefilter.ts';

const shapes = [
  (n: string) => n,
  (n: string) => `${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`,
  (n: string) => `${n.slice(0, 3)}-${n.slice(3, 6)}-${n.slice(6)}`,
  (n: string) => `+48${n}`,
  (n: string) => `+48 ${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`,
  (n: string) => `(+48) ${n.slice(0, 3)}-${n.slice(3, 6)}-${n.slice(6)}`,
  (n: string) => `(+48)${n}`,
  (n: string) => `0048 ${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`,
  (n: string) => `tel. ${n.slice(0, 3)} ${n.slice(3, 6)} ${n.slice(6)}`,
  (n: string) => `kom. ${n}`,
  (n: string) => `48${n}`,
  ...[' ', '.', '\u00a0', '\u2009', '–', '/', ','].map(
    (gap) => (n: string) => `${n.slice(0, 3)}${gap}${n.slice(3, 6)}${gap}${n.slice(6)}`,
  ),
  (n: string) => `+48.${n.slice(0, 3)}.${n.slice(3, 6)}.${n.slice(6)}`,
  (n: string) => `\n   ${n}\n  `,
  ...['', '+48 ', ' ', '(', '0-', '(0-'].flatMap((before) =>
    ['', ')'].flatMap((after) =>
      ['', ' ', ' wew. 129', ' wew. 1290'].map(
        (end) => (n: string) =>
          `${before}${n.slice(0, 2)}${after} ${n.slice(2, 5)} ${n.slice(5, 7)} ${n.slice(7)}${end}`,
      ),
    ),
  ),
];

test('the short way for one Polish number says what the rules say, for every leading digits and shape', () => {
  let short = 0;
  for (let prefix = 0; prefix < 1000; prefix += 1) {
    for (const tail of ['000000', '123456', '111111', '902817', '999999']) {
      const national = `${String(prefix).padStart(3, '0')}${tail}`;
      for (const shape of shapes) {
        const text = shape(national);
        const plain = plainNumber(text);
        if (!plain) continue;
        short += 1;
        expect([plain]).toEqual(captured(text, readCellAs('cell', text, 'PL')));
      }
    }
  }
  expect(short).toBeGreaterThan(10_000);
});

test.each([
  ['Zamówienie z dnia 2024-01-11', false],
  ['11.01.2024', false],
  ['Do zapłaty 15,00 zł, nr 100001', false],
  ['600100200', true],
  ['2024-01-11 600 100 200', true],
  ['tel.600100200', true],
  ['12 935 28 23 wew. 295', true],
  ['(0-61) 896 83 45', true],
  ['600\u00a0100\u2009200', true],
  ['', false],
])('free text is asked cheaply whether a number may stand in it: %s', (text, may) => {
  expect(mayShowNumber(text)).toBe(may);
});
