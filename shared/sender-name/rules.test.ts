import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockedList } from './blocked.ts';
import { senderNameKey } from './key.ts';
import { checkSenderName, longestSenderName, type Refusal, type SenderNameCheck } from './rules.ts';

/** Any code point, lone surrogates too. */
const anyCodePoint = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));

const codes = (check: SenderNameCheck): string[] => check.refusals.map(({ code }) => code);
const warned = (name: string): string[] => checkSenderName(name).warnings.map(({ code }) => code);
const characterRefusal = (name: string) =>
  checkSenderName(name).refusals.find(
    (refusal): refusal is Extract<Refusal, { code: 'character' }> => refusal.code === 'character',
  );

describe('R10a: a sender name has 1 to 11 characters', () => {
  test('11 with the inner space is fine, 12 is refused and not cut', () => {
    expect(checkSenderName('Firma Nowak')).toMatchObject({ name: 'Firma Nowak', refusals: [], notices: [] });
    expect(checkSenderName('FirmaNowak12')).toMatchObject({
      name: 'FirmaNowak12',
      refusals: [{ code: 'too-long', length: 12, limit: 11 }],
    });
  });

  test.each(['', ' ', '   '])('%j is empty', (input) => {
    expect(codes(checkSenderName(input))).toEqual(['empty']);
  });

  test('spaces at the ends and double spaces go, and that is told', () => {
    expect(checkSenderName('  Firma   Nowak ')).toMatchObject({
      name: 'Firma Nowak',
      key: 'firma nowak',
      refusals: [],
      notices: [{ code: 'trimmed' }, { code: 'spaces-collapsed' }],
    });
    expect(checkSenderName(' Nowak').notices).toEqual([{ code: 'trimmed' }]);
    expect(checkSenderName('A  B').notices).toEqual([{ code: 'spaces-collapsed' }]);
  });

  test('an emoji is one character', () => {
    expect(codes(checkSenderName('😀'.repeat(11)))).toEqual(['character']);
    expect(checkSenderName('😀'.repeat(12)).refusals[0]).toEqual({ code: 'too-long', length: 12, limit: 11 });
  });
});

describe('R10b: names are compared without case and with spaces collapsed', () => {
  test('to one space, not to none', () => {
    expect(senderNameKey('Firma  NOWAK ')).toBe(senderNameKey('firma nowak'));
    expect(senderNameKey('FirmaNowak')).not.toBe(senderNameKey('Firma Nowak'));
  });

  test('the key of a key is the key', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: anyCodePoint }),
        (name) => senderNameKey(senderNameKey(name)) === senderNameKey(name),
      ),
    );
  });
});

