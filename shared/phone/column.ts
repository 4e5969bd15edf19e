import { isValidEan } from '../checksums/ean.ts';
import { isValidPesel } from '../checksums/pesel.ts';
import { isValidRegon } from '../checksums/regon.ts';
import { plain } from './characters.ts';
import { find, type Hit } from './finder.ts';
import { readHeader } from './header.ts';

export interface ColumnVerdict {
  role: 'phone' | 'name' | 'decoy' | 'other';
  /** 0…1: how sure, to choose among several columns of one role; mobiles come before landlines. */
  score: number;
  /**
   * How its cells are read: `cell` every number, prefix or not · `text` as prose · `sure` only what shows by itself that
   * it is a phone number · `none` not at all.
   */
  read: 'cell' | 'text' | 'sure' | 'none';
}

export interface ColumnSample {
  /** The header's text; '' when there is none. */
  header: string;
  /** Some of its cells, in the order of the page; 20–50 are enough. */
  sample: readonly string[];
  region?: string;
}

// Ranges of letters, not `\p{L}`: a browser compiles those slower than it reads a whole list.
const PLACEHOLDER =
  /^[^a-zA-Z\u00c0-\u024f\u0370-\u052f\d]*(?:brak(?:\s[a-zA-Z\u00c0-\u024f\u0370-\u052f]+)?|n\s?\/\s?[dap]|nie (?:dotyczy|podano|ma)|none|null|unknown|no|keine?|nan|нема[єе]?|немає|відсутні[а-яіїє]|нет|0+)?[^a-zA-Z\u00c0-\u024f\u0370-\u052f\d]*$/i;
