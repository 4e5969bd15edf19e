import parse from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { makePeople } from '../../demo/people.ts';
import { makeRows } from '../pages/data.ts';
import { pages } from '../pages/pages.ts';
import { truthOf } from '../pages/truth.ts';

const smsKinds = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE']);

const isValidNip = (nip: string) => {
  const sum = [6, 5, 7, 2, 3, 4, 5, 6, 7].reduce(
    (all, weight, place) => all + weight * Number(nip[place]),
    0,
  );
  return /^[1-9]((\d[1-9])|([1-9]\d))\d{7}$/.test(nip) && sum % 11 === Number(nip[9]);
};

describe('the made-up people are worth testing on', () => {
  const people = makePeople(300);

  test('the same every time, and others for another seed', () => {
    expect(makePeople(300)).toEqual(people);
    expect(makePeople(300, 5)).not.toEqual(people);
  });

  test('each number is valid and of the kind that the truth says', () => {
    for (const { numbers } of [...people, ...makePeople(1000, 9)]) {
      for (const { e164, kind } of numbers) {
        const checked = parse(e164);
        expect(checked?.isValid(), e164).toBe(true);
        const expected =
          checked?.country !== 'PL'
            ? 'foreign'
            : smsKinds.has(checked.getType() ?? '')
              ? 'mobile'
              : 'landline';
        expect(kind, e164).toBe(expected);
      }
    }
  });

  test('the digits of the truth stand in the text', () => {
    for (const { phone, numbers } of people) {
      const digits = phone.replace(/\D/g, '');
      for (const { e164, shown } of numbers) {
        expect(phone).toContain(shown);
        expect(digits).toContain(e164.replace(/^\+48/, '').replace(/^\+/, '').slice(-7));
      }
    }
  });

  test('every NIP has its check digit and no order number has more than nine digits', () => {
    for (const { nip, order } of people) {
      expect(isValidNip(nip), nip).toBe(true);
      expect(order).toMatch(/^\d{9}$/);
    }
  });

  test('the first rows hold one of each: five mobiles, none, a landline, a duplicate', () => {
    const kinds = people.slice(0, 8).map(({ numbers }) => numbers[0]?.kind ?? 'none');
    expect(kinds).toEqual(['mobile', 'mobile', 'mobile', 'mobile', 'mobile', 'none', 'landline', 'mobile']);
    expect(people[7]?.numbers[0]?.e164).toBe(people[0]?.numbers[0]?.e164);
  });
});

describe.each(pages)('the truth of the page $name', (page) => {
  const { where, rows, seed } = page;
  const truth = truthOf(page, makeRows(rows, seed));

  test('covers its rows, with and without numbers', () => {
    expect(truth.rows).toBe(rows);
    expect(truth.numbers.length).toBeGreaterThan(0);
    const withNumbers = new Set(truth.numbers.map((number) => number.row));
    if (where === 'list') expect(withNumbers.size + truth.without.length).toBe(rows);
    else expect(truth.numbers.every((number) => number.row === '' && number.list === '')).toBe(true);
  });

  test('names decoys, of which none is a number of the same row’s person', () => {
    expect(truth.decoys.length).toBeGreaterThan(0);
    const numbers = new Set(truth.numbers.map(({ row, e164 }) => `${row} ${e164.replace('+48', '')}`));
    expect(truth.decoys.filter(({ row, shown }) => numbers.has(`${row} ${shown}`))).toEqual([]);
  });
});
