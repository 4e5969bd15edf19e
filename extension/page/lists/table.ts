import { mayHoldNumber } from '../../../shared/phone/index.ts';
import { hasWord } from '../numbers/letters.ts';
import { climb } from '../numbers/nodes.ts';
import { lineOf } from '../numbers/text.ts';
import { joinHeaders, layOut } from './headers.ts';
import { type Header, type ListSource, noHeader } from './list.ts';
import { spread } from './spread.ts';

/** Plain tables: `<table>` of any age, with spans, several header rows, or a header that stands in a table of its own. */

const bodyRows = ':scope > tbody > tr';

/** Tables that hold a page together rather than people: they hold other tables and head no columns. */
export function isLayout(table: Element, nested: boolean): boolean {
  const role = table.getAttribute('role');
  if (role === 'presentation' || role === 'none')
    return !table.querySelector(':scope > thead th, [role=row]');
  if (!nested) return false;
  return !table.querySelector(':scope > thead > tr > th, :scope > tbody > tr > th');
}

/** @param spans some cell of the body spans rows or columns: columns then have to be laid out, not counted */
export function tableSource(table: Element, spans: boolean): ListSource | null {
  const bodies = [...table.children].filter((child) => child.tagName === 'TBODY');
  const heads = headRows(table, bodies);
  const own = joinHeaders(layOut(heads.rows));
  const isHead = new Set<Element>(heads.rows);

  const headsInBody = heads.rows.filter((row) => row.parentElement?.tagName === 'TBODY').length;
  const rows = (): Element[] =>
    [...table.querySelectorAll(bodyRows)].filter((row) => !isHead.has(row) && isRecord(row));
  let laidOut: Map<Element, (Element | undefined)[]> | null = null;
  const cells = (row: Element): (Element | undefined)[] => {
    if (!spans) return [...row.children];
    if (!laidOut) {
      laidOut = new Map();
      for (const body of bodies) {
        const lines = [...body.children].filter((child) => child.tagName === 'TR');
        layOut(lines).forEach((line, at) => {
          const key = lines[at];
          if (key) laidOut?.set(key, line);
        });
      }
    }
    return laidOut.get(row) ?? [...row.children];
  };

  const width = Math.max(own.length, ...firstRows(table, isHead, 5).map((row) => cells(row).length));
  if (width === 0) return null;
  let headers: Header[] = own;
  if (own.every((header) => header.text === ''))
    headers = headersElsewhere(table, width) ?? labelsOf(firstRows(table, isHead, 1)[0]) ?? own;
  headers = Array.from({ length: width }, (_, at) => headers[at] ?? noHeader);

  return {
    kind: 'table',
    root: table,
    headers,
    rows,
    count: () =>
      bodies.reduce((sum, body) => sum + body.childElementCount, 0) -
      headsInBody -
      (spans ? table.querySelectorAll(`${bodyRows} > [colspan]:only-child`).length : 0),
    runs: () => bodies.map((body) => body.children),
    sample: (most) =>
      bodies
        .flatMap((body) => spread(body.children, Math.ceil(most / bodies.length) + headsInBody))
        .filter((row) => !isHead.has(row) && isRecord(row)),
    cells,
    *column(index) {
      if (spans) {
        for (const row of rows()) {
          const cell = cells(row)[index];
          if (cell && cell.parentElement === row) yield cell;
        }
        return;
      }
      // The selector engine walks faster than we do, and wraps only what it gives us.
      for (const cell of table.querySelectorAll(`:scope > tbody > tr > :nth-child(${index + 1})`)) {
        if (headsInBody === 0 || !isHead.has(cell.parentElement as Element)) yield cell;
      }
    },
    rowAt(node) {
      const row = climb(
        node,
        (element) =>
          element === table || (element.tagName === 'TR' && element.parentElement?.parentElement === table),
      );
      if (!row || row === table) return null;
      return isHead.has(row) || row.parentElement?.tagName !== 'TBODY' ? null : row;
    },
    parts: (row) => [row],
  };
}

/** A row of one cell over all columns is a detail, a group heading or "nothing found", never a person. */
function isRecord(row: Element): boolean {
  const first = row.firstElementChild;
  return first !== null && (row.childElementCount > 1 || !first.hasAttribute('colspan'));
}

function firstRows(table: Element, isHead: ReadonlySet<Element>, most: number): Element[] {
  const found: Element[] = [];
  for (const body of table.children) {
    if (body.tagName !== 'TBODY') continue;
    for (let row = body.firstElementChild; row && found.length < most; row = row.nextElementSibling)
      if (row.tagName === 'TR' && !isHead.has(row) && isRecord(row)) found.push(row);
  }
  return found;
}

/** Rows of headings: those of `thead`, else leading rows of `th`, else a first row that reads like headings. */
function headRows(table: Element, bodies: Element[]): { rows: Element[] } {
  const inHead = [...table.children]
    .filter((child) => child.tagName === 'THEAD')
    .flatMap((head) => [...head.children]);
  const leading: Element[] = [];
  const first = bodies[0]?.firstElementChild ?? null;
  for (let row = first; row && leading.length < 4; row = row.nextElementSibling) {
    const all = [...row.children];
    if (
      all.length > 1 &&
      all.every((cell) => cell.tagName === 'TH' || cell.getAttribute('role') === 'columnheader')
    )
      leading.push(row);
    else break;
  }
  if (inHead.length > 0 || leading.length > 0) return { rows: [...inHead, ...leading] };
  return { rows: first && readsLikeHeadings(first) ? [first] : [] };
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