describe('R12: only Latin letters, digits and spaces', () => {
  test('the character is named, with its code point, place and plain form', () => {
    expect(characterRefusal(' Żabka')).toEqual({
      code: 'character',
      characters: [{ character: 'Ż', codePoint: 'U+017B', position: 1, plain: 'Z' }],
      more: 0,
      suggestion: 'Zabka',
    });
  });

  test('the plain form is suggested and never put in', () => {
    expect(checkSenderName('Żółw').name).toBe('Żółw');
    expect(characterRefusal('Sklep-24')?.suggestion).toBe('Sklep 24');
    expect(characterRefusal('Nowak.pl')?.suggestion).toBe('Nowak pl');
    expect(characterRefusal('ĄĆĘŁŃÓŚŹŻ')?.suggestion).toBe('ACELNOSZZ');
    expect(characterRefusal('😀')?.suggestion).toBeUndefined();
  });

  test('nothing is suggested that would be refused too', () => {
    expect(characterRefusal('T-Mobile')?.suggestion).toBeUndefined();
    expect(characterRefusal('Żółty Sklep Nowaka')?.suggestion).toBeUndefined();
  });

  test.each([
    ['no-break space', 'a\u00a0bc', 'U+00A0', ' '],
    ['tab', 'a\tbc', 'U+0009', ' '],
    ['line break', 'a\nbc', 'U+000A', ' '],
    ['Cyrillic А', 'Аbc', 'U+0410', 'A'],
    ['Greek Ο', 'Οbc', 'U+039F', 'O'],
    ['full-width Ａ', 'Ａbc', 'U+FF21', 'A'],
    ['Arabic digit', '٣bc', 'U+0663', ''],
    ['emoji', '🎉bc', 'U+1F389', ''],
    ['dot', 'a.bc', 'U+002E', ' '],
    ['hyphen', 'a-bc', 'U+002D', ' '],
    ['zero-width space', 'a\u200bbc', 'U+200B', ''],
    ['right-to-left override', '\u202eabc', 'U+202E', ''],
    ['lone surrogate', '\ud83dabc', 'U+D83D', ''],
    ['NUL', '\0abc', 'U+0000', ''],
  ])('%s is refused', (_, input, codePoint, plain) => {
    const refusal = characterRefusal(input);
    expect(refusal?.characters).toHaveLength(1);
    expect(refusal?.characters[0]).toMatchObject({ codePoint, plain });
  });

  test('white space other than U+0020 is refused at the ends too', () => {
    for (const space of ['\u00a0', '\t', '\n', '\u2003', '\ufeff']) {
      expect(codes(checkSenderName(`Nowak${space}`)), JSON.stringify(space)).toEqual(['character']);
      expect(codes(checkSenderName(space)), JSON.stringify(space)).toEqual(['character']);
    }
  });

  test('every code point of Unicode but the 63 allowed ones is refused', () => {
    const block = 256;
    let allowed = 0;
    for (let from = 0; from <= 0x10ffff; from += block) {
      // Apart, so that two surrogates do not make a character of their own.
      const characters = Array.from({ length: block }, (_, at) => String.fromCodePoint(from + at)).join('Q');
      const { characters: listed, more } = characterRefusal(characters) ?? { characters: [], more: 0 };
      allowed += block - listed.length - more;
    }
    expect(allowed).toBe(63);
    expect(codes(checkSenderName('0123456789 A'))).not.toContain('character');
    expect(codes(checkSenderName('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'))).toEqual([
      'too-long',
    ]);
  });

  test('a name is accepted exactly when the rule says so', () => {
    const near = fc.string({ unit: fc.constantFrom(...'aZ09  żА-.\u00a0😀'), maxLength: 14 });
    fc.assert(
      fc.property(
        fc.oneof(near, fc.string({ unit: anyCodePoint }), fc.string({ unit: 'grapheme' })),
        (input) => {
          const { name, refusals, notices } = checkSenderName(input);
          const meetsRule = /^(?=.{1,11}$)[A-Za-z0-9]+( [A-Za-z0-9]+)*$/.test(name);
          expect(refusals.every(({ code }) => code === 'blocked')).toBe(meetsRule);
          expect(name !== input).toBe(notices.length > 0);
          expect(name.replaceAll(' ', '')).toBe(input.replaceAll(' ', ''));
          expect(checkSenderName(name)).toMatchObject({ name, notices: [] });
          expect(codes(checkSenderName(name))).toEqual(refusals.map(({ code }) => code));
        },
      ),
    );
  });

  test('what is suggested is taken', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCodePoint, maxLength: 14 }), (input) => {
        const suggestion = characterRefusal(input)?.suggestion;
        if (suggestion !== undefined)
          expect(checkSenderName(suggestion)).toMatchObject({ name: suggestion, refusals: [] });
      }),
    );
  });

  test('of a pasted megabyte the first twenty characters are named', () => {
    const refusal = characterRefusal('ż'.repeat(1_000_000));
    expect(refusal?.characters).toHaveLength(20);
    expect(refusal?.more).toBe(999_980);
    expect(codes(checkSenderName(`a${' '.repeat(1_000_000)}b`))).toEqual([]);
  });
});

