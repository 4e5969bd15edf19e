import { tickIn } from '../lists/columns.ts';
import type { ListReading } from '../lists/list.ts';

/** Which rows the page itself shows as chosen: by its boxes, by `aria-selected`, by the classes that grids use. */

const boxes = 'input[type=checkbox]:checked,[role=checkbox][aria-checked=true]';

/** Classes of chosen rows in the grids people meet; a loose search for "select" would take `selectable` for it. */
const chosenClasses = (
  'selected is-selected row-selected selected-row ag-row-selected tabulator-selected Mui-selected p-highlight k-selected k-state-selected ' +
  'ui-selected ui-state-highlight table-active active-row is-checked checked dx-selection x-grid-item-selected x-grid-row-selected ' +
  'ant-table-row-selected el-table__row--selected v-data-table__selected rgRow-selected datatable-row-selected e-selectionbackground'
).split(' ');
const chosen = ['[aria-selected=true]', ...chosenClasses.map((name) => `.${name}`)].join(',');

export interface Ticks {
  /** The page has boxes or says that several rows can be chosen: ours are not needed. */
  theirs: boolean;
  /** Rows in the page that it shows as chosen. */
  rows: Set<Element>;
  /** The page shows the box over the boxes as neither on nor off. */
  partly: boolean;
  /** The box over the boxes: on, off, or none. */
  all: boolean | null;
}

export function ticksOf(list: ListReading): Ticks {
  const { source, columns } = list;
  const tickColumn = columns.find((column) => column.ticks);
  const rows = new Set<Element>();
  const boxed = tickColumn !== undefined || (source.kind === 'cards' && hasBoxes(list));
  for (const scope of scopes(list)) {
    if (boxed) {
      for (const box of scope.querySelectorAll(boxes)) {
        const row = source.rowAt(box);
        if (row && (!tickColumn || isTickOf(list, row, box, tickColumn.index))) rows.add(row);
      }
    }
    // A focused cell of a spreadsheet is `selected` too: the row has to be, or all of its cells.
    for (const element of scope.querySelectorAll(chosen)) {
      const row = source.rowAt(element);
      if (row && (source.parts(row).includes(element) || isWholeRow(list, row, element))) rows.add(row);
    }
  }
  const multi =
    source.root.getAttribute('aria-multiselectable') ??
    source.root.querySelector('[aria-multiselectable]')?.getAttribute('aria-multiselectable');
  const head = headBox(list);
  return {
    theirs: boxed || multi === 'true',
    rows,
    partly:
      head !== null &&
      (head.getAttribute('aria-checked') === 'mixed' || (head as HTMLInputElement).indeterminate === true),
    all:
      head === null
        ? null
        : head.getAttribute('aria-checked') === 'true' || (head as HTMLInputElement).checked === true,
  };
}

/** A list's own element, and the panes beside it that hold parts of its rows. */
function scopes(list: ListReading): Element[] {
  const first = list.source.sample(1)[0];
  const outside: Element[] = first
    ? list.source
        .parts(first)
        .flatMap((part) => part.parentElement ?? [])
        .filter((pane) => !list.source.root.contains(pane))
    : [];
  return [list.source.root, ...outside];
}

function isTickOf(list: ListReading, row: Element, box: Element, column: number): boolean {
  const cell = list.source.cells(row)[column];
  return cell !== undefined && (cell === box || cell.contains(box)) && tickIn(cell) !== null;
}

function isWholeRow(list: ListReading, row: Element, element: Element): boolean {
  const cells = list.source.cells(row).filter((cell) => cell !== undefined);
  const last = cells[cells.length - 1];
  const first = cells[0];
  return (
    first !== undefined &&
    last !== undefined &&
    first !== last &&
    cells.includes(element) &&
    first.matches(chosen) &&
    last.matches(chosen)
  );
}

function hasBoxes(list: ListReading): boolean {
  const sample = list.source.sample(8);
  const one = sample.filter(
    (row) => row.querySelectorAll('input[type=checkbox],[role=checkbox]').length === 1,
  ).length;
  return sample.length > 0 && one >= sample.length * 0.6;
}

/** The box in the heading of the box column. */
function headBox(list: ListReading): Element | null {
  if (!list.columns.some((column) => column.ticks && column.header.box)) return null;
  for (const head of list.source.root.querySelectorAll('thead,[role=columnheader],th')) {
    const box = head.querySelector('input[type=checkbox],[role=checkbox]');
    if (box) return box;
  }
  return null;
}
