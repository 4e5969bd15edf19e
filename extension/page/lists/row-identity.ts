import { lineOf } from '../numbers/text.ts';
import { hash } from './identity.ts';
import { rowIds } from './keys.ts';
import type { Column, ListSource } from './list.ts';

/** What makes a row the same row after sorting, paging and re-creation. */

export interface RowIdentity {
  /** How rows are told apart: kept for a list while it lives, so that one row keeps one key. */
  way: string;
  key(row: Element): string;
}

/**
 * How rows of a list are told apart, decided on a sample: an id of the record, the address its link opens, the value
 * of its tick box, else its name and number. A row's index alone is none: sorting gives it to somebody else.
 * @param way how they were told apart before; kept while every sampled row still has such a key
 */
export function rowIdentity(
  source: ListSource,
  columns: readonly Column[],
  sample: readonly Element[],
  name: readonly number[],
  way?: string,
): RowIdentity {
  const telling = columns
    .filter((column) => column.phone || name.includes(column.index))
    .map((column) => column.index);
  const all = columns.filter((column) => !column.ticks).map((column) => column.index);
  const ways: [string, (row: Element) => string][] = [
    ...rowIds.map((attribute): [string, (row: Element) => string] => [
      attribute,
      (row) => row.getAttribute(attribute) ?? '',
    ]),
    ['id', (row) => (/\d/.test(row.getAttribute('id') ?? '') ? (row.getAttribute('id') ?? '') : '')],
    ['link', (row) => linkOf(source, row)],
    ['box', (row) => boxOf(source, row)],
    ['name', (row) => textsOf(source, row, telling)],
  ];
  const fits = ([attribute, read]: [string, (row: Element) => string]): boolean => {
    const seen = sample.map(read);
    if (seen.length === 0 || seen.includes('')) return false;
    if (attribute === way) return true;
    return new Set(seen).size === seen.length && !isPosition(sample, attribute);
  };
  const [found, read] = ways.find((candidate) => candidate[0] === way && fits(candidate)) ??
    ways.find(fits) ?? ['row', (row: Element) => textsOf(source, row, all)];
  const short = found === 'name' || found === 'row' || found === 'link';
  return { way: found, key: (row) => `${found}=${short ? hash(read(row)) : read(row)}` };
}

/** Attributes that count 0, 1, 2 … down the page number places, not records. */
function isPosition(sample: readonly Element[], attribute: string): boolean {
  const numbers = sample.map((row) =>
    Number(/\d+$/.exec(row.getAttribute(attribute) ?? '')?.[0] ?? Number.NaN),
  );
  const first = numbers[0];
  return first !== undefined && first <= 2 && numbers.slice(0, 8).every((value, at) => value === first + at);
}

/** The first link of a row that opens a record; telephone, mail and script links open none. */
function linkOf(source: ListSource, row: Element): string {
  for (const part of source.parts(row)) {
    for (const link of part.querySelectorAll('a[href]')) {
      const href = link.getAttribute('href') ?? '';
      if (href.length > 1 && !/^(?:tel|sms|mailto|callto|javascript|#$)/i.test(href)) return href;
    }
  }
  return '';
}

function boxOf(source: ListSource, row: Element): string {
  for (const part of source.parts(row)) {
    const value = part.querySelector('input[type=checkbox]')?.getAttribute('value') ?? '';
    if (value && value !== 'on' && value !== 'true' && value !== '1') return value;
  }
  return '';
}

const textsOf = (source: ListSource, row: Element, columns: readonly number[]): string => {
  const cells = source.cells(row);
  const texts = columns.map((index) => (cells[index] ? lineOf(cells[index]) : ''));
  return texts.every((text) => text === '') ? '' : texts.join('\u0001');
};
