import type { CapturedNumber } from '../../bridge/capture.ts';
import { numbersOf, plainMobile } from '../numbers/found.ts';
import { cellText, decideColumns, sampled } from './columns.ts';
import { listIdentity, placeOf } from './identity.ts';
import type { Column, ListReading, ListSource } from './list.ts';
import { totalOf } from './total.ts';

/** Reads a list: its columns are decided on a sample, then cells are read, not nodes. */

/** How many cells are read between two chances to pause. */
const breath = 64;

/** @returns null for a list that has no rows */
export function* readList(
  source: ListSource,
  region: string,
  taken: ReadonlySet<string>,
): Generator<undefined, ListReading | null> {
  const rows = source.count();
  if (rows === 0 || source.sample(1).length === 0) return null;
  const list = decideList(source, region, {
    id: listIdentity(source, placeOf(source.root), taken),
    found: new Map(),
  });
  yield undefined;
  let read = 0;
  for (const column of list.columns) {
    if (column.read === 'none') continue;
    for (const cell of source.column(column.index)) {
      const numbers = readListCell(cell, column, region);
      if (numbers.length > 0) list.found.set(cell, numbers);
      read += 1;
      if (read % breath === 0) yield undefined;
    }
  }
  return list;
}

/** What the columns of a list hold as it stands now, its cells not read. */
export function decideList(
  source: ListSource,
  region: string,
  known: Pick<ListReading, 'id' | 'found'>,
): ListReading {
  const rows = source.count();
  const { columns, names } = decideColumns(source, source.sample(sampled), rows, region);
  const people = columns.some((column) => column.phone);
  return {
    id: known.id,
    source,
    columns,
    names,
    rows,
    total: people ? totalOf(source, rows) : null,
    found: known.found,
    people,
  };
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