const PERSON =
  /^(?:[A-Z\u00c0-\u00de\u0100-\u017f\u0386-\u03ab\u0400-\u042f][a-zA-Z\u00c0-\u024f\u0370-\u052f'’ʼ.-]*,?\s){1,3}[A-Z\u00c0-\u00de\u0100-\u017f\u0386-\u03ab\u0400-\u042f][a-zA-Z\u00c0-\u024f\u0370-\u052f'’ʼ-]+$/;
const LONGEST_CELL = 300;
/** Beside its numbers a cell of a phone column has a label, a name, an extension: not a story, not more digits. */
const MOST_OTHER_SIGNS = 40;
const MOST_OTHER_DIGITS = 5;

interface Evidence {
  filled: number;
  /** Cells that are phone numbers and little else. */
  fitting: number;
  sure: number;
  mobile: number;
  people: number;
  /** Cells of nothing but digits that show no phone number. */
  alien: number;
  /** Digits of the fitting cells that are nothing but one group of digits. */
  bare: string[];
}

function weigh(text: string, hits: Hit[], seen: Evidence): void {
  let rest = '';
  let at = 0;
  for (const hit of hits) {
    rest += text.slice(at, hit.start);
    at = hit.end;
  }
  rest += text.slice(at);
  if (rest.trim().length > MOST_OTHER_SIGNS || (rest.match(/\d/g) ?? []).length > MOST_OTHER_DIGITS) return;
  seen.fitting++;
  if (hits.some((hit) => hit.trust === 'sure')) seen.sure++;
  if (hits.some((hit) => hit.kind === 'mobile' && hit.trust !== 'doubt')) seen.mobile++;
  const digits = text.trim();
  if (/^\d+$/.test(digits)) seen.bare.push(digits);
}

function gather(sample: readonly string[], region: string): Evidence {
  const seen: Evidence = { filled: 0, fitting: 0, sure: 0, mobile: 0, people: 0, alien: 0, bare: [] };
  for (const cell of sample) {
    const text = plain(cell.slice(0, LONGEST_CELL));
    if (PLACEHOLDER.test(text)) continue;
    seen.filled++;
    if (PERSON.test(text.trim())) seen.people++;
    const hits = find(text, region, true);
    if (hits.length) weigh(text, hits, seen);
    if (/^[\d\s.,-]{6,}$/.test(text) && hits.every((hit) => hit.trust === 'doubt')) seen.alien++;
  }
  return seen;
}

const share = (part: number, whole: number): number => (whole ? part / whole : 0);

/** Ids are given out in turn: always upwards or always downwards, in steps far smaller than numbers of people would have. */
function isSequence(numbers: string[]): boolean {
  if (numbers.length < 2) return false;
  const steps = numbers.slice(1).map((number, i) => Number(number) - Number(numbers[i]));
  if (!steps.every((step) => step > 0) && !steps.every((step) => step < 0)) return false;
  const sizes = steps.map(Math.abs).sort((a, b) => a - b);
  return (sizes[sizes.length >> 1] ?? 0) < (numbers.length < 3 ? 1000 : 20_000);
}

/** Bare digits that are another register's numbers by their checksum, which a phone number meets once in ten times. */
function isRegister(numbers: string[]): boolean {
  if (numbers.length < 2) return false;
  const checks = [isValidRegon, isValidPesel, isValidEan];
  return checks.some((check) => share(numbers.filter(check).length, numbers.length) >= 0.8);
}

function isPhoneByCells(seen: Evidence): boolean {
  const fit = share(seen.fitting, seen.filled);
  if (fit < 0.6) return false;
  // Amounts like "600 100 200" pass for mobiles once in seven times, and fit the plan in two of three.
  if (share(seen.sure, seen.fitting) >= 0.5) return true;
  // Digits alone: nearly all have to be in the numbering plan, and most of them mobiles, which few other numbers would be.
  return fit >= 0.9 && share(seen.mobile, seen.fitting) >= (seen.filled < 6 ? 0.7 : 0.5);
}

/**
 * What a column holds, from its header and a sample of its cells: header words first, then the share of cells that
 * parse, then what tells decoys (checksums, sequences, leading digits). The cost is that of the sample, not of the table.
 */
export function scoreColumn({ header, sample, region = 'PL' }: ColumnSample): ColumnVerdict {
  const { says, mixed, mobile } = readHeader(header);
  if (says === 'decoy') return { role: 'decoy', score: 0.9, read: 'none' };
  const seen = gather(sample, region);
  const fit = share(seen.fitting, seen.filled);
  const score = 0.3 * fit + 0.2 * share(seen.mobile, seen.fitting);
  if (says === 'phone') {
    if (seen.filled > 3 && seen.fitting === 0) return { role: 'other', score: 0.1, read: 'text' };
    return { role: 'phone', score: 0.4 + score + (mobile ? 0.1 : 0), read: mixed ? 'text' : 'cell' };
  }
  const people = share(seen.people, seen.filled);
  if (says === 'text') return { role: 'other', score: 0.5, read: 'text' };
  const allBare = seen.bare.length >= 0.8 * seen.fitting;
  if (allBare && (isSequence(seen.bare) || isRegister(seen.bare)))
    return { role: 'decoy', score: 0.7, read: 'none' };
  const sureEnough = share(seen.sure, seen.filled) >= 0.5;
  if (says === 'name') {
    return { role: 'name', score: 0.5 + people / 2, read: isPhoneByCells(seen) ? 'cell' : 'sure' };
  }
  if (says === 'contact' ? fit >= 0.3 : says === 'doubt' ? sureEnough : isPhoneByCells(seen)) {
    return { role: 'phone', score: 0.2 + score, read: mixed ? 'text' : 'cell' };
  }
  if (says === 'contact') return { role: 'other', score: 0.5, read: 'text' };
  // Amounts, counts, ids: one in seven of them would pass for a mobile.
  if (share(seen.alien, seen.filled) >= 0.3) return { role: 'decoy', score: 0.6, read: 'none' };
  if (people >= 0.6) return { role: 'name', score: people / 2, read: 'sure' };
  return { role: 'other', score: 0.5, read: 'sure' };
}
