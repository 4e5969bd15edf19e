import { describe, expect, it } from 'vitest';
import {
  formatNip,
  isValidEan,
  isValidIban,
  isValidNip,
  isValidPesel,
  isValidRegon,
  normaliseNip,
} from './index.ts';

/** Every other digit in every place: a checksum that misses one is none. */
function changes(digits: string): string[] {
  return [...digits].flatMap((digit, at) =>
    [...'0123456789']
      .filter((other) => other !== digit)
      .map((other) => digits.slice(0, at) + other + digits.slice(at + 1)),
  );
}

describe('NIP', () => {
  it.each([
    '8567346215',
    '1234563218',
    '7261120385',
    '856-734-62-15',
    'PL 856 734 62 15',
    'pl8567346215',
    ' 856–734–62–15\u00a0',
  ])('%s is valid', (nip) => expect(isValidNip(nip)).toBe(true));
  it.each([
    '8567346216',
    '1234567890',
    '0000000000',
    '',
    'PL',
    '856734621',
    '85673462155',
    '8567346215x',
    '0567346215',
    '1004567890',
  ])('%j is not', (nip) => expect(isValidNip(nip)).toBe(false));
  it('one wrong digit is noticed', () => {
    expect(changes('8567346215').filter(isValidNip)).toEqual([]);
  });
  it('a remainder of 10 is never valid', () => {
    const heads = Array.from({ length: 2000 }, (_, i) => String(123450000 + i));
    const barren = heads.filter((head) => ![...'0123456789'].some((check) => isValidNip(head + check)));
    expect(barren.length).toBeGreaterThan(100);
  });
  it('is printed as 856-734-62-15 and stripped to its digits', () => {
    expect(formatNip('PL8567346215')).toBe('856-734-62-15');
    expect(formatNip('856')).toBe('856');
    expect(normaliseNip('PL 856-734-62-15')).toBe('8567346215');
  });
});

describe('REGON', () => {
  it('of nine and of fourteen digits', () => {
    expect(isValidRegon('123456785')).toBe(true);
    expect(isValidRegon('12345678512347')).toBe(true);
    expect(isValidRegon('123456786')).toBe(false);
    expect(isValidRegon('12345678512348')).toBe(false);
    expect(isValidRegon('000000000')).toBe(false);
    expect(isValidRegon('1234567')).toBe(false);
  });
});

describe('PESEL', () => {
  it('has a checksum and a date that exists, in any century', () => {
    expect(isValidPesel('44051401359')).toBe(true);
    expect(isValidPesel('02070803628')).toBe(true);
    expect(isValidPesel('44051401358')).toBe(false);
    expect(isValidPesel('44133101359')).toBe(false);
    expect(isValidPesel('00000000000')).toBe(false);
    expect(isValidPesel('4405140135')).toBe(false);
    expect(changes('44051401359').filter(isValidPesel)).toEqual([]);
  });
});

describe('account numbers', () => {
  it('IBAN and NRB by modulo 97', () => {
    expect(isValidIban('PL61 1090 1014 0000 0712 1981 2874')).toBe(true);
    expect(isValidIban('61109010140000071219812874')).toBe(true);
    expect(isValidIban('DE89 3704 0044 0532 0130 00')).toBe(true);
    expect(isValidIban('gb29nwbk60161331926819')).toBe(true);
    expect(isValidIban('PL61 1090 1014 0000 0712 1981 2875')).toBe(false);
    expect(isValidIban('PL61')).toBe(false);
    expect(isValidIban('')).toBe(false);
    expect(isValidIban('9'.repeat(10_000))).toBe(false);
  });
});

describe('EAN', () => {
  it('of eight, twelve, thirteen and fourteen digits', () => {
    expect(isValidEan('5901234123457')).toBe(true);
    expect(isValidEan('96385074')).toBe(true);
    expect(isValidEan('036000291452')).toBe(true);
    expect(isValidEan('5901234123458')).toBe(false);
    expect(isValidEan('0000000000000')).toBe(false);
    expect(changes('5901234123457').filter(isValidEan)).toEqual([]);
  });
});
