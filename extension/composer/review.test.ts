import { describe, expect, test } from 'vitest';
import { parseTemplate } from '../../shared/sms-text/index.ts';
import type { CapturedPerson } from '../bridge/capture.ts';
import { captureOf, person, sixRows } from './capture.fixture.ts';
import { takeCapture } from './draft.ts';
import { type NumberSources, reviewFields, reviewPeople, unknownFields } from './review.ts';

const reasons = (people = sixRows()) =>
  reviewPeople(takeCapture(captureOf(people), null)).map(({ person: { name }, reason }) => [name, reason]);

describe('R1: bad rows are visible, none is dropped silently', () => {
  test('three are sent to, three are skipped with their reasons, in the order of the list', () => {
    expect(reasons()).toEqual([
      ['Anna', null],
      ['Bez numeru', 'no-number'],
      ['Biuro', 'landline'],
      ['Czesław', null],
      ['Anna znowu', 'duplicate'],
      ['Dorota', null],
    ]);
  });

  test('a duplicate names the person who has the number already', () => {
    const reviewed = reviewPeople(takeCapture(captureOf(sixRows()), null));
    expect(reviewed[4]?.detail).toBe('Anna');
  });

  test('whoever is taken out is not the first of two any more', () => {
    const draft = takeCapture(captureOf(sixRows()), null);
    const removed = [draft.people[0]?.key ?? ''];
    const reviewed = reviewPeople({ ...draft, removed });
    expect(reviewed).toHaveLength(5);
    expect(reviewed.find(({ person: { name } }) => name === 'Anna znowu')?.reason).toBeNull();
  });

  test.each([
    ['n/d', 'no-number'],
    ['brak', 'no-number'],
    ['-', 'no-number'],
    ['pokój nr 12', 'not-a-number'],
    ['60010', 'too-short'],
    ['600 100 200 300 400 500', 'too-long'],
    ['+48 700 100 200', 'premium'],
  ])('a cell with %s is skipped: %s', (shown, reason) => {
    expect(reasons([person('X', shown)])).toEqual([['X', reason]]);
  });

  test('a cell that only the full plans understand is sent to', () => {
    const [reviewed] = reviewPeople(
      takeCapture(captureOf([{ ...person('X', ''), shown: '600100200' }]), null),
    );
    expect(reviewed).toMatchObject({ number: '+48600100200', reason: null });
  });
});

describe('several numbers', () => {
  const draft = takeCapture(captureOf([person('Wójcik', '22 611 07 74; 601 200 300; 602 200 300')]), null);
  const key = draft.people[0]?.key ?? '';

  test('the first that can take an SMS is used until the user says otherwise', () => {
    expect(reviewPeople(draft)[0]?.number).toBe('+48601200300');
  });

  test('the chosen one is used, also when it is a landline and so is skipped', () => {
    expect(reviewPeople({ ...draft, chosen: { [key]: 2 } })[0]?.number).toBe('+48602200300');
    expect(reviewPeople({ ...draft, chosen: { [key]: 0 } })[0]?.reason).toBe('landline');
  });
});

describe('R29: which of an employee’s numbers', () => {
  const number = (e164: string, column?: string) => ({
    e164,
    shown: e164,
    kind: 'mobile' as const,
    ...(column === undefined ? {} : { column }),
  });
  const both = {
    ...person('Anna', ''),
    numbers: [
      number('+48502200001', 'Telefon prywatny'),
      number('+48601100001', 'Telefon służbowy'),
      number('+48603300001', 'Telefon SMS'),
      number('+48604400001', 'Telefon'),
    ],
  };
  const used = (sources: NumberSources, one: CapturedPerson = both) =>
    reviewPeople(takeCapture(captureOf([one]), null), sources)[0];

  test('is the first in the company’s order that there is, by the headings', () => {
    expect(used(['sms', 'business', 'private'])?.number).toBe('+48603300001');
    expect(used(['business', 'private'])?.number).toBe('+48601100001');
    expect(used(['private'])).toMatchObject({ number: '+48502200001', column: 'Telefon prywatny' });
  });

  test('is the page’s best one for customers, and where no heading says whose it is', () => {
    expect(used(null)?.number).toBe('+48502200001');
    const plain = { ...both, numbers: [number('+48604400001', 'Telefon'), number('+48605500001')] };
    expect(used(['sms', 'business'], plain)?.number).toBe('+48604400001');
  });

  test('is the one that somebody pointed at, whatever the order', () => {
    expect(used(['business'], { ...both, pointed: true })?.number).toBe('+48502200001');
  });

  test('is one that can take an SMS', () => {
    const landline = { ...number('+48126300004', 'Telefon służbowy'), kind: 'landline' as const };
    const one = { ...both, numbers: [landline, number('+48502200001', 'Telefon prywatny')] };
    expect(used(['business', 'private'], one)?.number).toBe('+48502200001');
  });
});

describe('merge fields', () => {
  const draft = takeCapture(
    captureOf([person('A', '600100200', { Imię: 'Ala' }), person('B', '601200300')]),
    null,
  );
  const reviewed = reviewPeople(draft);

  test('a row without a value is skipped, and the field named', () => {
    const [one, other] = reviewFields(reviewed, parseTemplate('Cześć {imię}'));
    expect(one?.reason).toBeNull();
    expect(other).toMatchObject({ reason: 'fields-missing', detail: 'imię' });
  });

  test('a default value lets everybody in', () => {
    const all = reviewFields(reviewed, parseTemplate('Cześć {Imię|Kliencie}'));
    expect(all.every(({ reason }) => reason === null)).toBe(true);
  });

  test('a field that no column offers is named', () => {
    expect(unknownFields(parseTemplate('{Imię} {Nazwisko}'), ['IMIĘ'])).toEqual(['Nazwisko']);
  });
});

test('ten thousand rows are reviewed again without checking each number anew', () => {
  const people = Array.from({ length: 10_000 }, (_, at) => person(`P${at}`, `600${100_000 + at}`));
  const draft = takeCapture(captureOf(people), null);
  const first = reviewPeople(draft);
  expect(reviewPeople(draft)).toEqual(first);
  expect(first.filter(({ reason }) => reason === null).length).toBeGreaterThan(5000);
});
