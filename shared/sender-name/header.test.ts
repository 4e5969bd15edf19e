import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { headerAddress, headerSafe } from './header.ts';

/** Any code point, lone surrogates too. */
const anyCodePoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

describe('R18: nothing typed starts a mail header of its own', () => {
  test.each([
    ['Nowak\r\nBcc: thief@example.com', 'Nowak Bcc: thief@example.com'],
    ['Nowak\nX: 1', 'Nowak X: 1'],
    ['Nowak\rX: 1', 'Nowak X: 1'],
    ['a\0b\u007fc\u0085d\u2028e\u2029f', 'a b c d e f'],
    ['\u202eabc\u202c', 'abc'],
    ['  Firma\t\tNowak  ', 'Firma Nowak'],
    ['Zażółć „gęślą” 😀', 'Zażółć „gęślą” 😀'],
    ['a\ud83d', 'a\ufffd'],
  ])('%j becomes %j', (input, line) => {
    expect(headerSafe(input)).toBe(line);
  });

  test('any text becomes one line without controls, and stays it', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCodePoint }), (text) => {
        const line = headerSafe(text);
        expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(line.isWellFormed()).toBe(true);
        expect(headerSafe(line)).toBe(line);
      }),
    );
  });

  test('one bare address passes, anything else is refused', () => {
    expect(headerAddress(' zgody@example.com ')).toBe('zgody@example.com');
    for (const address of [
      '',
      'a',
      '@b.pl',
      'a@',
      'a@b.pl\r\nBcc: c@d.pl',
      'a@b.pl\0',
      'a@b.pl,c@d.pl',
      'a@b.pl;c@d.pl',
      'A <a@b.pl>',
      '"a b"@c.pl',
      'a@b@c.pl',
      'a\u200e@b.pl',
      `${'a'.repeat(65)}@b.pl`,
      `a@${'b'.repeat(300)}.pl`,
      'a'.repeat(1_000_000),
    ]) {
      expect(headerAddress(address), address.slice(0, 40)).toBeUndefined();
    }
  });
});
