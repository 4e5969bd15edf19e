import { mayHoldNumber } from '../../../shared/phone/index.ts';
import { hasWord } from '../numbers/letters.ts';
import { climb } from '../numbers/nodes.ts';
import { lineOf } from '../numbers/text.ts';
import { joinHeaders, layOut } from './headers.ts';
import { type Header, type ListSource, noHeader } from './list.ts';
import { spread } from './spread.ts';

/** Plain tables: `<table>` of any age, with spans, several header rows, or a header that stands in a table of its own. */

const bodyRows = ':scope > tbody > tr';
/** Longer lists open no rows. */
const mostOpened = 2_000;

/** Tables that hold a page together rather than people: they hold other tables and head no columns. */
export function isLayout(table: Element, nested: boolean): boolean {
  const role = table.getAttribute('role');
  if (role === 'presentation' || role === 'none')
    return !table.querySelector(':scope > thead th, [role=row]');
  if (!nested) return false;
  return !headsColumns(table);
}

/** Step by step: the selector engine would look through all that is nested, once for each of the tables in each other. */
function headsColumns(table: Element): boolean {
  for (const part of table.children) {
    if (part.tagName !== 'THEAD' && part.tagName !== 'TBODY') continue;
    for (const row of part.children)
      for (const cell of row.children) if (row.tagName === 'TR' && cell.tagName === 'TH') return true;
  }
  return false;
}

export function tableSource(table: Element): ListSource | null {
  // Looked up anew each time: frameworks re-create bodies as they re-create rows.
  const bodies = (): Element[] => [...table.children].filter((child) => child.tagName === 'TBODY');
  const heads = headRows(table, bodies()[0]);
  const isHead = new Set<Element>(heads);
  const headsInBody = heads.filter((row) => row.parentElement?.tagName === 'TBODY').length;
  const isRow = (row: Element): boolean => row.tagName === 'TR' && !isHead.has(row) && isRecord(row);
  const rows = (): Element[] => bodies().flatMap((body) => [...body.children].filter(isRow));

  const own = joinHeaders(layOut(heads));
  const first = firstRows(bodies(), isRow, 5);
  const width = Math.max(own.length, ...first.map((row) => layOut([row])[0]?.length ?? 0));
  if (width === 0) return null;
  const headers = own.some((header) => header.text !== '')
    ? own
    : (headersElsewhere(table, width) ?? labelsOf(first[0]) ?? own);
  const cells = (row: Element): (Element | undefined)[] =>
    isPlain(row, width) ? [...row.children] : spannedCells(row, width);
  const sample = (most: number): Element[] =>
    bodies()
      .flatMap((body, _, all) => spread(body.children, Math.ceil(most / all.length) + headsInBody))
      .filter(isRow);

  const count = (): number => {
    const all = bodies().reduce((sum, body) => sum + body.children.length, 0) - headsInBody;
    return all > 500 ? all : rows().length;
  };
  return {
    kind: 'table',
    root: table,
    headers: Array.from({ length: width }, (_, at) => headers[at] ?? noHeader),
    rows,
    count,
    runs: () => bodies().map((body) => body.children),
    sample,
    cells,
    *column(index) {
      if (sample(40).every((row) => isPlain(row, width))) {
        // The selector engine walks faster than we do, and wraps only what it gives us.
        for (const cell of table.querySelectorAll(`${bodyRows} > :nth-child(${index + 1})`))
          if (headsInBody === 0 || !isHead.has(cell.parentElement as Element)) yield cell;
      } else {
        for (const row of rows()) {
          const cell = cells(row)[index];
          if (cell && cell.parentElement === row) yield cell;
        }
      }
    },
    rowAt(node) {
      const row = climb(
        node,
        (element) =>
          element === table || (element.tagName === 'TR' && element.parentElement?.parentElement === table),
      );
      return row && row !== table && row.parentElement?.tagName === 'TBODY' && isRow(row) ? row : null;
    },
    // Rows that open are of lists for people to look at, not of reports: those are not searched once more.
    details: () => (count() > mostOpened ? [] : table.querySelectorAll(`${bodyRows} > [colspan]:only-child`)),
    parts: (row) => [row],
  };
}

