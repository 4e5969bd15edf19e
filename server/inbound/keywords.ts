/**
 * Words by which people ask for no more texts, the first of what they write: Polish ones and those that are known
 * everywhere. Compared without case, Polish letters and what stands around them.
 */
const words: ReadonlySet<string> = new Set(['STOP', 'STOPALL', 'WYPISZ', 'REZYGNUJE', 'UNSUBSCRIBE']);

/** The word that the text begins with, if it asks for no more texts; empty: it does not. */
export function optOutWord(text: string): string {
  const [first = ''] = /[\p{L}\p{N}]+/u.exec(text.slice(0, 200)) ?? [];
  const plain = first.toUpperCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('Ł', 'L');
  return words.has(plain) ? plain : '';
}
