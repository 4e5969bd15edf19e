import type { CapturedNumber } from '../bridge/capture.ts';
import { numbersInField } from './forms/field-number.ts';
import { isPhoneField } from './forms/fields.ts';
import type { Column, ListReading } from './lists/list.ts';
import { readListCell } from './lists/read.ts';
import { looseAt, readRun } from './numbers/loose.ts';
import { climb, elementOf } from './numbers/nodes.ts';
import { placesIn, rangeOf } from './numbers/places.ts';
import { runAround } from './numbers/runs.ts';
import { isShown } from './numbers/text.ts';
import type { Reader } from './reader.ts';
import type { LooseNumber } from './reading.ts';

/** What is at a place of the page now: asked at the pointer, at the focus and again in the click. */
export type Pointed =
  | {
      kind: 'cell';
      element: Element;
      list: ListReading;
      row: Element;
      column: Column;
      numbers: CapturedNumber[];
    }
  | { kind: 'loose'; element: Element; loose: LooseNumber; numbers: CapturedNumber[] }
  | { kind: 'field'; element: Element; numbers: CapturedNumber[] };

/** @param point where in the window, to choose among several numbers of one text */
export function pointedAt(
  reader: Reader,
  node: Node,
  region: string,
  point?: { clientX: number; clientY: number },
): Pointed | null {
  const element = elementOf(node);
  if (!element || !isShown(element)) return null;
  const list = reader.listAt(element);
  if (list) {
    const cell = cellAt(list, element, region);
    if (cell) return nearestFirst(cell, point);
    // Between the list's root and its rows nothing is anybody's, but what tells more of a row.
    if (list.source.kind !== 'cards' && element.tagName === 'INPUT') return null;
  }
  if (element.tagName === 'INPUT') {
    if (!isPhoneField(element)) return null;
    const numbers = numbersInField(element, region);
    return numbers.length > 0 ? { kind: 'field', element, numbers } : null;
  }
  return looseNear(reader, element, region, point);
}

function cellAt(list: ListReading, element: Element, region: string): Pointed | null {
  const row = list.source.rowAt(element);
  if (!row) return null;
  const cells = list.source.cells(row);
  for (const column of list.columns) {
    const cell = cells[column.index];
    if (
      !cell ||
      column.read === 'none' ||
      !(cell === element || cell.contains(element) || holds(cell, element))
    )
      continue;
    const numbers = readListCell(cell, column, region);
    return numbers.length > 0 ? { kind: 'cell', element: cell, list, row, column, numbers } : null;
  }
  return null;
}

/** A cell whose content is slotted in from elsewhere. */
const holds = (cell: Element, element: Element): boolean => climb(element, (at) => at === cell, 12) !== null;

/** The phone cell of a row, for the keyboard: grids move the focus by rows and cells. */
export function phoneOfRow(list: ListReading, row: Element, region: string): Pointed | null {
  const cells = list.source.cells(row);
  const columns = list.columns.filter((column) => column.phone).sort((a, b) => b.score - a.score);
  for (const column of columns) {
    const cell = cells[column.index];
    const numbers = cell && isShown(cell) ? readListCell(cell, column, region) : [];
    if (cell && numbers.length > 0) return { kind: 'cell', element: cell, list, row, column, numbers };
  }
  return null;
}

/** A number found before in this element or right above it, read again: the text may have been swapped since. */
function looseNear(
  reader: Reader,
  element: Element,
  region: string,
  point?: { clientX: number; clientY: number },
): Pointed | null {
  const near = new Set<Element>();
  let first: Pointed | null = null;
  for (let at: Element | null = element, level = 0; at && level < 4; at = at.parentElement, level += 1)
    near.add(at);
  for (const known of reader.numbers()) {
    const where = known.places[0]?.node.parentElement ?? known.element;
    if (!near.has(known.element) && !near.has(where)) continue;
    const fresh = renewed(known, region);
    if (!fresh) continue;
    const at: Pointed = { kind: 'loose', element: fresh.element, loose: fresh, numbers: [fresh.number] };
    if (!point || fresh.places.some((place) => isOver(rangeOf(place), point))) return at;
    first ??= at;
  }
  return first;
}

/** Of several numbers in a cell, the one under the pointer comes first. */
function nearestFirst(at: Pointed, point?: { clientX: number; clientY: number }): Pointed {
  if (!point || at.numbers.length < 2) return at;
  const over = at.numbers.find((number) =>
    placesIn(at.element, [number]).some((place) => isOver(rangeOf(place), point)),
  );
  return over ? { ...at, numbers: [over, ...at.numbers.filter((number) => number !== over)] } : at;
}

function isOver(range: Range | null, { clientX, clientY }: { clientX: number; clientY: number }): boolean {
  if (!range) return false;
  for (const rect of range.getClientRects())
    if (
      clientX >= rect.left - 2 &&
      clientX <= rect.right + 2 &&
      clientY >= rect.top - 2 &&
      clientY <= rect.bottom + 2
    )
      return true;
  return false;
}

/** A known number as it stands now; null when it no longer does. */
export function renewed(known: LooseNumber, region: string): LooseNumber | null {
  const place = known.places[0];
  if (!place) return known.element.isConnected ? looseAt(known.element, region) : null;
  if (!place.node.isConnected) return null;
  const run = runAround(place.node);
  if (!run) return null;
  const now = readRun(run, region);
  return (
    now.find((number) =>
      number.places.some(({ node, start }) => node === place.node && start === place.start),
    ) ??
    now.find((number) => number.number.e164 === known.number.e164) ??
    null
  );
}
