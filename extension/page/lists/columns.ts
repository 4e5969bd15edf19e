import { type ColumnVerdict, readCellAs, scoreColumn } from '../../../shared/phone/index.ts';
import { dialLinks, linkNumber, nameSaid } from '../numbers/links.ts';
import { mayShowNumber } from '../numbers/prefilter.ts';
import { lineOf, textOf } from '../numbers/text.ts';
import { type Column, type Header, type ListSource, noHeader } from './list.ts';

/** Decides what each column of a list holds, on a sample of its rows. */

/** Rows that decide: enough for shares, few enough to cost nothing beside the reading itself. */
export const sampled = 30;
/** Up to so many rows every column is searched for sure numbers; in longer lists only columns whose sample had some. */
const fewRows = 200;

export function decideColumns(
  source: ListSource,
  sample: readonly Element[],
  rows: number,
  region: string,
): Column[] {
  const lines = sample.map((row) => source.cells(row));
  const names = new Set<string>();
  const columns: Column[] = [];
  for (let index = 0; index < source.headers.length; index += 1) {
    const header = source.headers[index] ?? noHeader;
    const cells = lines.map((line) => line[index]).filter((cell) => cell !== undefined);
    const texts = cells.map((cell) => cellText(cell));
    const verdict = scoreColumn({ header: header.text, sample: texts, region });
    const ticks = isTickColumn(header, cells);
    const phone = verdict.role === 'phone' && !ticks;
    columns.push({
      index,
      name: uniqueName(header, index, names),
      header,
      read: ticks ? 'none' : worthReading(verdict, texts, rows, region),
      phone,
      score: verdict.role === 'phone' ? verdict.score : 0,
      ticks,
      mayName: !phone && !ticks && verdict.role !== 'decoy',
    });
  }
  return columns;
}

/** The most that is read of a cell (UTF-16 units). */
const longestText = 20_000;

/** A cell's text; where it shows none, the number that its link dials. */
export function cellText(cell: Element): string {
  if (cell.firstElementChild === null) {
    // Most cells of most lists hold one text and nothing else.
    const only = cell.textContent;
    if (only) return only.slice(0, longestText);
  }
  const text = textOf(cell);
  return dialledBy(cell, text) || text;
}

/**
 * The number behind an icon or a word like `SMS`: what its link dials, else what its title or its accessible name says.
 * Empty where the text may say it itself.
 */
export function dialledBy(cell: Element, text: string): string {
  const said = text.trim();
  if (said.length > 10 || /[\s\d]/.test(said)) return '';
  const link = cell.matches('a[href]') ? cell : cell.querySelector(dialLinks);
  const dialled = link ? linkNumber(link) : '';
  if (dialled !== '') return dialled;
  for (const named of [cell, ...cell.querySelectorAll('[title],[aria-label]')]) {
    const name = nameSaid(named);
    if (mayShowNumber(name)) return name;
  }
  return '';
}

function worthReading(
  verdict: ColumnVerdict,
  texts: readonly string[],
  rows: number,
  region: string,
): ColumnVerdict['read'] {
  if (verdict.role === 'phone' || verdict.read === 'none' || rows <= fewRows) return verdict.read;
  if (verdict.read === 'text' && texts.some((text) => text.length > 25)) return 'text';
  return texts.some((text) => readCellAs(verdict.read, text, region).length > 0) ? verdict.read : 'none';
}

/** Tick boxes that choose rows: a box in (nearly) every cell, under a heading that is a box, is empty or says "select". */
function isTickColumn(header: Header, cells: readonly Element[]): boolean {
  if (cells.length === 0) return false;
  const boxes = cells.filter((cell) => tickIn(cell) !== null).length;
  if (boxes < cells.length * 0.6) return false;
  if (header.text !== '' && !header.box && !/zazn|wyb|sele|check|ausw|обр|виб|✓|☐|#/i.test(header.text))
    return false;
  // A box beside real text is a switch of the record, not a choice of the row.
  return cells.filter((cell) => lineOf(cell).length > 12).length < cells.length * 0.3;
}

/** The first box of a cell that the user can tick. */
export function tickIn(cell: Element): Element | null {
  const boxes = '[role=checkbox],input[type=checkbox]';
  const box = cell.matches(boxes) ? cell : cell.querySelector(boxes);
  return box && !/(?:^|[\s_-])(?:switch|toggle)(?:[\s_-]|$)/i.test(box.getAttribute('class') ?? '')
    ? box
    : null;
}

function uniqueName(header: Header, index: number, taken: Set<string>): string {
  const plain = header.text || header.group || letters(index);
  let name = plain;
  if (taken.has(name) && header.group) name = `${header.group} ${plain}`;
  for (let nth = 2; taken.has(name); nth += 1) name = `${plain} ${nth}`;
  taken.add(name);
  return name;
}

/** Columns without a heading are called as in a spreadsheet: A, B, … Z, AA. */
function letters(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : letters(Math.floor(index / 26) - 1) + letters(index % 26);
}
