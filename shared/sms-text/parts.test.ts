import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { describe, expect, test } from 'vitest';
import { gsmDefaultAlphabet, gsmExtension } from './encoding.ts';
import { countParts, partSizes, splitParts } from './parts.ts';
import { partVectors } from './parts.vectors.ts';

/** Any code point, lone surrogates too. */
const anyCodePoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

const build = (pairs: readonly (readonly [string, number])[]): string =>
  pairs.map(([text, times]) => text.repeat(times)).join('');

const gsmCharacters = [...`${gsmDefaultAlphabet.replace('\u001b', '')}${gsmExtension}`];

/** Characters that form no cluster with their neighbours, so that the oracle has nothing to keep together. */
const loneCharacters = [...gsmCharacters, ...'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„”’–…`\t\u00a0жЖß漢😀🎉𝔸'];

const gsmText = fc.string({ unit: fc.constantFrom(...gsmCharacters), maxLength: 700 });
const anyText = fc.oneof(
  gsmText,
  fc.string({ unit: fc.constantFrom(...loneCharacters), maxLength: 400 }),
  fc.string({ unit: anyCodePoint, maxLength: 400 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
);
/** Mostly pairs, to hit the edges of parts. */
const pairText = fc.string({ unit: fc.constantFrom('a', 'ł', '€', '😀'), minLength: 60, maxLength: 400 });

describe('parts of a text', () => {
  test.each(partVectors)('$id', (vector) => {
    const text = build(vector.text);
    const { single, several } = partSizes[vector.encoding];
    expect(countParts(text)).toEqual({
      encoding: vector.encoding,
      units: vector.units,
      parts: vector.parts,
      perPart: vector.units > single ? several : single,
      remaining: vector.remaining,
      offenders: vector.offenders ?? [],
    });
    expect(splitParts(text)).toHaveLength(vector.parts);
  });

  test('GSM-7 is the 127 characters and 10 extension characters of TS 23.038, and nothing else', () => {
    expect(new Set(gsmDefaultAlphabet).size).toBe(128);
    const carried = [];
    for (let unit = 0; unit < 0x10000; unit++) {
      if (countParts(String.fromCharCode(unit)).encoding === 'GSM-7') carried.push(String.fromCharCode(unit));
    }
    expect(carried.sort()).toEqual(gsmCharacters.sort());
  });

  test('no Polish letter is in GSM-7, ó included', () => {
    expect(countParts('aąćęłńóśźżĄĆĘŁŃÓŚŹŻ').offenders.join('')).toBe('ąćęłńóśźżĄĆĘŁŃÓŚŹŻ');
  });

  test('one ż turns 160 characters from 1 part into 3', () => {
    expect(countParts('a'.repeat(160)).parts).toBe(1);
    expect(countParts(`${'a'.repeat(159)}ż`).parts).toBe(3);
  });

  test('a megabyte of text is counted and split', () => {
    const text = 'Zażółć 😀 € '.repeat(90_000);
    const { parts } = countParts(text);
    const split = splitParts(text);
    expect(split).toHaveLength(parts);
    expect(split.join('')).toBe(text);
  });
});

describe('parts, as properties', () => {
  test('the parts joined are the text, each fits, none could take more, and no pair is split', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, pairText), (text) => {
        const count = countParts(text);
        const parts = splitParts(text);
        expect(parts.join('')).toBe(text);
        expect(parts).toHaveLength(count.parts);
        const sizes = parts.map((part) => unitsIn(part, count.encoding));
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(count.units);
        for (const size of sizes) expect(size).toBeLessThanOrEqual(count.perPart);
        expect(count.remaining).toBe(count.perPart - (sizes.at(-1) ?? 0));
        for (let at = 1; at < parts.length; at++) {
          const [before, after] = [parts[at - 1] ?? '', parts[at] ?? ''];
          expect(/[\ud800-\udbff]$/.test(before) && /^[\udc00-\udfff]/.test(after)).toBe(false);
          const first = [...after][0] ?? '';
          expect(unitsIn(before, count.encoding) + unitsIn(first, count.encoding)).toBeGreaterThan(
            count.perPart,
          );
        }
      }),
    );
  });

  test('more text never costs fewer parts', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, more) => {
        expect(countParts(text + more).parts).toBeGreaterThanOrEqual(countParts(text).parts);
      }),
    );
  });

  test('offenders are the distinct characters without which the text is GSM-7', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { encoding, offenders } = countParts(text);
        expect(new Set(offenders).size).toBe(offenders.length);
        expect(encoding === 'UCS-2').toBe(offenders.length > 0);
        const rest = [...text].filter((character) => !offenders.includes(character)).join('');
        expect(countParts(rest).encoding).toBe('GSM-7');
      }),
    );
  });
});

/**
 * Twilio's calculator agrees wherever each visible character is one code point. It differs by design on clusters (family emoji,
 * flags, letters with combining marks), which it never splits over parts: it may count more parts than an
 * operator that packs code units, and lets a cluster larger than a part overflow it.
 */
describe("parts against Twilio's calculator", () => {
  test('the same encoding and parts for texts without clusters', () => {
    const text = fc.string({ unit: fc.constantFrom(...loneCharacters), maxLength: 400 });
    fc.assert(
      fc.property(fc.oneof(gsmText, text, pairText), (sample) => {
        const oracle = new SegmentedMessage(sample);
        const { encoding, parts } = countParts(sample);
        expect({ encoding, parts }).toEqual({
          encoding: oracle.getEncodingName(),
          parts: oracle.segmentsCount,
        });
      }),
    );
  });

  test('the same encoding for any text, and never more parts while clusters are small', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (sample) => {
        const oracle = new SegmentedMessage(sample);
        const { encoding, parts } = countParts(sample);
        expect(encoding).toBe(oracle.getEncodingName());
        expect(parts).toBeLessThanOrEqual(oracle.segmentsCount);
      }),
    );
  });

  const file = new URL('../../../shared/cases/segment-vectors.json', import.meta.url);
  test.skipIf(!existsSync(file))('all of its published vectors', () => {
    const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as {
      vectors: {
        id: string;
        parts: [string, number][];
        encoding: string;
        segments: number;
        utf16Units: number;
      }[];
    };
    expect(vectors.length).toBeGreaterThan(40);
    for (const vector of vectors) {
      const text = build(vector.parts);
      expect(text.length, vector.id).toBe(vector.utf16Units);
      const { encoding, parts } = countParts(text);
      expect({ encoding, parts }, vector.id).toEqual({ encoding: vector.encoding, parts: vector.segments });
    }
  });
});

/** An independent, slow reading of the rule. */
function unitsIn(text: string, encoding: string): number {
  if (encoding === 'UCS-2') return text.length;
  return [...text].reduce((sum, character) => sum + (gsmExtension.includes(character) ? 2 : 1), 0);
}
