/** What stands right after a number and changes what it is. Patterns are sticky and bounded: no search, no backtracking. */

const FAX = /\s?(?:[([-]\s?fa(?:x|ks)|fa(?:x|ks)\.?\s*(?:$|[,;)\n|]))/iy;
const EXTENSION =
  /[\s.,;(-]{0,4}(?:wew(?:n(?:[a-zA-Z\u00c0-\u024f]{1,8})?)?|w|ext(?:ension|n)?|x|dw|durchwahl|доб|вн(?:утр)?|#)[.:]?\s?\d{1,6}(?!\d)/iy;
/** A comma with one or two digits is a fraction, unless they begin another number of a list: `734 611 248,63 927 20 97`. */
const FRACTION = /,\d\d?(?!\d|[ ./-]{1,3}\d)/y;
const UNIT =
  /\s{0,2}(?:zł|zl\b|pln|eur|usd|gbp|chf|uah|czk|грн|руб|kč|[€$£%₴]|tys|mln|mld|szt|kg|km\b|m2|ml\b|[gmk]b\b|bajt|byte|osób|people|wyświetl|odsłon|użytk|users?\b|views?\b|,-{1,2}(?=\s|$))/iy;
/** A unit after digits belongs to them: "12 500 zł 501 223 344". */
const UNIT_BEFORE = /(?<!\d\s?)(?:pln|eur|usd|gbp|zł|uah|грн|[€$£₴])\s?$/i;
/** What is counted, not called: "ponad 600 100 500". */
const ABOUT = /(?:^|[\s(])(?:ok\.|ca\.?|około|ponad|prawie|blisko|about|over|rund|über|понад)\s$/i;

function endOf(pattern: RegExp, text: string, at: number): number {
  if (at >= text.length) return -1;
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** "22 123 45 68 (faks)". */
export const isFaxAfter = (text: string, end: number): boolean => endOf(FAX, text, end) >= 0;

/** Where the extension (`wew. 295`, `ext 12`, `доб. 5`) after a number ends; `end` itself when there is none. */
export const afterExtension = (text: string, end: number): number =>
  Math.max(end, endOf(EXTENSION, text, end));

export const hasFraction = (text: string, end: number): boolean => endOf(FRACTION, text, end) >= 0;

/** Money, shares and measures. */
export const isQuantity = (text: string, start: number, end: number): boolean =>
  endOf(UNIT, text, end) >= 0 || (start > 0 && isCountedBefore(text.slice(Math.max(0, start - 10), start)));

const isCountedBefore = (before: string): boolean => UNIT_BEFORE.test(before) || ABOUT.test(before);
