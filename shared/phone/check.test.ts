import { describe, expect, it } from 'vitest';
import { type CheckReason, checkNumber, formatNational, maskNumber } from './check.ts';
import { readCell } from './index.ts';
import { chance } from './labelled/chance.ts';
import { foreign, polishLandline, polishMobile } from './labelled/numbers.ts';

describe('whether a number can take an SMS', () => {
  it('a Polish mobile can, however it is written', () => {
    for (const text of [
      '600 100 200',
      '+48600100200',
      '(+48) 600-100-200',
      '0048 600100200',
      'tel. 600.100.200',
      '6\u200b00100200',
    ]) {
      expect(checkNumber(text)).toEqual({
        e164: '+48600100200',
        kind: 'mobile',
        country: 'PL',
        canReceiveSms: true,
      });
    }
  });

  it.each<[string, CheckReason]>([
    ['', 'empty'],
    [' \u200b\t', 'empty'],
    ['brak', 'not-a-number'],
    ['jan@example.com', 'not-a-number'],
    ['600 100 200; 601 100 200', 'not-a-number'],
    ['600 100 20', 'too-short'],
    ['12', 'too-short'],
    ['600 100 2000', 'too-long'],
    ['6'.repeat(60), 'too-long'],
    ['6'.repeat(100_000), 'too-long'],
    ['x'.repeat(100_000), 'not-a-number'],
    ['000 000 000', 'invalid'],
    ['22 123 45 67', 'landline'],
    ['12 935 28 23 wew. 295', 'landline'],
    ['39 123 45 67', 'landline'],
    ['701 234 567', 'premium'],
    ['800 123 456', 'premium'],
    ['+49 30 9016828', 'landline'],
  ])('%j cannot: %s', (text, reason) => {
    expect(checkNumber(text)).toMatchObject({ canReceiveSms: false, reason });
  });

  it.each([
    ['+49 151 12345043', 'DE'],
    ['+380671233387', 'UA'],
    ['+447400123456', 'GB'],
    ['+1 212 555 0123', 'US'],
    ['+84 912 345 678', 'VN'],
  ])('a foreign mobile can, as one that may be a mobile: %s', (text, country) => {
    expect(checkNumber(text)).toMatchObject({ kind: 'foreign', country, canReceiveSms: true });
  });

  it('what is foreign depends on the region asked for', () => {
    expect(checkNumber('+48600100200', 'DE').kind).toBe('foreign');
    expect(checkNumber('0151 12345678', 'DE')).toMatchObject({ e164: '+4915112345678', kind: 'mobile' });
    expect(checkNumber('600100200', 'nowhere').e164).toBe('+48600100200');
  });

  it('the small rules and the full plans agree on Polish numbers', () => {
    const luck = chance(31);
    for (let i = 0; i < 400; i++) {
      const made = luck.is(0.7) ? polishMobile(luck, 'any') : polishLandline(luck, 'any');
      const [found] = readCell(made.shown);
      const checked = checkNumber(made.shown);
      expect(found, made.shown).toMatchObject({ e164: made.e164, kind: made.kind });
      expect(checked.canReceiveSms, made.shown).toBe(made.kind === 'mobile');
      if (checked.reason !== 'invalid') expect(checked.e164).toBe(made.e164);
    }
  });

  it('the small rules and the full plans agree on foreign numbers', () => {
    const luck = chance(32);
    for (let i = 0; i < 300; i++) {
      const made = foreign(luck);
      const checked = checkNumber(made.shown);
      if (checked.reason !== 'invalid')
        expect(checked, made.shown).toMatchObject({ e164: made.e164, kind: 'foreign' });
    }
  });
});

describe('a number for people to read', () => {
  it('in the way of the region, or with its calling code', () => {
    expect(formatNational('+48600100200')).toBe('600 100 200');
    expect(formatNational('+48221234567')).toBe('22 123 45 67');
    expect(formatNational('+380671234567')).toBe('+380 67 123 4567');
    expect(formatNational('whatever')).toBe('whatever');
  });

  it('hides its middle where it must not be seen', () => {
    expect(maskNumber('+48600100204')).toBe('+48 600 *** 204');
    expect(maskNumber('+4915112345678')).toBe('+49 151 ***** 678');
    expect(maskNumber('+4712345678')).toBe('+47 12 **** 78');
    expect(maskNumber('600100204')).toBe('***');
    expect(maskNumber('')).toBe('***');
  });
});
