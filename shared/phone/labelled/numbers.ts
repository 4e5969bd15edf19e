import type { NumberKind } from '../index.ts';
import type { Chance } from './chance.ts';

/** A number as it is written, with what it truly is. */
export interface Written {
  shown: string;
  e164: string;
  kind: NumberKind;
  /** Its notation alone says that it is a phone number, without a label or a column. */
  telling: boolean;
}

const MOBILE = '45 50 51 53 57 60 66 69 72 73 78 79 88'.split(' ');
const AREA =
  '12 13 14 15 16 17 18 22 23 24 25 29 32 33 34 41 42 43 44 46 48 52 54 55 56 58 59 61 62 63 65 67 68 71 74 75 76 77 81 82 83 84 85 86 87 89 91 94 95'.split(
    ' ',
  );

/** Puts digits into the places of `9`: `999 999 999`. */
const fill = (shape: string, digits: string): string => {
  let at = 0;
  return shape.replace(/9/g, () => digits[at++] ?? '');
};

/** Shapes of nine digits that say "mobile" by themselves, then those that need a label or a column. */
const MOBILE_TELLING = [
  '999 999 999',
  '999-999-999',
  '999.999.999',
  '999 99 99 99',
  '999-99-99-99',
  '999\u00a0999\u00a0999',
  '999\u2009999\u2009999',
  '999\u202f999\u202f999',
  '999–999–999',
  '999\u2011999\u2011999',
  '999 - 999 - 999',
  '+48 999 999 999',
  '+48999999999',
  '+48-999-999-999',
  '+48 999-999-999',
  '+48.999.999.999',
  '+48\u00a0999\u00a0999\u00a0999',
  '(+48) 999 999 999',
  '(+48)999999999',
  '+48 (999) 999-999',
  '+48 (999) 999 999',
  '0048 999 999 999',
  '0048999999999',
  '00 48 999 999 999',
  '0048-999-999-999',
  '48 999 999 999',
  '+ 48 999 999 999',
  '+48 99 999 99 99',
  '\u202a+48 999 999 999\u202c',
  '\u200e+48999999999',
  '999\u200b 999\u200b 999',
];
const MOBILE_BARE = ['999999999', '999999999', '999999999', '48999999999'];
const MOBILE_COLUMN = [
  '99 999 99 99',
  '999 999999',
  '999999 999',
  '0999999999',
  '0 999 999 999',
  '0-999-999-999',
  '(48) 999 999 999',
  '999/999/999',
  '99 99 99 999',
  '999  999  999',
  '(0) 999 999 999',
  '(999) 999 999',
  '(999) 999-999',
  '9999 99 999',
];
const LANDLINE_TELLING = [
  '99 999 99 99',
  '99-999-99-99',
  '(99) 999 99 99',
  '(99) 999-99-99',
  '(99)9999999',
  '(99) 9999999',
  '(0-99) 999 99 99',
  '(0-99) 999-99-99',
  '(0 99) 999 99 99',
  '(099) 999-99-99',
  '99\u00a0999\u00a099\u00a099',
  '99/999-99-99',
  '99/999 99 99',
  '+48 99 999 99 99',
  '+48 (99) 999 99 99',
  '+48 (99) 999-99-99',
  '+48 (0) 99 999 99 99',
  '+48 (0-99) 999 99 99',
  '+48999999999',
  '0048 99 999 99 99',
  '(+48) 99 999 99 99',
  '(+48 99) 999 99 99',
  '+48/99/999-99-99',
];
const LANDLINE_COLUMN = [
  '999999999',
  '48999999999',
  '99 9999999',
  '99 999 9999',
  '0-99 999-99-99',
  '099 999 99 99',
  '0 99 999 99 99',
  '0999999999',
  '99.999.99.99',
  '99/9999999',
  '999 999 999',
  '999-999-999',
  '0-99/999-99-99',
  '99 99 99 999',
  '99 - 999 99 99',
];

