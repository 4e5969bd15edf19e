import { isSilent, lineOf, oneLine } from '../numbers/text.ts';
import type { Header } from './list.ts';

/** Headings of columns: several header rows, spans, filters in header rows, headers that only assistive technology hears. */

const longestHeader = 80;

/** What a heading cell says; the accessible name serves where no text stands. */
export function headingOf(cell: Element): string {
  const text = lineOf(withoutControls(cell));
  const said =
    text ||
    cell.getAttribute('abbr') ||
    cell.getAttribute('aria-label') ||
    cell.getAttribute('title') ||
    cell.getAttribute('data-label') ||
    cell.querySelector('[aria-label]:not(input,select,button)')?.getAttribute('aria-label') ||
    '';
  return oneLine(said).slice(0, longestHeader);
}

/** A heading with a filter in it: the text beside the filter is the heading. */
function withoutControls(cell: Element): Element {
  if (!cell.querySelector('input,select,textarea,option')) return cell;
  for (const child of cell.querySelectorAll('*')) {
    if (isSilent(child) || child.querySelector('input,select,textarea')) continue;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(child.tagName)) continue;
    if (oneLine(child.textContent ?? '') !== '') return child;
  }
  return cell;
}

/** The cells of a table row with the columns they cover; spans are capped: `colspan=10000` is a page's way to say "all". */
export interface Spanned {
  cell: Element;
  from: number;
  to: number;
}

/**
 * Lays rows of `th`/`td` out on columns, spans honoured.
 * @returns one array per row, indexed by column
 */
export function layOut(rows: Iterable<Element>, widest = 500): (Element | undefined)[][] {
  const grid: (Element | undefined)[][] = [];
  let hanging: { cell: Element; column: number; left: number }[] = [];
  for (const row of rows) {
    const line: (Element | undefined)[] = [];
    for (const span of hanging) line[span.column] = span.cell;
    let column = 0;
    const starting: typeof hanging = [];
    for (const cell of row.children) {
      if (cell.tagName !== 'TD' && cell.tagName !== 'TH') continue;
      while (line[column] !== undefined) column += 1;
      const wide = spanOf(cell, 'colspan');
      const tall = spanOf(cell, 'rowspan');
      for (let at = column; at < Math.min(column + wide, widest); at += 1) {
        line[at] = cell;
        if (tall > 1) starting.push({ cell, column: at, left: tall - 1 });
      }
      column += wide;
    }
    hanging = [...hanging.map((span) => ({ ...span, left: span.left - 1 })), ...starting].filter(
      (span) => span.left > 0,
    );
    grid.push(line);
  }
  return grid;
}

function spanOf(cell: Element, attribute: 'rowspan' | 'colspan'): number {
  const span = Number.parseInt(cell.getAttribute(attribute) ?? '1', 10);
  if (attribute === 'rowspan' && span === 0) return 1000;
  return span >= 1 ? Math.min(span, 1000) : 1;
}

/** Joins several header rows: the lowest text is the column's own, those above group it. */
export function joinHeaders(rows: (Element | undefined)[][]): Header[] {
  const width = Math.max(0, ...rows.map((row) => row.length));
  const headers: Header[] = [];
  for (let column = 0; column < width; column += 1) {
    const texts: string[] = [];
    let box = false;
    let above: Element | undefined;
    for (const row of rows) {
      const cell = row[column];
      if (!cell || cell === above) continue;
      above = cell;
      box ||= cell.querySelector('input[type=checkbox],[role=checkbox]') !== null;
      const text = headingOf(cell);
      if (text && text !== texts[texts.length - 1]) texts.push(text);
    }
    headers.push({ text: texts[texts.length - 1] ?? '', group: texts.slice(0, -1).join(' '), box });
  }
  return headers;
}
