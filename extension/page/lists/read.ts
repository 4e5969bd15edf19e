import type { CapturedNumber } from '../../bridge/capture.ts';
import { numbersOf, plainNumber } from '../numbers/found.ts';
import { asChosen } from './chosen.ts';
import { cellText, decideColumns, sampled } from './columns.ts';
import { listIdentity, placeOf } from './identity.ts';
import type { Column, ListReading, ListSource } from './list.ts';

/** Reads a list: its columns are decided on a sample; cells are read when somebody asks, for pages recycle them. */

/** Up to so many characters of a cell are read as they are (UTF-16 units). */
const longestCell = 2_000;

/** @returns null for a list that has no rows */
export function readList(source: ListSource, region: string, taken: ReadonlySet<string>): ListReading | null {
  if (source.count() === 0 || source.sample(1).length === 0) return null;
  return decideList(source, region, listIdentity(source, placeOf(source.root), taken));
}

/** What the columns of a list hold as it stands now. */
export function decideList(source: ListSource, region: string, id: string): ListReading {
  const rows = source.count();
  const { columns, chosenNames } = asChosen(
    source,
    decideColumns(source, source.sample(sampled), rows, region),
  );
  const people = columns.some((column) => column.phone);
  return { id, source, columns, chosenNames, rows, people };
}

/** Can a number stand in any of its columns? */
export const holdsNumbers = (list: ListReading): boolean =>
  list.columns.some((column) => column.read !== 'none');

export function readListCell(cell: Element, column: Column, region: string): CapturedNumber[] {
  if (column.read === 'none') return [];
  const text = cell.textContent ?? '';
  // One number and nothing else needs no look at how the cell is built.
  const plain = column.read === 'cell' && region === 'PL' ? plainNumber(text) : null;
  if (plain) return [plain];
  return numbersOf(
    text !== '' && text.length <= longestCell && cell.firstElementChild === null ? text : cellText(cell),
    column.read,
    region,
  );
}
