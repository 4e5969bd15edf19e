/**
 * What "without Polish letters" replaces: the 18 Polish letters, none of which is in GSM-7, and the punctuation
 * and spaces that word processors and web pages put in place of plain ones. `''` drops what nobody sees.
 */
const replacements: ReadonlyMap<string, string> = new Map([
  ...pairs('ąćęłńóśźżĄĆĘŁŃÓŚŹŻ', 'acelnoszzACELNOSZZ'),
  ...each('„“”‟«»″', '"'),
  ...each('‚‘’‛‹›′`´', "'"),
  ...each('‐‑‒–—―−', '-'),
  ...each('…', '...'),
  ...each('•·', '-'),
  // tab, no-break, en to hair, narrow no-break, mathematical and ideographic spaces
  ...each(
    '\t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000',
    ' ',
  ),
  ...each('\u2028\u2029', '\n'),
  // soft hyphen, zero-width space, word joiner, byte-order mark; not the joiner U+200D, which holds emoji together
  ...each('\u00ad\u200b\u2060\ufeff', ''),
]);

const replaced = new RegExp(`[${[...replacements.keys()].join('')}]`, 'g');

/** Polish letters written as a letter and a combining mark, as macOS writes file names (ł has no such form). */
const combined = /([AEae])\u0328+|([CNOScnos])\u0301+|([Zz])[\u0301\u0307]+/g;

/**
 * The text with Polish letters and typographic punctuation folded to what GSM-7 carries: ż → z, „ → ", … → "...",
 * no-break space → space. Emoji and letters of other alphabets stay: they are the sender's choice, and
 * `countParts` names what they cost. Folding twice is folding once.
 *
 * A text that stays UCS-2 (emoji) may grow by it: "…" is one unit, "..." three.
 */
export function foldPolishLetters(text: string): string {
  const folded = text.replace(replaced, (character) => replacements.get(character) ?? character);
  // After the first step: a dropped invisible character may have stood between a letter and its mark.
  return folded.replace(combined, '$1$2$3');
}

function pairs(from: string, to: string): [string, string][] {
  return [...from].map((letter, at) => [letter, to.charAt(at)]);
}

function each(from: string, to: string): [string, string][] {
  return [...from].map((character) => [character, to]);
}
