import { climb, isElement } from '../numbers/nodes.ts';
import { lineOf } from '../numbers/text.ts';
import { rowIndexes, sharedKey } from './keys.ts';
import type { Header, ListSource } from './list.ts';

/** Frozen columns: the rows of one list in several containers, joined by the index that they carry. */

/** Containers beside this one whose rows carry the same indexes. */
export function panesOf(container: Element, sample: readonly Element[], indexName: string | null): Element[] {
  if (!indexName) return [];
  const index = CSS.escape(sample[0]?.getAttribute(indexName) ?? '');
  let around = container.parentElement;
  for (let level = 0; around && level < 6; level += 1, around = around.parentElement) {
    const panes = [...around.querySelectorAll(`[${indexName}="${index}"]`)]
      .map((row) => row.parentElement)
      .filter((pane) => isElement(pane) && pane !== container && !container.contains(pane))
      .filter((pane) => pane !== null);
    if (panes.length > 0) return [...new Set(panes)];
  }
  return [];
}

/**
 * A table whose frozen columns are tables of their own, joined with them; the table itself where it has none.
 * @param sourceOf reads another table, with the headings that it has
 */
export function withPanes(source: ListSource, sourceOf: (table: Element) => ListSource | null): ListSource {
  const sample = source.sample(12);
  const indexName = sample.length > 1 ? sharedKey(sample, rowIndexes) : null;
  const body = sample[0]?.parentElement;
  if (!indexName || !body) return source;
  const others = panesOf(body, sample, indexName)
    .map((pane) => pane.closest('table'))
    .filter((table) => table !== null && table !== source.root)
    .map((table) => sourceOf(table as Element))
    .filter((other) => other !== null);
  const partner = (row: Element, other: ListSource): Element | null => {
    const index = row.getAttribute(indexName);
    return index === null
      ? null
      : other.root.querySelector(`:scope > tbody > [${indexName}="${CSS.escape(index)}"]`);
  };
  // Tables that are drawn twice, to keep some columns in place, show the same again.
  const panes = others.filter((other) => {
    const twin = sample[0] && partner(sample[0], other);
    return twin && sample[0] && !sharesText(source.cells(sample[0]), other.cells(twin));
  });
  if (panes.length === 0) return source;

  const width = source.headers.length;
  const cells = (row: Element): (Element | undefined)[] => [
    ...Array.from({ length: width }, (_, at) => source.cells(row)[at]),
    ...panes.flatMap((pane) => {
      const twin = partner(row, pane);
      const theirs = twin ? pane.cells(twin) : [];
      return Array.from({ length: pane.headers.length }, (_, at) => theirs[at]);
    }),
  ];
  return {
    ...source,
    headers: [...source.headers, ...panes.flatMap((pane): Header[] => pane.headers)],
    cells,
    *column(index) {
      if (index < width) yield* source.column(index);
      else
        for (const row of source.rows()) {
          const cell = cells(row)[index];
          if (cell) yield cell;
        }
    },
    rowAt(node) {
      const own = source.rowAt(node);
      if (own) return own;
      const twin = climb(node, (element) => element.tagName === 'TR' && element.hasAttribute(indexName));
      const index = twin?.getAttribute(indexName);
      return index && panes.some((pane) => pane.root.contains(twin))
        ? (source.rows().find((row) => row.getAttribute(indexName) === index) ?? null)
        : null;
    },
    parts: (row) => [row, ...panes.map((pane) => partner(row, pane)).filter((twin) => twin !== null)],
  };
}

function sharesText(ours: (Element | undefined)[], theirs: (Element | undefined)[]): boolean {
  const texts = new Set(ours.map((cell) => (cell ? lineOf(cell) : '')).filter((text) => text.length > 3));
  return theirs.some((cell) => cell && texts.has(lineOf(cell)));
}
