import { readsAs } from './lists/find.ts';
import type { ListReading } from './lists/list.ts';
import { isLayout } from './lists/table.ts';
import { elementOf } from './numbers/nodes.ts';
import type { Changes } from './watch.ts';

/** What has to be read again after changes: as little as will do. */

/** Scattered changes beyond so many places are one change of the whole. */
const mostPlaces = 40;
/** A table without people is looked at again when its rows change, but not more often than this (ms). */
const between = 1_000;

const decided = new WeakMap<Element, number>();

/**
 * Elements to read again; null: everything. Rows of lists of people need no reading: their cells are read when somebody
 * asks. Their headings do, and so does a list whose rows have been of no interest so far.
 */
export function scopesOf(
  changes: Changes,
  listAt: (node: Node) => ListReading | null,
  now: number,
): Element[] | null {
  const scopes = new Set<Element>();
  for (const place of changes.places) {
    if (!place.isConnected) continue;
    const list = listAt(place);
    const scope = list ? scopeOfList(list, place, now) : scopeAround(place);
    if (scope) scopes.add(scope);
    if (scopes.size > mostPlaces || scope?.tagName === 'BODY' || scope?.tagName === 'HTML') return null;
  }
  return [...scopes].filter(
    (scope) => ![...scopes].some((other) => other !== scope && other.contains(scope)),
  );
}

function scopeOfList(list: ListReading, place: Node, now: number): Element | null {
  const { root } = list.source;
  // Five rows decide as well as fifty do, and longer lists are dear to count.
  const rows = list.rows < 5 ? list.source.count() : list.rows;
  const grown = rows > list.rows;
  list.rows = rows;
  if (readsAs(list.source, place) && list.people && !grown && !isDetail(place)) return null;
  if (!grown && now - (decided.get(root) ?? 0) < between) return null;
  decided.set(root, now);
  return root.parentElement ?? root;
}

/** Below a record over all columns; it came or it goes, or its text has changed. */
const isDetail = (place: Node): boolean => {
  const element = elementOf(place);
  return (
    element?.closest('tr > [colspan]:only-child') != null ||
    (element?.tagName === 'TBODY' && element.querySelector(':scope > tr > [colspan]:only-child') !== null)
  );
};

/** A changed place and enough around it that repetition shows: up to four levels, while that stays small. */
function scopeAround(place: Node): Element | null {
  let scope: Element | null = place.nodeType === 1 ? (place as Element) : place.parentElement;
  // Only whole do the cells of a table say what they are.
  const table = scope?.closest('table');
  if (table && !isLayout(table, table.querySelector('table') !== null)) return table.parentElement ?? table;
  for (let level = 0; scope && level < 4; level += 1) {
    const parent: Element | null = scope.parentElement;
    if (!parent || /^(?:BODY|HTML|MAIN)$/.test(parent.tagName) || parent.childElementCount > 60) break;
    scope = parent;
  }
  return scope;
}
