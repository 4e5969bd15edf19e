/** Letters that no Unicode decomposition takes to A–Z: strokes and ligatures, and the look-alikes of other alphabets. */
const plainLetters: ReadonlyMap<string, string> = new Map([
  ...matched('łŁđĐøØħĦŧŦıȷ', 'lLdDoOhHtTij'),
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  // Cyrillic
  ...matched('АВЕЅІЈКМНОРСТУХЗЬаеѕіјорсухкмтвн', 'ABESIJKMHOPCTYX3baesijopcyxkmtbh'),
  // Greek
  ...matched('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαβεικνορτυχ', 'ABEZHIKMNOPTYXabeiknoptyx'),
]);

const separators = /^[\s.\-_/\\,;:+&|\u00b7\u2010-\u2015\u2022\u2212]$/;

/**
 * The form of one character (code point) that a sender name may hold: Ż → Z, a Cyrillic А → A, full-width Ａ → A, a dot, hyphen or
 * tab → a space; `''` for what has none, an emoji say. For suggestions and comparisons: never put in silently.
 */
export function plainCharacter(character: string): string {
  if (/^[A-Za-z0-9 ]$/.test(character)) return character;
  if (separators.test(character)) return ' ';
  const base = character.normalize('NFKD').replace(/\p{M}/gu, '');
  const plain = plainLetters.get(base) ?? base;
  return /^[A-Za-z0-9 ]*$/.test(plain) ? plain : '';
}

/** `plainCharacter` of every character; neither trimmed nor collapsed. */
export function plainForm(text: string): string {
  if (/^[A-Za-z0-9 ]*$/.test(text)) return text;
  let plain = '';
  for (const character of text) plain += plainCharacter(character);
  return plain;
}

function matched(from: string, to: string): [string, string][] {
  return [...from].map((letter, at) => [letter, to.charAt(at)]);
}
