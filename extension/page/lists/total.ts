import { letters } from '../numbers/letters.ts';
import { lineOf } from '../numbers/text.ts';
import type { ListReading, ListSource } from './list.ts';

/** How many rows a list says it has, when the page holds only some of them. */

const digits = "(\\d{1,3}(?:[ \\u00a0.,']\\d{3})+|\\d+)";
/** `1–25 z 240`, `Showing 1 to 10 of 57 entries`, `Pozycje 1 - 20 z 153`, `1-25 von 240`, `1–25 із 240`. */
const span = new RegExp(
  `${digits}\\s*(?:[-–—]|to|do|bis|до)\\s*${digits}\\s*(?:z|of|von|із|з|/|spośród)\\s*(?:about |około |ponad )?${digits}`,
  'i',
);
/** `Razem: 153 rekordy`, `Total 153 items`, `153 wyników`. */
const counted = new RegExp(
  `(?:razem|łącznie|liczba|total|gesamt|всього)\\s*:?\\s*(?:[${letters}]+\\s*:?\\s*)?${digits}(?!\\s*(?:zł|pln|eur|%|[,.]\\d))`,
  'i',
);

const numberOf = (text: string | undefined): number => Number.parseInt((text ?? '').replace(/\D/g, ''), 10);

const known = new WeakMap<ListReading, number | null>();

/** Looked up once for each reading of a list. @returns null when neither the grid nor the text around it says */
export function totalOf(list: ListReading): number | null {
  const before = known.get(list);
  if (before !== undefined) return before;
  const total = totalSaid(list.source, list.source.count());
  known.set(list, total);
  return total;
}

function totalSaid(source: ListSource, shown: number): number | null {
  const said = Number.parseInt(source.root.getAttribute('aria-rowcount') ?? '', 10);
  if (said > 0) {
    const heads = source.kind === 'grid' || source.kind === 'table' ? headerRows(source.root) : 0;
    const rows = said - heads;
    if (rows >= shown) return rows;
  }
  const drawn = totalDrawn(source, shown);
  if (drawn !== null) return drawn;
  let around: Element | null = source.root;
  for (let level = 0; around && level < 7; level += 1) {
    for (const side of [
      around.nextElementSibling,
      around.nextElementSibling?.nextElementSibling,
      around.previousElementSibling,
    ]) {
      const total = side ? totalIn(side, shown) : null;
      if (total !== null) return total;
    }
    around = around.parentElement;
    if (!around || around.tagName === 'BODY') break;
  }
  return null;
}

/** A virtual list is as tall as all its rows would be, and places those it draws by hand. */
function totalDrawn(source: ListSource, shown: number): number | null {
  const row = source.sample(1)[0] as HTMLElement | undefined;
  if (!row || !/\b(?:top|transform)\s*:/.test(row.getAttribute('style') ?? '')) return null;
  const height = row.offsetHeight;
  const all = row.parentElement?.offsetHeight ?? 0;
  const rows = height > 4 ? Math.round(all / height) : 0;
  return rows > shown ? rows : null;
}

/** `aria-rowcount` counts the header rows as well. */
const headerRows = (root: Element): number => {
  let rows = 0;
  for (const row of [...root.querySelectorAll('[role=row],thead > tr')].slice(0, 5)) {
    if (!row.querySelector('[role=columnheader],th')) break;
    rows += 1;
  }
  return Math.max(rows, root.querySelector('[role=columnheader],th') ? 1 : 0);
};

function totalIn(element: Element, shown: number): number | null {
  if (element.querySelector('table,[role=grid]')) return null;
  if ((element.textContent ?? '').length > 3000) return null;
  const text = lineOf(element);
  const range = span.exec(text);
  if (range) {
    const [from, to, total] = [numberOf(range[1]), numberOf(range[2]), numberOf(range[3])];
    if (from <= to && to <= total && total >= shown) return total;
  }
  const count = counted.exec(text);
  if (count && text.length < 300) {
    const total = numberOf(count[1]);
    if (total >= shown && total < 10_000_000) return total;
  }
  return null;
}
