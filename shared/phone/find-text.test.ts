import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayHoldNumber, readCell, readText } from './index.ts';
import { chance } from './labelled/chance.ts';
import { handTexts } from './labelled/hand.ts';
import { type Figures, Tally } from './labelled/measure.ts';
import { labelledText } from './labelled/texts.ts';

function expectGood(figures: Figures, least: number): void {
  console.info(
    `precision ${figures.precision.toFixed(4)} recall ${figures.recall.toFixed(4)} of ${figures.wanted}`,
  );
  expect(figures.wanted).toBeGreaterThan(least);
  expect(figures.precision, figures.wrong.join('\n')).toBeGreaterThanOrEqual(0.99);
  expect(figures.recall, figures.wrong.join('\n')).toBeGreaterThanOrEqual(0.99);
}

describe('numbers are found in running text', () => {
  it('of four languages, among registers, dates, money, orders and links; where they are shown', () => {
    const tally = new Tally();
    for (const seed of [21, 22, 23]) {
      const luck = chance(seed);
      for (let i = 0; i < 1500; i++) {
        const { text, numbers } = labelledText(luck);
        const say = (number: { e164: string; kind: string }, shown: string) =>
          `${number.e164} ${number.kind} ${shown}`;
        tally.add(
          numbers.map((number) => say(number, number.shown)),
          readText(text).map((number) => say(number, text.slice(number.start, number.end))),
          JSON.stringify(text),
        );
      }
    }
    expectGood(tally.figures(), 2000);
  });

  it('of mails, notes and signatures written by hand', () => {
    const byHand = readFileSync(new URL('labelled/texts.txt', import.meta.url), 'utf8');
    const tally = new Tally();
    for (const { region, text, numbers } of handTexts(byHand)) {
      tally.add(
        numbers,
        readText(text, region).map((number) => number.e164),
        `${region} ${JSON.stringify(text)}`,
      );
    }
    expectGood(tally.figures(), 120);
  });

  const shared = new URL('../../../shared/cases/phone-cases.json', import.meta.url);
  it.runIf(existsSync(shared))('of the shared cases', () => {
    const { freeText } = JSON.parse(readFileSync(shared, 'utf8')) as {
      freeText: { text: string; numbers: string[] }[];
    };
    const tally = new Tally();
    for (const { text, numbers } of freeText) {
      tally.add(
        numbers,
        readText(text).map((number) => number.e164),
        text,
      );
    }
    expectGood(tally.figures(), 30);
  });

  it('a label before a date is the date’s', () => {
    expect(readText('Data: 12.05.2026 600 100 200')).toHaveLength(1);
  });

  it('a sentence about an invoice does not reach into the next', () => {
    expect(readText('Faktura opłacona. Pozdrawiam, Jan 600100200')).toHaveLength(1);
    expect(readText('Faktura 600100200')).toEqual([]);
  });

  it('an empty text, a text of signs, a number alone', () => {
    expect(readText('')).toEqual([]);
    expect(readText('+++(((...)))---')).toEqual([]);
    expect(readText('+48600100200')).toEqual([{ e164: '+48600100200', kind: 'mobile', start: 0, end: 12 }]);
  });
});

describe('any text at all', () => {
  const signs = fc.constantFrom(
    ...'0123456789 +-()/.,;:\n\u00a0\u200b６x@ełт'.split(''),
    '48',
    '600',
    '22',
    'tel. ',
    'fax ',
    'NIP ',
  );
  const text = fc.array(signs, { maxLength: 60 }).map((parts) => parts.join(''));

  it('gives numbers in order, apart from each other, valid as E.164, and begins and ends at what it shows', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('PL', 'DE', 'UA', 'GB', 'US', 'XX', ''), (shown, region) => {
        for (const read of [readText, readCell]) {
          let last = 0;
          for (const { e164, start, end } of read(shown, region)) {
            expect(e164).toMatch(/^\+[1-9]\d{6,14}$/);
            expect(start).toBeGreaterThanOrEqual(last);
            expect(shown.slice(start, end)).toMatch(/^[+(\d６].*[\d６]$/su);
            last = end;
          }
        }
      }),
      { numRuns: 3000, seed: 7 },
    );
  });

  it('is read the same twice', () => {
    fc.assert(
      fc.property(text, (shown) => {
        expect(readText(shown)).toEqual(readText(shown));
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('what the strict finder finds, the cheap question does not rule out', () => {
    fc.assert(
      fc.property(text, (shown) => {
        if (readCell(`${shown} `).length) expect(mayHoldNumber(shown)).toBe(true);
      }),
      { numRuns: 1000, seed: 7 },
    );
  });
});
