import { plain, searchedWords } from '../../shared/search/words.ts';

/**
 * Letters that names are written in here: Latin ones of Europe, of Romanian and of Vietnamese, Greek and Cyrillic. Each
 * letter more makes a search slower.
 */
const ranges = [
  [0x21, 0x17f],
  [0x1a0, 0x1a1],
  [0x1af, 0x1b0],
  [0x218, 0x21b],
  [0x370, 0x45f],
  [0x1ea0, 0x1ef9],
] as const;

/** By plain letter, all that are it with a diacritic or as a capital. */
const spellings = new Map<string, string>();
for (const [first, last] of ranges) {
  for (let code = first; code <= last; code++) {
    const letter = String.fromCodePoint(code);
    const base = plain(letter);
    if (base !== '') spellings.set(base, `${spellings.get(base) ?? ''}${letter}`);
  }
}

export interface NamePattern {
  /** For LIKE: holds for all that `glob` holds for, and is told much faster. */
  like: string;
  /** For GLOB: SQLite knows no folding of letters, but sets of them. */
  glob: string;
}

/** Two patterns for each word of the search. */
export const namePatterns = (search: string): NamePattern[] =>
  searchedWords(search).map((word) => ({
    like: `%${[...word].map(roughly).join('')}%`,
    glob: `*${[...word].map(exactly).join('')}*`,
  }));

const spellingsOf = (letter: string): string[] => [...(spellings.get(letter) ?? letter)];

/** LIKE minds no capitals of ASCII; for any other spelling `_` stands, which is every letter. */
function roughly(letter: string): string {
  const isPlain = spellingsOf(letter).every((it) => it.toLowerCase() === letter && it <= '\x7f');
  return isPlain && !'%_'.includes(letter) ? letter : '_';
}

function exactly(letter: string): string {
  const all = spellingsOf(letter);
  // In a set `]` ends it, `^` turns it round and `-` makes a range: none of these has other spellings.
  return all.length === 1 && !'*?['.includes(letter) ? letter : `[${all.join('')}]`;
}
