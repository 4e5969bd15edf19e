import { describe, expect, test } from 'vitest';
import { type Entry, onePerPerson } from './entry.ts';
import { precision, recall, score } from './score.ts';

const entry = (rest: Partial<Entry>): Entry => ({
  url: 'http://office.example/list',
  frame: '',
  e164: '+48600100200',
  kind: 'mobile',
  name: 'Anna Nowak',
  shown: '600 100 200',
  where: 'list',
  list: 'list',
  row: '1',
  fields: { Klient: 'Anna\u00a0Nowak' },
  ...rest,
});

describe('one entry per person and number', () => {
  test('of two places the one that says more is kept, and a nameless mention of a named number is none', () => {
    const inList = entry({});
    const all = [entry({ where: 'text', name: 'ANNA  NOWAK' }), inList, entry({ where: 'text', name: '' })];
    expect(onePerPerson(all)).toEqual([inList]);
  });

  test('two people with one number, and two numbers of one person, are all kept', () => {
    const all = [entry({}), entry({ name: 'Jan Nowak' }), entry({ e164: '+48600100201' })];
    expect(onePerPerson(all)).toEqual(all);
  });
});

describe('what was read is held against what is there', () => {
  test('all right: both are 1, and spaces do not matter', () => {
    const found = score(
      [{ e164: '+48600100200', name: 'anna nowak', fields: { Klient: 'Anna Nowak' } }],
      [entry({})],
    );
    expect([precision(found), recall(found), found.wrong]).toEqual([1, 1, []]);
  });

  test('a number that is not there costs precision, one that was not read recall, and somebody else’s both', () => {
    const extra = score([], [entry({})]);
    expect([precision(extra), recall(extra)]).toEqual([0, 1]);
    const missing = score([{ e164: '+48600100200' }], []);
    expect([precision(missing), recall(missing)]).toEqual([1, 0]);
    const swapped = score([{ e164: '+48600100200', name: 'Jan Nowak' }], [entry({})]);
    expect([precision(swapped), recall(swapped)]).toEqual([0, 0]);
    expect(swapped.wrong).toEqual(['+48600100200 is “Jan Nowak”’s and was read as “Anna Nowak”’s']);
  });

  test('what the truth does not say is not looked at; what it says is', () => {
    expect(score([{ e164: '+48600100200' }], [entry({ where: 'text' })]).wrong).toEqual([]);
    const told = { e164: '+48600100200', name: 'Anna Nowak', where: 'form', kind: 'landline' } as const;
    expect(score([{ ...told, frame: 'inner.html', fields: { NIP: '1' } }], [entry({})]).wrong).toHaveLength(
      4,
    );
  });
});
