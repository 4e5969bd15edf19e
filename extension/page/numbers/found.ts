import {
  type ColumnVerdict,
  type PlacedNumber,
  polishAreas,
  readCellAs,
} from '../../../shared/phone/index.ts';
import type { CapturedNumber } from '../../bridge/capture.ts';

/** From what the rules find to what is captured: each number once, those that surely take an SMS first. */

const rank: Record<CapturedNumber['kind'], number> = { mobile: 0, foreign: 1, unknown: 2, landline: 3 };

export function captured(text: string, placed: readonly PlacedNumber[]): CapturedNumber[] {
  const numbers: CapturedNumber[] = [];
  for (const { e164, kind, start, end } of placed) {
    if (numbers.some((number) => number.e164 === e164)) continue;
    numbers.push({ shown: text.slice(start, end).trim(), e164, kind });
  }
  return numbers.length > 1 ? bestFirst(numbers) : numbers;
}

export const bestFirst = (numbers: CapturedNumber[]): CapturedNumber[] =>
  numbers.sort((a, b) => rank[a.kind] - rank[b.kind]);

const onlyNumber =
  /^\s*(?:(?:tel|kom)\. ?)?((?:(?:\(\+48\)|\+48|0048)[ -]?|48(?=\d{9}\s*$))?((?:45|5[0137]|6[069]|7[2389]|88)\d)([ .\u00a0\u2009\u2013-]?)(\d{3})\3(\d{3}))\s*$/;

const onlyLandline = new RegExp(
  `^\\s*((\\((?:0-)?|\\+48 )?(${polishAreas})(\\)?) (\\d{3}) (\\d\\d) (\\d\\d))(?: wew\\. \\d{3})?\\s*$`,
);

/** What most cells of most lists hold: one Polish number as it is mostly written. A test holds that the rules say the same of it. */
export function plainNumber(text: string): CapturedNumber | null {
  let parts = onlyNumber.exec(text);
  if (parts) return { shown: parts[1] ?? '', e164: `+48${parts[2]}${parts[4]}${parts[5]}`, kind: 'mobile' };
  parts = onlyLandline.exec(text);
  return parts && !parts[4] !== !!parts[2]?.startsWith('(')
    ? {
        shown: parts[1] ?? '',
        e164: `+48${parts[3]}${parts[5]}${parts[6]}${parts[7]}`,
        kind: 'landline',
      }
    : null;
}

export function numbersOf(text: string, read: ColumnVerdict['read'], region: string): CapturedNumber[] {
  return read === 'none' || text.length < 7 ? [] : captured(text, readCellAs(read, text, region));
}

/** Adds numbers that are not there yet. */
export function addNumbers(to: CapturedNumber[], more: readonly CapturedNumber[]): CapturedNumber[] {
  for (const number of more) if (!to.some((known) => known.e164 === number.e164)) to.push(number);
  return to;
}
