import { expect, test } from 'vitest';
import { parsePrice } from './price.ts';

test.each([
  ['1 234,50', 123450],
  ['1234.5', 123450],
  ['99 zł', 9900],
  ['0', 0],
  ['0,07', 7],
])('%s is a price', (text, grosze) => {
  expect(parsePrice(text)).toBe(grosze);
});

test.each(['', 'darmo', '-5', '1.234,50', '1,2345', '1e5', '99999999999'])('%s is none', (text) => {
  expect(parsePrice(text)).toBeNull();
});
