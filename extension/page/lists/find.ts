import { readHeader } from '../../../shared/phone/index.ts';
import { lineOf } from '../numbers/text.ts';
import { gridSource, isGrid } from './grid.ts';
import type { ListReading, ListSource } from './list.ts';
import { readList } from './read.ts';
import { isLayout, tableSource } from './table.ts';

/** Finds the lists that say by their markup that they are: tables and grids. Repetition is found from the numbers. */

export interface Found {
  lists: ListReading[];
  /** Elements whose text is read by columns: free text is not searched in them. */
  owned: Set<Element>;
}

export function* findLists(root: ParentNode, region: string): Generator<undefined, Found> {
  const found: Found = { lists: [], owned: new Set() };
  const taken = new Set<string>();
  for (const element of root.querySelectorAll('[role=grid],[role=treegrid],[role=table],table')) {
    if (inside(element, found.owned)) continue;
    const source = sourceOf(element);
    if (!source || isRecord(source)) continue;
    const list = yield* readList(source, region, taken);
    if (!list || (list.rows < 2 && !list.people)) continue;
    found.owned.add(element);
    taken.add(list.id);
    if (list.people || list.found.size > 0) found.lists.push(list);
    yield undefined;
  }
  return found;
}

/** The list that an element is the root of, by its markup. */
export function sourceOf(element: Element): ListSource | null {
  if (isGrid(element)) return gridSource(element);
  return element.tagName === 'TABLE' && !isLayout(element) ? tableSource(element as HTMLTableElement) : null;
}

function inside(element: Element, owned: ReadonlySet<Element>): boolean {
  for (let at = element.parentElement; at && owned.size > 0; at = at.parentElement) if (owned.has(at)) return true;
  return false;
}

/** A table of labels and values is a record, not a list: labels down its first column, no headings over it. */
function isRecord(source: ListSource): boolean {
  if (source.kind !== 'table' || source.headers.length > 6 || source.headers.length < 2) return false;
  if (source.root.querySelector(':scope > thead')) return false;
  const rows = source.rows().slice(0, 30);
  const labels = rows.map((row) => row.firstElementChild).filter((cell) => cell !== null);
  if (labels.length === 0) return false;
  const scoped = labels.filter((cell) => cell.tagName === 'TH').length;
  if (scoped === labels.length && source.headers.every((header) => header.text === '')) return true;
  if (source.headers.some((header) => header.text !== '')) return false;
  const worded = labels.filter((cell) => /[:：]\s*$/.test(lineOf(cell)) || readHeader(lineOf(cell)).says !== 'neutral').length;
  return worded >= Math.max(1, labels.length * 0.4);
}
