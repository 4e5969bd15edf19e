import { climb, elementOf } from '../numbers/nodes.ts';
import { headingOf } from './headers.ts';
import { columnKeys, rowIndexes, sharedKey } from './keys.ts';
import { type Header, type ListSource, noHeader } from './list.ts';
import { spread } from './spread.ts';

/** Grids that say what they are: role=grid, treegrid or table, rows and cells by role, panes joined by the row's index. */

const gridRoles = '[role=grid],[role=treegrid],[role=table]';
/** Cells that name their heading's element. */
const described = 'aria-describedby';
const cellRoles = '[role=gridcell],[role=cell],[role=rowheader]';

export const isGrid = (element: Element): boolean =>
  element.matches(gridRoles) && element.tagName !== 'TABLE';

export function gridSource(root: Element): ListSource | null {
  const nested = root.querySelector(gridRoles) !== null;
  const ours = (element: Element): boolean => !nested || element.parentElement?.closest(gridRoles) === root;
  const all = [...root.querySelectorAll('[role=row]')].filter(ours);
  const headCells = [...root.querySelectorAll('[role=columnheader]')].filter(ours);
  const hasCells = (row: Element): boolean => row.querySelector(cellRoles) !== null;
  const dataRows = all.filter(
    (row) => hasCells(row) || (!row.querySelector('[role=columnheader]') && row.childElementCount > 1),
  );
  const sample = dataRows.slice(0, 12);
  const indexName = sharedKey([...sample, ...dataRows.slice(-12)], rowIndexes);
  // Frozen panes repeat their rows' indexes.
  const panes =
    indexName !== null && new Set(dataRows.map((row) => row.getAttribute(indexName))).size < dataRows.length;

  const cellsIn = (row: Element): Element[] => {
    const found = [...row.querySelectorAll(cellRoles)].filter(
      (cell) => cell.parentElement?.closest('[role=row]') === row,
    );
    return found.length > 0 ? found : [...row.children];
  };
  const leaf = leafHeaders(headCells);
  const keyName = keyOf(leaf, sample.flatMap(cellsIn));
  const order = new Map<string, number>();
  const headers: Header[] = [];
  const add = (key: string, header: Header): number => {
    order.set(key, headers.length);
    headers.push(header);
    return headers.length - 1;
  };
  leaf.forEach(({ cell, group }, at) => {
    const key =
      (keyName === described ? cell.getAttribute('id') : keyName ? cell.getAttribute(keyName) : null) ??
      `#${at}`;
    if (order.has(key)) return;
    add(key, {
      text: headingOf(cell),
      group,
      box: cell.querySelector('input[type=checkbox],[role=checkbox]') !== null,
    });
  });

  const partsOf = (row: Element): Element[] => {
    if (!panes || !indexName) return [row];
    const index = CSS.escape(row.getAttribute(indexName) ?? '');
    return [...root.querySelectorAll(`[role=row][${indexName}="${index}"]`)].filter(ours);
  };
  const place = (line: (Element | undefined)[], cells: Element[]): void => {
    for (const cell of cells) {
      const named = keyName ? cell.getAttribute(keyName) : null;
      const key = named ?? `#${line.length}`;
      line[order.get(key) ?? add(key, noHeader)] ??= cell;
    }
  };
  const cells = (row: Element): (Element | undefined)[] => {
    const line: (Element | undefined)[] = [];
    for (const part of partsOf(row)) place(line, cellsIn(part));
    return line;
  };
  const rows = (): Element[] => {
    const now = [...root.querySelectorAll('[role=row]')].filter(
      (row) => ours(row) && (hasCells(row) || !row.querySelector('[role=columnheader]')),
    );
    if (!panes || !indexName) return now;
    const seen = new Set<string>();
    return now.filter((row) => {
      const index = row.getAttribute(indexName) ?? '';
      return !seen.has(index) && seen.add(index);
    });
  };
  if (dataRows.length === 0 && headers.length === 0) return null;
  for (const row of sample) cells(row);

  return {
    kind: 'grid',
    root,
    headers,
    rows,
    count: () => rows().length,
    runs: () => [rows()],
    sample: (most) => spread(rows(), most),
    cells,
    *column(index) {
      for (const row of rows()) {
        const cell = cells(row)[index];
        if (cell) yield cell;
      }
    },
    rowAt(node) {
      const row = climb(
        elementOf(node),
        (element) => element === root || element.getAttribute('role') === 'row',
      );
      if (!row || row === root || !root.contains(row) || !ours(row)) return null;
      return hasCells(row) || !row.querySelector('[role=columnheader]') ? (partsOf(row)[0] ?? row) : null;
    },
    parts: partsOf,
  };
}

/** The lowest headings, each with the headings above it that span it. */
function leafHeaders(cells: Element[]): { cell: Element; group: string }[] {
  const wide = (cell: Element): number => Number.parseInt(cell.getAttribute('aria-colspan') ?? '1', 10) || 1;
  const groups = cells.filter((cell) => wide(cell) > 1 || cell.querySelector('[role=columnheader]'));
  return cells
    .filter((cell) => !groups.includes(cell))
    .map((cell) => {
      const at = Number.parseInt(cell.getAttribute('aria-colindex') ?? '', 10);
      const over = groups.filter((group) => {
        if (group.contains(cell)) return true;
        const from = Number.parseInt(group.getAttribute('aria-colindex') ?? '', 10);
        return at >= from && at < from + wide(group);
      });
      return {
        cell,
        group: over
          .map((group) => ownHeading(group, cells))
          .join(' ')
          .trim(),
      };
    });
}

/** A heading that holds other headings: its own words alone. */
function ownHeading(group: Element, cells: Element[]): string {
  if (!cells.some((cell) => cell !== group && group.contains(cell))) return headingOf(group);
  for (const child of group.children) {
    if (!child.querySelector('[role=columnheader]') && child.getAttribute('role') !== 'columnheader') {
      const text = headingOf(child);
      if (text) return text;
    }
  }
  return '';
}

/** The attribute that cells share with their headings, so that hidden and frozen columns do not shift the rest. */
function keyOf(leaf: { cell: Element }[], cells: Element[]): string | null {
  if (leaf.length > 0 && cells.length > 0) {
    const ids = new Set(leaf.map(({ cell }) => cell.getAttribute('id') ?? ''));
    if (cells.every((cell) => ids.has(cell.getAttribute(described) ?? '-'))) return described;
  }
  const shared = columnKeys.filter(
    (name) => cells.length > 0 && cells.every((cell) => cell.hasAttribute(name)),
  );
  if (leaf.length === 0) return shared[0] ?? null;
  return shared.find((name) => leaf.every(({ cell }) => cell.hasAttribute(name))) ?? null;
}
