import { plainForm } from './plain.ts';

const lookAlikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '6': 'g',
  '7': 't',
  '8': 'b',
  '9': 'g',
  i: 'l',
  j: 'l',
  q: 'g',
};

/**
 * Two names with one skeleton are easily taken for one another: 0range and Orange, P1ay and Play, T-MobiIe and
 * T-Mobile. Without case, spaces and punctuation; look-alike digits and letters made one; rn → m, vv → w, cl → d. Good for a
 * warning only: Pius and Plus share one too.
 */
export function skeleton(name: string): string {
  return plainForm(name)
    .toLowerCase()
    .replaceAll(' ', '')
    .replace(/[0-9ijq]/g, (character) => lookAlikes[character] ?? character)
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd');
}
