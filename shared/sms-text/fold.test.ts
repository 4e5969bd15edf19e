import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldPolishLetters } from './fold.ts';
import { countParts } from './parts.ts';

/** Any code point, lone surrogates too. */
const anyCodePoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

const polish = 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ';

describe('without Polish letters', () => {
  test('all eighteen letters fold, ł included', () => {
    expect(foldPolishLetters(polish)).toBe('acelnoszzACELNOSZZ');
    expect(foldPolishLetters('Zażółć gęślą jaźń')).toBe('Zazolc gesla jazn');
  });

  test('letters written with combining marks fold too', () => {
    expect(foldPolishLetters(polish.normalize('NFD'))).toBe('acelnoszzACELNOSZZ');
  });

  test('typographic punctuation and spaces become plain ones', () => {
    expect(foldPolishLetters('„Tak” – rzekł… ‘nie’ a\u00a0b\tc')).toBe('"Tak" - rzekl... \'nie\' a b c');
    expect(countParts(foldPolishLetters('„cytat” a – b… `x´ •\u202f\u2009')).encoding).toBe('GSM-7');
  });

  test('what nobody sees is dropped, what holds emoji together is kept', () => {
    expect(foldPolishLetters('\ufeffa\u200bb\u00adc')).toBe('abc');
    expect(foldPolishLetters('👨‍👩‍👧 🇵🇱 ❤️')).toBe('👨‍👩‍👧 🇵🇱 ❤️');
  });

  test('letters of GSM-7 and of other alphabets stay', () => {
    expect(foldPolishLetters('éèüöäßñ Ж č 漢 €')).toBe('éèüöäßñ Ж č 漢 €');
  });

  test('folding twice is folding once', () => {
    const unit = fc.constantFrom(...`${polish}aeczsn„…\u200b\u0301\u0328\u0307😀 `);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit }), fc.string({ unit: anyCodePoint })), (text) => {
        const once = foldPolishLetters(text);
        expect(foldPolishLetters(once)).toBe(once);
      }),
    );
  });

  test('ASCII is left alone but for the backtick and the tab, which GSM-7 lacks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(foldPolishLetters(text)).toBe(text.replaceAll('`', "'").replaceAll('\t', ' '));
      }),
    );
  });

  test('a Polish text folded never costs more parts', () => {
    const unit = fc.constantFrom(...`${polish}abc „”–`);
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 600 }), (text) => {
        expect(countParts(foldPolishLetters(text)).encoding).toBe('GSM-7');
        expect(countParts(foldPolishLetters(text)).parts).toBeLessThanOrEqual(countParts(text).parts);
      }),
    );
  });
});
