/**
 * Letters without Unicode property escapes: a browser needs up to 20 ms to compile one `\p{L}` cold, which is more than
 * reading a whole list takes. Latin with its diacritics, Greek and Cyrillic are what names here are written in.
 */
export const letters = 'a-zA-Z\\u00c0-\\u024f\\u0370-\\u052f';

const word = new RegExp(`[${letters}]{2}`);
const inWord = new RegExp(`^[${letters}'’.-]+$`);

/** Do two letters stand side by side? Signs, units and numbers have none. */
export const hasWord = (text: string): boolean => word.test(text);

/** Letters, apostrophes, dots and hyphens only, with a capital first. */
export function isProper(text: string): boolean {
  const first = text.charAt(0);
  return first !== first.toLowerCase() && inWord.test(text);
}
