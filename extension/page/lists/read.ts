import type { CapturedNumber } from '../../bridge/capture.ts';
import { numbersOf, plainMobile } from '../numbers/found.ts';
import { cellText, decideColumns, sampled } from './columns.ts';
import { listIdentity, placeOf } from './identity.ts';
import type { Column, ListReading, ListSource } from './list.ts';
import { totalOf } from './total.ts';

/** Reads a list: its columns are decided on a sample, then cells are read, not nodes. */

/** How many cells are read between two chances to pause. */
const breath = 64;

/** @returns null for a list that is none: no rows, or a single column without numbers */
export function* readList(
  source: ListSource,
  region: string,
  taken: ReadonlySet<string>,
): Generator<undefined, ListReading | null> {
  const rows = source.count();
  const sample = source.sample(sampled);
  if (rows === 0 || sample.length === 0) return null;
  const { columns, names } = decideColumns(source, sample, rows, region);
  yield undefined;
  const list: ListReading = {
    id: listIdentity(source, placeOf(source.root), taken),
    source,
    columns,
    names,
    rows,
    total: null,
    found: new Map(),
    people: columns.some((column) => column.phone),
  };
  if (list.people) list.total = totalOf(source, rows);
  let read = 0;
  for (const column of columns) {
    if (column.read === 'none') continue;
    for (const cell of source.column(column.index)) {
      const numbers = readListCell(cell, column, region);
      if (numbers.length > 0) list.found.set(cell, numbers);
      if ((read += 1) % breath === 0) yield undefined;
    }
  }
  return list;
}

export function readListCell(cell: Element, column: Column, region: string): CapturedNumber[] {
  if (column.read === 'none') return [];
  // One number and nothing else needs no look at how the cell is built.
  if (column.read === 'cell' && region === 'PL') {
    const plain = plainMobile(cell.textContent ?? '');
    if (plain) return [plain];
  }
  return numbersOf(cellText(cell), column.read, region);
}

/** Reads one row again; false when the row's cells are no longer where the columns were decided. */
export function rereadRow(list: ListReading, row: Element, region: string): void {
  const cells = list.source.cells(row);
  for (const column of list.columns) {
    const cell = cells[column.index];
    if (!cell || column.read === 'none') continue;
    const numbers = readListCell(cell, column, region);
    if (numbers.length > 0) list.found.set(cell, numbers);
    else list.found.delete(cell);
  }
}
