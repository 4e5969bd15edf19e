import { isElement } from '../numbers/nodes.ts';
import { lineOf } from '../numbers/text.ts';
import { rowIds, sharedKey } from './keys.ts';
import type { Column, ListSource } from './list.ts';

/** What makes a row the same row after sorting, paging and re-creation, and a list the same list. */

/** FNV-1a, 53 bits in two halves, as text: short, stable, good enough to tell rows of one list apart. */
export function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1000193;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ (code + at), 0x85ebca6b);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}

/**
 * How rows of a list are told apart, decided on a sample: an id of the record, the address its link opens, the value
 * of its tick box, else its name and number. A row's index alone is none: sorting gives it to somebody else.
 */
export function rowIdentity(source: ListSource, columns: readonly Column[], sample: readonly Element[], name: readonly number[]): (row: Element) => string {
  const unique = (read: (row: Element) => string): boolean => {
    const seen = sample.map(read);
    return sample.length > 0 && seen.every((key) => key !== '') && new Set(seen).size === seen.length;
  };
  const id = rowIds.find((attribute) => sharedKey(sample, [attribute]) !== null && unique((row) => row.getAttribute(attribute) ?? '') && !isPosition(sample, attribute));
  if (id) return (row) => `${id}=${row.getAttribute(id) ?? ''}`;
  const ownId = (row: Element): string => (/\d/.test(row.getAttribute('id') ?? '') ? (row.getAttribute('id') ?? '') : '');
  if (unique(ownId) && !isPosition(sample, 'id')) return (row) => `id=${ownId(row)}`;
  const link = (row: Element): string => linkOf(source, row);
  if (unique(link)) return (row) => `link=${hash(link(row))}`;
  const box = (row: Element): string => boxOf(source, row);
  if (unique(box)) return (row) => `box=${box(row)}`;
  const telling = columns.filter((column) => column.phone || name.includes(column.index)).map((column) => column.index);
  const short = (row: Element): string => textsOf(source, row, telling);
  if (telling.length > 0 && unique(short)) return (row) => `text=${hash(short(row))}`;
  const all = columns.filter((column) => !column.ticks).map((column) => column.index);
  return (row) => `text=${hash(textsOf(source, row, all))}`;
}

/** Attributes that count 0, 1, 2 … down the page number places, not records. */
function isPosition(sample: readonly Element[], attribute: string): boolean {
  const numbers = sample.map((row) => Number(/\d+$/.exec(row.getAttribute(attribute) ?? '')?.[0] ?? Number.NaN));
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

/** Lists are told apart by where they stand and by what their columns are called. */
export function listIdentity(source: ListSource, place: string, taken: ReadonlySet<string>): string {
  const own = source.root.getAttribute('id') ?? '';
  const stem = hash([place, source.kind, /\d{3,}/.test(own) ? '' : own, ...source.headers.map((header) => `${header.group}/${header.text}`)].join('\n'));
  for (let nth = 0; ; nth += 1) {
    const id = nth === 0 ? stem : `${stem}.${nth}`;
    if (!taken.has(id)) return id;
  }
}

/** The address that a list lives at: paging and filters in the query do not make it another list. */
export function placeOf(root: Node): string {
  const location = (isElement(root) ? root.ownerDocument : (root as Document)).defaultView?.location;
  if (!location) return '';
  const route = /^#!?\/[^?]*/.exec(location.hash)?.[0] ?? '';
  return location.pathname + route;
}