export function polishMobile(luck: Chance, how: 'telling' | 'bare' | 'any'): Written {
  const digits = luck.of(MOBILE) + luck.digits(7);
  const telling = how === 'telling' || (how === 'any' && luck.is(0.55));
  const shape = telling
    ? luck.of(MOBILE_TELLING)
    : luck.of(how === 'bare' || luck.is(0.5) ? MOBILE_BARE : MOBILE_COLUMN);
  // The prefix of a shape has nines of its own only in "999": none, so the fill is safe.
  return { shown: fill(shape, digits), e164: `+48${digits}`, kind: 'mobile', telling };
}

export function polishLandline(luck: Chance, how: 'telling' | 'bare' | 'any'): Written {
  const digits = luck.of(AREA) + luck.digits(7);
  const telling = how === 'telling' || (how === 'any' && luck.is(0.6));
  const shape = how === 'bare' ? '999999999' : luck.of(telling ? LANDLINE_TELLING : LANDLINE_COLUMN);
  return { shown: fill(shape, digits), e164: `+48${digits}`, kind: 'landline', telling };
}

/** Calling code, national digits (`9` any digit), and the way people of that country group them (`9` again). */
const FOREIGN: [string, string[], string[]][] = [
  [
    '49',
    ['1519', '1609', '1739', '1769'],
    ['999 99999999', '999/99999999', '9999 9999999', '99999999999', '999-99999999'],
  ],
  [
    '380',
    ['67', '50', '93', '98'],
    ['99 999 99 99', '99 9999999', '(99) 999-99-99', '999999999', '99-999-99-99'],
  ],
  [
    '44',
    ['7911', '7700', '7400'],
    ['9999 999999', '999 9999 999', '9999999999', '(0) 9999 999999', '9999 999 999'],
  ],
  ['420', ['601', '777', '723'], ['999 999 999', '999999999', '999-999-999']],
  ['421', ['903', '915', '948'], ['999 999 999', '999999999', '999/999 999']],
  [
    '1',
    ['212555', '415234', '646789'],
    ['999 999 9999', '(999) 999-9999', '9999999999', '999-999-9999', '999.999.9999'],
  ],
  ['33', ['6', '7'], ['9 99 99 99 99', '999999999', '(0)9 99 99 99 99']],
  ['43', ['664', '676', '699'], ['999 9999999', '9999999999', '999/9999999']],
  ['370', ['6'], ['999 99999', '99999999', '9 999 9999']],
  ['375', ['29', '33', '44'], ['99 999 99 99', '(99) 999-99-99', '999999999']],
  ['39', ['333', '347'], ['999 999 9999', '9999999999', '999 9999999']],
  ['34', ['612', '655'], ['999 999 999', '999 99 99 99', '999999999']],
  ['31', ['6'], ['9 99999999', '999999999', '9-99999999']],
  ['47', ['412', '912'], ['99 99 99 99', '999 99 999', '99999999']],
  ['46', ['70', '73'], ['99 999 99 99', '999999999', '99-999 99 99']],
  ['353', ['87', '86'], ['99 999 9999', '999999999']],
  ['995', ['555', '599'], ['999 99 99 99', '999999999']],
  ['84', ['912'], ['99 999 99 99', '999999999']],
  ['972', ['52', '54'], ['99-999-9999', '999999999']],
];

/** A number of another country, always with its calling code. */
export function foreign(luck: Chance): Written {
  const [code, starts, shapes] = luck.of(FOREIGN);
  const shape = luck.of(shapes);
  const length = (shape.match(/9/g) ?? []).length;
  const start = luck.of(starts).replace(/9$/, () => luck.digits(1));
  const digits = start + luck.digits(length - start.length);
  const prefix = luck.of(['+', '+', '+', '00', '(+']);
  const glue = prefix === '(+' ? ') ' : luck.of([' ', '', ' ', '-']);
  const body = fill(shape, digits);
  // "00380-…" and "+44(0)…" are both written; "00" glued to grouped digits stays one run, as people type it.
  return {
    shown: `${prefix}${code}${glue}${body}`,
    e164: `+${code}${digits}`,
    kind: 'foreign',
    telling: true,
  };
}
