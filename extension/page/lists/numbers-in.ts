import type { CapturedNumber } from '../../bridge/capture.ts';
import type { ListReading } from './list.ts';
import { readListCell } from './read.ts';

/** How many cells are read between two chances to pause. */
const breath = 64;

/** Every cell of a list that holds a number, with its numbers, best first. Yields null now and then for a pause. */
export function* numbersIn(list: ListReading, region: string): Generator<[Element, CapturedNumber[]] | null> {
  let read = 0;
  for (const column of list.columns) {
    if (column.read === 'none') continue;
    for (const cell of list.source.column(column.index)) {
      const numbers = readListCell(cell, column, region);
      if (numbers.length > 0) yield [cell, numbers];
      read += 1;
      if (read % breath === 0) yield null;
    }
  }
}