describe('R10c: blocked names', () => {
  test.each([
    ['Orange', 'Orange', 'operator'],
    ['ORANGE', 'Orange', 'operator'],
    [' play ', 'Play', 'operator'],
    ['PLUS', 'Plus', 'operator'],
    ['T-Mobile', 'T-Mobile', 'operator'],
    ['T Mobile', 'T-Mobile', 'operator'],
    ['TMOBILE', 'T-Mobile', 'operator'],
    ['t  mobile', 'T-Mobile', 'operator'],
    ['Policja', 'Policja', 'authority'],
    ['Police', 'Police', 'authority'],
    ['info', 'INFO', 'generic'],
    ['Sms', 'SMS', 'generic'],
    ['Notice', 'NOTICE', 'generic'],
    ['2waySMS', '2waySMS', 'keyword'],
    ['Оrange', 'Orange', 'operator'], // Cyrillic О
  ])('%s is refused as %s', (input, name, kind) => {
    expect(checkSenderName(input).refusals).toContainEqual({ code: 'blocked', name, kind });
  });

  test.each(['Orangeria', 'Playground', 'Apteka Plus', 'InfoNowak', 'SMS Nowak'])(
    '%s is another name',
    (input) => {
      expect(codes(checkSenderName(input))).toEqual([]);
    },
  );

  test.each([
    ['0range', 'Orange'],
    ['P1ay', 'Play'],
    ['PIay', 'Play'],
    ['Or ange', 'Orange'],
    ['P l u s', 'Plus'],
    ['T Mobi1e', 'T-Mobile'],
    ['P0licja', 'Policja'],
    ['1NF0', 'INFO'],
    ['5MS', 'SMS'],
  ])('%s looks like %s: a warning, a person decides', (input, name) => {
    const { refusals, warnings } = checkSenderName(input);
    expect(refusals).toEqual([]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'looks-like-blocked', name }));
  });

  test('an imported list counts, in any spelling that a sender name can have', () => {
    const blocked = blockedList([
      'mBank',
      'e-Urząd Skarbowy',
      'Kamera.pl',
      '',
      '  ',
      'Grupa ŻYWIEC',
      'x'.repeat(1_000_000),
    ]);
    for (const name of ['MBANK', 'mbank', 'Kamera PL', 'KameraPl', 'grupa zywiec']) {
      expect(codes(checkSenderName(name, { blocked })), name).toContain('blocked');
      expect(codes(checkSenderName(name)), name).not.toContain('blocked');
    }
    expect(checkSenderName('Karnera pl', { blocked }).warnings).toContainEqual({
      code: 'looks-like-blocked',
      name: 'Kamera.pl',
      kind: 'imported',
    });
    expect(codes(checkSenderName('Orange', { blocked: blockedList([]) }))).toEqual(['blocked']);
  });

  test('ten thousand rows are all found', () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => `Gmina ${row}`);
    const blocked = blockedList(rows);
    for (const row of rows) expect(checkSenderName(row.toUpperCase(), { blocked }).refusals).toHaveLength(1);
    expect(checkSenderName('Gmina 10000', { blocked }).refusals).toEqual([]);
  });
});

describe('what operators usually refuse is warned about', () => {
  test.each([
    ['600100200', ['digits-only', 'four-digits-in-a-row']],
    ['600 100', ['digits-only', 'contains-space']],
    ['Nowak1234', ['four-digits-in-a-row']],
    ['Nowak123', []],
    ['ab', ['too-short']],
    ['abc', []],
    ['Anna', ['first-name']],
    ['LUKASZ', ['first-name']],
    ['Anna Nowak', ['contains-space']],
    ['Nowak', []],
  ])('%s: %j', (name, expected) => {
    expect(warned(name)).toEqual(expected);
    expect(codes(checkSenderName(name))).toEqual([]);
  });

  test('iPhones drop the space: what they show is told', () => {
    expect(checkSenderName('Firma Nowak').warnings).toEqual([
      { code: 'contains-space', shown: 'FirmaNowak' },
    ]);
  });

  test('no name is too long for the limit it states', () => {
    expect(longestSenderName).toBe(11);
  });
});
