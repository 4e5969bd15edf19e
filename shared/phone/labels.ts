import { UNSEEN } from './characters.ts';
import { fold, meaningOf, wordsOf } from './words.ts';

/** What stands before a number in running text. `either`: another thing's name next to it, a phone's word further off. */
export type Label = 'phone' | 'fax' | 'decoy' | 'either' | 'numbered' | '';

const REACH = 48;
/** Words further off than this belong to something else. */
const NEAR_WORDS = 4;
const FAR_WORDS = 7;
const LETTER = /[a-zA-Z\u00c0-\u024f\u0370-\u052f]/;
/** A label does not reach over these, nor over the end of a sentence. */
const CLAUSE = /[,;|\n\r\t•!?]|(?<=[a-zA-Z\u00c0-\u024f\u0370-\u052f]{6})\.\s/;
const ONE_LETTER = /(?:^|[^a-zA-Z\u00c0-\u024f\u0370-\u052f])(?:([tmkp])\s?:|(f)\s?[.:])[\s(+]*$/i;
/** In signatures a capital alone begins the line: `T 22 845 12 30`. */
const ONE_CAPITAL = /(?:^|[\n|;,•/])\s*(?:([TMKP])|(F))\s[\s(+]*$/;
/** Papers, series and registers number things: `WZ`, `CMR`, `ТТН`. No one is called without a vowel. */
const CODE =
  /(?:^|[^a-zA-Z\u00c0-\u024f\u0370-\u052f])[BCDFGHJKLMNPQRSTVWXZБВГДЖЗКЛМНПРСТФХЦЧШЩ]{2,4}:?\s*$|(?:^|\s)[sS]\/[nN]:?\s*$/;
/** "tel./fax 22 …" is a phone as well. */
const PHONE_AND_FAX = /(?:tel|phone)[a-zA-Z\u00c0-\u024f\u0370-\u052f]*\s?\.?\s?[/+&i]\s?(?:tele)?fa/;
const SIGNS = /[☎✆📞📱📲]/u;

function labelOf(near: string): Label {
  const letter = ONE_LETTER.exec(near) ?? ONE_CAPITAL.exec(near);
  if (letter) return letter[2] ? 'fax' : 'phone';
  if (SIGNS.test(near)) return 'phone';
  const folded = fold(near.split(CLAUSE).at(-1) ?? '');
  const words = wordsOf(folded).reverse();
  let numbered = false;
  let decoy = false;
  for (const [i, word] of words.slice(0, FAR_WORDS).entries()) {
    const meaning = meaningOf(word);
    if (meaning === 'phone' || meaning === 'contact') return decoy ? 'either' : 'phone';
    if (decoy) continue;
    if (meaning === 'fax') return PHONE_AND_FAX.test(folded) ? 'phone' : 'fax';
    if (i < NEAR_WORDS && (meaning === 'never' || meaning === 'other')) decoy = true;
    else if (meaning === 'number') numbered = true;
    else if (meaning === 'whose' && numbered) return '';
  }
  // `#501200300` numbers a ticket.
  if (decoy || (numbered && /[#№]\s?$/.test(near))) return 'decoy';
  return (numbered && words.length > 1) || CODE.test(near) ? 'numbered' : '';
}

/** Pages repeat the same few labels in every row; looking one up is fifty times cheaper than reading it. */
const known = new Map<string, Label>();
const MOST_KNOWN = 300;

/** Nothing but what parts the members of a list: `, ` · ` i ` · ` / `. */
const BETWEEN = /^\s?(?:[,;/|+&]|i|oraz|lub|albo|and|or|und|oder|та|і|и|або|или)?\s{0,2}$/i;

/** Are these two numbers of one list, for which what stands before the first holds? */
export const isList = (between: string): boolean =>
  between.length <= 8 && BETWEEN.test(between.replaceAll(UNSEEN, ''));

/** The label of the number that starts at `start`; `floor` is where what stands before it ended. */
export function labelBefore(text: string, floor: number, start: number): Label {
  let from = Math.max(floor, start - REACH);
  // A word cut in the middle is no word.
  while (from > floor && from < start && LETTER.test(text[from - 1] ?? '')) from++;
  const near = text.slice(from, start).replaceAll(UNSEEN, '');
  if (!/[^\s()+.:-]/.test(near)) return '';
  const seen = known.get(near);
  if (seen !== undefined) return seen;
  const label = labelOf(near);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(near, label);
  return label;
}
