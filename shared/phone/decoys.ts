import { afterExtension, hasFraction } from './after.ts';
import type { Chain } from './chains.ts';
import { UNSEEN } from './characters.ts';
import type { Label } from './labels.ts';

/** How far a word with digits in it is followed: longer ones are no address of anything. */
const LONGEST_WORD = 120;
const LETTER = /[a-zA-Z\u00c0-\u024f\u0370-\u052f_]/;
const SPACE = /\s/;

const isLetter = (sign: string | undefined): boolean => sign !== undefined && LETTER.test(sign);
const isDigit = (sign: string | undefined): boolean => sign !== undefined && sign >= '0' && sign <= '9';

/** Whether the digits are inside an e-mail address or a web address. `tel:+48…` is none. */
export function inLink(text: string, chain: Chain): boolean {
  const { start, end } = chain;
  const around = (i: number) => text[i] !== undefined && !SPACE.test(text[i] ?? ' ');
  if (!around(start - 1) && !around(end)) return false;
  let from = start;
  while (from > 0 && start - from < LONGEST_WORD && around(from - 1)) from--;
  let to = end;
  while (to < text.length && to - end < LONGEST_WORD && around(to)) to++;
  const head = text.slice(from, start);
  return /@[^,;/|]*$|:\/\/|^www\./i.test(head) || /^[^,;/|]*@/.test(text.slice(end, to));
}

const blank = (text: string, chain: Chain, after: number): boolean =>
  text.slice(chain.to[after], chain.from[after + 1]).includes(' ');

/**
 * The first group that is not glued to something else: `ZS/746186/2026` and `FV600100200` are names of papers.
 * A label may be glued (`tel.600…`, `tel:600…`); in a phone column so may anything that is not a number itself.
 */
export function glueBefore(
  text: string,
  start: number,
  chain: Chain,
  lastHit: number,
  label: Label,
  loose: boolean,
): number {
  let at = start - 1;
  while (text[at] === UNSEEN || text[at] === '(') at--;
  const sign = text[at];
  // A comma right after a number found parts a list.
  if (sign === undefined || SPACE.test(sign) || at === lastHit) return 0;
  const outer = text[at - 1];
  const decimal = (sign === ',' || sign === '.' || sign === ':') && isDigit(outer);
  const letters = isLetter(sign) || (/[-./\\]/.test(sign) && (isLetter(outer) || isDigit(outer)));
  const glued = decimal || (!loose && (/[=#$%&*~^<>]/.test(sign) || (letters && label !== 'phone')));
  if (!glued) return 0;
  let first = 0;
  while (first < chain.groups.length - 1 && !blank(text, chain, first)) first++;
  return first + 1;
}

/** The end of the groups that are not glued to what follows: `600 100 200 12a`, `10:30`, `1 234,56`. */
export function glueAfter(text: string, chain: Chain, loose: boolean): number {
  const count = chain.groups.length;
  // A spreadsheet took it for a fraction: `600100200.0`.
  if (
    loose &&
    count === 2 &&
    chain.groups[1] === '0' &&
    text[chain.end - 2] === '.' &&
    chain.groups[0] !== undefined &&
    chain.groups[0].length > 8
  )
    return 1;
  const sign = text[chain.end];
  const outer = text[chain.end + 1];
  if (sign === undefined || SPACE.test(sign) || afterExtension(text, chain.end) > chain.end) return count;
  const decimal = hasFraction(text, chain.end) || (sign === ':' && isDigit(outer));
  const letters = isLetter(sign) || (/[-/\\.=]/.test(sign) && isLetter(outer));
  if (!decimal && (loose || !(letters || /[%°=]/.test(sign)))) return count;
  let last = count - 1;
  while (last > 0 && !blank(text, chain, last - 1)) last--;
  return last;
}

/** The stretches of groups `begin` to `end` between dates (`2026-01-31`, `31.01.2026`). */
export function withoutDates(text: string, chain: Chain, begin: number, end: number): [number, number][] {
  const parts: [number, number][] = [];
  let from = begin;
  for (let i = begin; i + 2 < end; i++) {
    const date = text.slice(chain.from[i], chain.to[i + 2]);
    const free = (i === begin || blank(text, chain, i - 1)) && (i + 3 === end || blank(text, chain, i + 2));
    if (!free || !isDate(date)) continue;
    if (i > from) parts.push([from, i]);
    i += 2;
    from = i + 1;
  }
  if (from < end) parts.push([from, end]);
  return parts;
}

/** A whole text that is a date, day or year first. */
function isDate(text: string): boolean {
  const parts = /^(?:(\d{4})([-./])(\d\d?)\2(\d\d?)|(\d\d?)([-./])(\d\d?)\6(\d{4}|\d\d))$/.exec(text);
  if (!parts) return false;
  const a = Number(parts[3] ?? parts[5]);
  const b = Number(parts[4] ?? parts[7]);
  return a > 0 && b > 0 && Math.min(a, b) <= 12 && Math.max(a, b) <= 31;
}
