import { UNSEEN } from './characters.ts';
import { fold, meaningOf, wordsOf } from './words.ts';

/** What stands before a number in running text. `either`: another thing's name next to it, a phone's word further off. */
export type Label = 'phone' | 'fax' | 'decoy' | 'either' | 'numbered' | '';

const REACH = 48;
/** Words further off than this belong to something else. */
const NEAR_WORDS = 3;
const FAR_WORDS = 6;
const LETTER = /\p{L}/u;
/** A label does not reach over these, nor over the end of a sentence. */
const CLAUSE = /[,;|\n\r\t•!?]|(?<=\p{L}{6})\.\s/u;
const ONE_LETTER = /(?:^|[^\p{L}])(?:([tmkp])\s?:|(f)\s?[.:])[\s(+]*$/iu;
const SIGNS = /[☎✆📞📱📲]/u;

/** The label of the number that starts at `start`; `floor` is where what stands before it ended. */
export function labelBefore(text: string, floor: number, start: number): Label {
  let from = Math.max(floor, start - REACH);
  // A word cut in the middle is no word.
  while (from > floor && from < start && LETTER.test(text[from - 1] ?? '')) from++;
  const near = text.slice(from, start).replaceAll(UNSEEN, '');
  if (!/[^\s()+.:-]/.test(near)) return '';
  const letter = ONE_LETTER.exec(near);
  if (letter) return letter[2] ? 'fax' : 'phone';
  if (SIGNS.test(near)) return 'phone';
  const folded = fold(near.split(CLAUSE).at(-1) ?? '');
  const words = wordsOf(folded).reverse();
  let numbered = false;
  let decoy = false;
  for (const [i, word] of words.entries()) {
    if (i > FAR_WORDS) break;
    const meaning = meaningOf(word);
    if (meaning === 'phone' || meaning === 'contact') return decoy ? 'either' : 'phone';
    if (decoy) continue;
    // "tel./fax 22 …" is a phone as well.
    if (meaning === 'fax')
      return /(?:tel|phone)\p{L}*\s?\.?\s?[/+&i]\s?(?:tele)?fa/u.test(folded) ? 'phone' : 'fax';
    if (i <= NEAR_WORDS && (meaning === 'never' || meaning === 'other')) decoy = true;
    else if (meaning === 'number') numbered = true;
    else if (meaning === 'whose' && numbered) return '';
  }
  if (decoy) return 'decoy';
  return numbered && words.length > 1 ? 'numbered' : '';
}

const FAX_AFTER = /\s?(?:[([-]\s?fa(?:x|ks)|fa(?:x|ks)\.?\s*(?:$|[,;)\n|]))/iuy;
const EXTENSION =
  /[\s.,;(-]{0,4}(?:wew(?:n(?:\p{L}{1,8})?)?|w|ext(?:ension|n)?|x|dw|durchwahl|доб|вн(?:утр)?|#)[.:]?\s?\d{1,6}(?!\d)/iuy;
const UNIT_AFTER =
  /\s{0,2}(?:,\d{1,2}(?!\d)|zł|zl\b|pln|eur|usd|gbp|chf|uah|czk|грн|руб|kč|[€$£%₴]|tys|mln|mld|szt|kg|km\b|m2|ml\b|gb\b|mb\b|kb\b|bajt|byte)/iuy;
const UNIT_BEFORE = /(?:pln|eur|usd|gbp|zł|uah|грн|[€$£₴])\s?$/iu;

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
}

/** "22 123 45 68 (faks)". */
export const faxAfter = (text: string, end: number): boolean => matchAt(FAX_AFTER, text, end) >= 0;
/** Where the extension (`wew. 295`, `ext 12`, `доб. 5`) after a number ends; `end` itself when there is none. */
export const afterExtension = (text: string, end: number): number =>
  Math.max(end, matchAt(EXTENSION, text, end));
/** Money, shares and measures. */
export const isQuantity = (text: string, start: number, end: number): boolean =>
  matchAt(UNIT_AFTER, text, end) >= 0 || UNIT_BEFORE.test(text.slice(Math.max(0, start - 6), start));
