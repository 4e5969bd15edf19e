import { readHeader } from '../../../shared/phone/index.ts';
import type { Census } from '../census.ts';
import { elementOf } from '../numbers/nodes.ts';
import { lineOf } from '../numbers/text.ts';
import { gridSource, isGrid } from './grid.ts';
import type { ListReading, ListSource } from './list.ts';
import { withPanes } from './panes.ts';
import { decideList, readList } from './read.ts';
import { isLayout, tableSource } from './table.ts';

/** Finds the lists that say by their markup that they are: tables and grids. Repetition is found from the numbers. */

export interface Found {
  lists: ListReading[];
  /** Elements whose text is read by columns: free text is not searched in them. */
  owned: Set<Element>;
}

export function* findLists(census: Census, region: string, taken: Set<string>): Generator<undefined, Found> {
  const found: Found = { lists: [], owned: new Set() };
  for (const [at, element] of census.grids.entries()) {
    if (at % 16 === 15) yield undefined;
    if (inside(element, found.owned)) continue;
    const next = census.grids[at + 1];
    const nested = next !== undefined && element.contains(next);
    const source = sourceOf(element, nested);
    if (!source || isRecord(source)) continue;
    const list = readList(source, region, taken);
    if (!list || (list.rows < 2 && !list.people) || (nested && isOfLists(list))) continue;
    found.owned.add(element);
    taken.add(list.id);
    found.lists.push(list);
    yield undefined;
  }
  return found;
}

/** The list that an element is the root of, by its markup. @param nested it holds another table or grid */
export function sourceOf(
  element: Element,
  nested = element.querySelector('table') !== null,
): ListSource | null {
  if (isGrid(element)) return gridSource(element);
  if (element.tagName !== 'TABLE' || isLayout(element, nested)) return null;
  const source = tableSource(element);
  return source && withPanes(source, tableSource);
}

function inside(element: Element, owned: ReadonlySet<Element>): boolean {
  for (let at = element.parentElement; at && owned.size > 0; at = at.parentElement)
    if (owned.has(at)) return true;
  return false;
}

/** Numbers stand only in lists inside its cells: those are the lists of people, and this one holds them. */
function isOfLists({ source, columns }: ListReading): boolean {
  if (!source.root.querySelector('table table,table [role=grid]')) return false;
  const cells = source.sample(8).map((row) => source.cells(row));
  return columns
    .filter((column) => column.phone)
    .every(({ index }) => cells.some((line) => line[index]?.querySelector('table,[role=grid]')));
}

/** A table of labels and values is a record, not a list: labels down its first column, no headings over it. */
function isRecord(source: ListSource): boolean {
  if (isSheetOfOne(source)) return true;
  if (source.kind !== 'table' || source.headers.length > 6 || source.headers.length < 2) return false;
  if (source.root.querySelector(':scope > thead')) return false;
  const rows = source.sample(30);
  const labels = rows.map((row) => row.firstElementChild).filter((cell) => cell !== null);
  if (labels.length === 0) return false;
  const scoped = labels.filter((cell) => cell.tagName === 'TH').length;
  if (scoped === labels.length && source.headers.every((header) => header.text === '')) return true;
  if (source.headers.some((header) => header.text !== '')) return false;
  const worded = labels.filter(
    (cell) => /[:：]\s*$/.test(lineOf(cell)) || readHeader(lineOf(cell)).says !== 'neutral',
  ).length;
  return worded >= Math.max(1, labels.length * 0.4);
}

/** Under headings, too, a column of different words that forms use, one of them a phone's, calls what stands beside it. */
function isSheetOfOne(source: ListSource): boolean {
  if (source.kind !== 'table' || source.headers.length > 4) return false;
  const rows = source.sample(30).map((row) => source.cells(row));
  return [0, 1].some((column) => {
    const said = rows.map((cells) => (cells[column] ? readHeader(lineOf(cells[column])).says : 'neutral'));
    const known = said.filter((says) => says !== 'neutral').length;
    return (
      rows.length > 2 &&
      known >= rows.length * 0.6 &&
      said.includes('phone') &&
      said.some((says) => says !== 'phone' && says !== 'neutral')
    );
  });
}

/** Is a change at this node one of a list's rows, rather than of its headings or what they hang on? */
export function readsAs(source: ListSource, node: Node): boolean {
  if (source.rowAt(node)) return true;
  if (node === source.root) return source.kind === 'cards';
  const element = elementOf(node);
  return (
    element !== null &&
    !element.closest('thead,[role=columnheader]') &&
    element.querySelector('thead,[role=columnheader]') === null
  );
}

/** The list as it stands at this moment: its headings and columns decided anew, for the user may have moved them. */
export function renewList(list: ListReading, region: string): ListReading {
  const source = list.source.kind === 'cards' ? list.source : (sourceOf(list.source.root) ?? list.source);
  return decideList(source, region, list.id);
}