/** Do a row's cells stand under their columns without counting? */
const isPlain = (row: Element, width: number): boolean => row.childElementCount === width;

/** The cells of a row that spans columns, or into which rows above span: laid out from the last row that no span can cross. */
function spannedCells(row: Element, width: number): (Element | undefined)[] {
  const lines = [row];
  for (
    let above = row.previousElementSibling;
    above && lines.length < 200;
    above = above.previousElementSibling
  ) {
    lines.unshift(above);
    if (isPlain(above, width) && !above.querySelector(':scope > [rowspan]')) break;
  }
  return layOut(lines).at(-1) ?? [];
}

/** A row of one cell over all columns is a detail, a group heading or "nothing found", never a person. */
function isRecord(row: Element): boolean {
  const first = row.firstElementChild;
  if (first === null || (row.childElementCount < 2 && first.hasAttribute('colspan'))) return false;
  // Headings that were re-created since, or repeated further down.
  return first.tagName !== 'TH' || row.lastElementChild?.tagName !== 'TH' || row.childElementCount < 2;
}

function firstRows(bodies: Element[], isRow: (row: Element) => boolean, most: number): Element[] {
  const found: Element[] = [];
  for (const body of bodies)
    for (let row = body.firstElementChild; row && found.length < most; row = row.nextElementSibling)
      if (isRow(row)) found.push(row);
  return found;
}

/** Rows of headings: those of `thead`, else leading rows of `th`, else a first row that reads like headings. */
function headRows(table: Element, body: Element | undefined): Element[] {
  const inHead = [...table.children]
    .filter((child) => child.tagName === 'THEAD')
    .flatMap((head) => [...head.children]);
  const leading: Element[] = [];
  const first = body?.firstElementChild ?? null;
  for (let row = first; row && leading.length < 4; row = row.nextElementSibling) {
    const all = [...row.children];
    if (
      all.length > 1 &&
      all.every((cell) => cell.tagName === 'TH' || cell.getAttribute('role') === 'columnheader')
    )
      leading.push(row);
    else break;
  }
  if (inHead.length > 0 || leading.length > 0) return [...inHead, ...leading];
  return first && readsLikeHeadings(first) ? [first] : [];
}

/** Every cell a short text without digits, over a row in which some cell may hold a number. */
function readsLikeHeadings(row: Element): boolean {
  const next = row.nextElementSibling;
  if (!next || row.childElementCount < 2 || next.childElementCount !== row.childElementCount) return false;
  let worded = 0;
  for (const cell of row.children) {
    const text = lineOf(cell);
    if (/\d{3}|[@]/.test(text) || text.length > 40) return false;
    if (hasWord(text)) worded += 1;
  }
  return (
    worded >= 2 &&
    [...next.children].some(
      (cell, at) => mayHoldNumber(lineOf(cell)) && lineOf(row.children[at] as Element) !== '',
    )
  );
}

/** Scrolling tables keep their headings in a table of their own, above the one with the rows. */
function headersElsewhere(table: Element, width: number): Header[] | null {
  let around = table.parentElement;
  for (let level = 0; around && level < 5; level += 1, around = around.parentElement) {
    for (const other of around.querySelectorAll('table')) {
      if (other === table || other.contains(table) || table.contains(other)) continue;
      const rows = [...other.querySelectorAll('tr')].slice(0, 6);
      if (rows.length === 0 || other.querySelector(':scope > tbody > tr > td')) continue;
      const headers = joinHeaders(layOut(rows));
      if (headers.length === width || headers.length === width + 1) return headers;
    }
  }
  return null;
}

/** Responsive tables repeat the heading on each cell. */
function labelsOf(row: Element | undefined): Header[] | null {
  if (!row) return null;
  const labels = [...row.children].map(
    (cell) =>
      cell.getAttribute('data-label') ??
      cell.getAttribute('data-title') ??
      cell.getAttribute('data-th') ??
      cell.getAttribute('data-header') ??
      '',
  );
  return labels.some((label) => label !== '')
    ? labels.map((text) => ({ text, group: '', box: false }))
    : null;
}
