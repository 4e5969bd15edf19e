import { type Encoding, outsideGsm, septetsOf } from './encoding.ts';

/** What a text costs. Units are septets in GSM-7 and 16-bit units in UCS-2. */
export interface PartCount {
  readonly encoding: Encoding;
  /** Size of the whole text in units of its encoding. */
  readonly units: number;
  /** Billed parts. An empty text is one (empty) part, as operators count it. */
  readonly parts: number;
  /** Units that one part holds: 160 or 70 alone, 153 or 67 in a text of several parts. */
  readonly perPart: number;
  /** Units left in the last part. */
  readonly remaining: number;
  /** Characters that force UCS-2, each once, in order of appearance; a surrogate pair is one character. */
  readonly offenders: readonly string[];
}

/** Units of a text that fits one part, and of each part when it does not (6 octets go to the concatenation header). */
export const partSizes = {
  'GSM-7': { single: 160, several: 153 },
  'UCS-2': { single: 70, several: 67 },
} as const;

/** Code units summed before looking for one outside GSM-7; twice as many septets stay below `outsideGsm`. */
const blockSize = 4096;

const noOffenders: readonly string[] = Object.freeze([]);

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * Counts the billed parts of a text (3GPP TS 23.038, TS 23.040 §9.2.3.24.1). An extension pair and a surrogate
 * pair are never split over two parts, so `€` × 153 is three parts. The text is counted as it is: merge fields and
 * fold letters before. Linear; a GSM-7 text allocates nothing but the answer.
 */
export function countParts(text: string): PartCount {
  let units = 0;
  for (let from = 0; from < text.length; from += blockSize) {
    const septets = septetsBetween(text, from, Math.min(from + blockSize, text.length));
    if (septets >= outsideGsm) return packed(text, 'UCS-2', text.length, offendersFrom(text, from));
    units += septets;
  }
  return packed(text, 'GSM-7', units, noOffenders);
}

/** The text of each part, in order; joined they are the text again. As many as `countParts(text).parts`. */
export function splitParts(text: string): string[] {
  const { encoding, units } = countParts(text);
  if (units <= partSizes[encoding].single) return [text];
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = partEnd(text, start, encoding);
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
}

function packed(text: string, encoding: Encoding, units: number, offenders: readonly string[]): PartCount {
  const { single, several } = partSizes[encoding];
  if (units <= single) {
    return { encoding, units, parts: 1, perPart: single, remaining: single - units, offenders };
  }
  if (encoding === 'GSM-7' && units === text.length) {
    // No extension pair to keep whole, so no part has a gap.
    const parts = Math.ceil(units / several);
    return { encoding, units, parts, perPart: several, remaining: parts * several - units, offenders };
  }
  let parts = 0;
  let lastStart = 0;
  for (let end = 0; end < text.length; parts++) {
    lastStart = end;
    end = partEnd(text, end, encoding);
  }
  const inLast =
    encoding === 'UCS-2' ? text.length - lastStart : septetsBetween(text, lastStart, text.length);
  return { encoding, units, parts, perPart: several, remaining: several - inLast, offenders };
}

/** Where the part that starts at `start` ends, in a text of several parts. */
function partEnd(text: string, start: number, encoding: Encoding): number {
  const size = partSizes[encoding].several;
  if (encoding === 'UCS-2') {
    const end = start + size;
    if (end >= text.length) return text.length;
    const splitsPair = isHighSurrogate(text.charCodeAt(end - 1)) && isLowSurrogate(text.charCodeAt(end));
    return splitsPair ? end - 1 : end;
  }
  let used = 0;
  let end = start;
  for (; end < text.length; end++) {
    used += septetsOf(text.charCodeAt(end));
    if (used > size) break;
  }
  return end;
}

/** Four at a time and without a branch: this loop is the price of counting, and so runs as fast as reading the text. */
function septetsBetween(text: string, from: number, to: number): number {
  let septets = 0;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    septets +=
      septetsOf(text.charCodeAt(at)) +
      septetsOf(text.charCodeAt(at + 1)) +
      septetsOf(text.charCodeAt(at + 2)) +
      septetsOf(text.charCodeAt(at + 3));
  }
  for (; at < to; at++) septets += septetsOf(text.charCodeAt(at));
  return septets;
}

/** Distinct characters outside GSM-7 from `first` on. A lone surrogate stands for itself. */
function offendersFrom(text: string, first: number): string[] {
  const seen = new Set<number>();
  const offenders: string[] = [];
  for (let at = first; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (septetsOf(unit) !== outsideGsm) continue;
    const isPair = isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(at + 1));
    const point = isPair ? (text.codePointAt(at) ?? unit) : unit;
    if (isPair) at++;
    if (seen.has(point)) continue;
    seen.add(point);
    offenders.push(String.fromCodePoint(point));
  }
  return offenders;
}
