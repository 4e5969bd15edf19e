/** `Żółć` is found by `zolc`: people search as they type. Small letters without diacritics. */
export const plain = (text: string): string =>
  text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ł', 'l');

/** The words of a search, as `plain` makes them. What matches has each of them, anywhere and in any order. */
export const searchedWords = (search: string): string[] =>
  plain(search)
    .split(/\s+/)
    .filter((word) => word !== '');
