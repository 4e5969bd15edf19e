/**
 * Finding phone numbers on a page by rules of our own: small enough for a content script, exact for Poland, good by calling
 * code and length elsewhere. Whether a number can take an SMS is judged later, by `check.ts`.
 */
import { mayHoldNumber, plain } from './characters.ts';
import { type ColumnVerdict, scoreColumn } from './column.ts';
import { find, type Hit } from './finder.ts';
import type { FoundNumber, PlacedNumber } from './found.ts';
import { isPolishMobile } from './plans.ts';

export { mayHoldNumber } from './characters.ts';
export { type ColumnSample, type ColumnVerdict, scoreColumn } from './column.ts';
export type { FoundNumber, NumberKind, PlacedNumber } from './found.ts';
export { type Header, type HeaderSays, readHeader } from './header.ts';
export { polishAreas } from './plans.ts';

export interface ReadCell {
  text: string;
  /** In the order of the cell, each number once. */
  numbers: FoundNumber[];
}

export interface Column {
  /** The header's text; '' when there is none. */
  header: string;
  cells: readonly string[];
  /** ISO 3166 region of numbers without a prefix. */
  region?: string;
}

/** So many cells decide a column. */
const SAMPLE = 40;

const placed = ({ e164, kind, start, end }: Hit): PlacedNumber => ({ e164, kind, start, end });

/** Phone numbers in running text: only those that show by themselves, or by the words beside them, that they are. */
export function readText(text: string, region = 'PL'): PlacedNumber[] {
  return mayHoldNumber(text) ? find(plain(text), region, false).map(placed) : [];
}

/** A Polish mobile and nothing else: the one cell in most columns, worth a way of its own (four times as fast). */
const ONE_MOBILE = /^(?:\+?48 ?)?([4-8]\d\d)([ -]?)(\d{3})\2(\d{3})$/;

/** Every number of one cell of a phone column, or of a field that is labelled as a phone. */
export function readCell(text: string, region = 'PL'): PlacedNumber[] {
  const one = region === 'PL' && ONE_MOBILE.exec(text);
  if (one) {
    const national = `${one[1]}${one[3]}${one[4]}`;
    if (isPolishMobile(national)) {
      return [{ e164: `+48${national}`, kind: 'mobile', start: 0, end: text.length }];
    }
  }
  return mayHoldNumber(text) ? find(plain(text), region, true).map(placed) : [];
}

/** The numbers of one cell, read the way that `scoreColumn` found right for its column. */
export function readCellAs(read: ColumnVerdict['read'], text: string, region = 'PL'): PlacedNumber[] {
  if (read === 'cell') return readCell(text, region);
  if (read === 'none' || !mayHoldNumber(text)) return [];
  const hits = find(plain(text), region, false);
  return (read === 'sure' ? hits.filter((hit) => hit.trust === 'sure') : hits).map(placed);
}

/** Up to `SAMPLE` filled cells, spread evenly over the column. */
export function sampleOf(cells: readonly string[]): string[] {
  const step = Math.max(1, Math.floor(cells.length / (SAMPLE * 2)));
  const sample: string[] = [];
  for (let i = 0; i < cells.length && sample.length < SAMPLE; i += step) {
    const cell = cells[i];
    if (cell?.trim()) sample.push(cell);
  }
  return sample;
}

function once(numbers: PlacedNumber[]): FoundNumber[] {
  const seen = new Map<string, FoundNumber>();
  for (const { e164, kind } of numbers) if (!seen.has(e164)) seen.set(e164, { e164, kind });
  return [...seen.values()];
}

/** The numbers of a whole column, cell by cell, same order and length as the cells given. */
export function readCells({ header, cells, region = 'PL' }: Column): ReadCell[] {
  const { read } = scoreColumn({ header, sample: sampleOf(cells), region });
  return cells.map((text) => ({ text, numbers: once(readCellAs(read, text, region)) }));
}
