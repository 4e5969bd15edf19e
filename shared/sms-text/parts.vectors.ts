import type { Encoding } from './encoding.ts';

/** A text as [string, repeat] pairs, and what it must cost. Reckoned by hand from 3GPP TS 23.038, not by our counter. */
export interface PartVector {
  readonly id: string;
  readonly text: readonly (readonly [string, number])[];
  readonly encoding: Encoding;
  readonly units: number;
  readonly parts: number;
  readonly remaining: number;
  readonly offenders?: readonly string[];
}

const gsm = { encoding: 'GSM-7' } as const;
const ucs = { encoding: 'UCS-2' } as const;

export const partVectors: readonly PartVector[] = [
  { id: 'empty text is one empty part', text: [], ...gsm, units: 0, parts: 1, remaining: 160 },
  { id: '160 letters', text: [['a', 160]], ...gsm, units: 160, parts: 1, remaining: 0 },
  { id: '161 letters', text: [['a', 161]], ...gsm, units: 161, parts: 2, remaining: 145 },
  { id: '306 letters fill two parts', text: [['a', 306]], ...gsm, units: 306, parts: 2, remaining: 0 },
  { id: '307 letters', text: [['a', 307]], ...gsm, units: 307, parts: 3, remaining: 152 },
  { id: 'SerwerSMS limit, 918', text: [['a', 918]], ...gsm, units: 918, parts: 6, remaining: 0 },
  { id: '80 euros', text: [['€', 80]], ...gsm, units: 160, parts: 1, remaining: 0 },
  { id: '81 euros', text: [['€', 81]], ...gsm, units: 162, parts: 2, remaining: 143 },
  // 76 euros fill 152 of 153 septets; the pair that would straddle goes to the next part
  { id: '153 euros', text: [['€', 153]], ...gsm, units: 306, parts: 3, remaining: 151 },
  {
    id: 'a pair at 152',
    text: [
      ['a', 152],
      ['€', 1],
      ['a', 10],
    ],
    ...gsm,
    units: 164,
    parts: 2,
    remaining: 141,
  },
  {
    id: 'a pair at 151 fits',
    text: [
      ['a', 151],
      ['€', 1],
      ['a', 10],
    ],
    ...gsm,
    units: 163,
    parts: 2,
    remaining: 143,
  },
  { id: 'each extension character', text: [['\f^{}\\[~]|€', 8]], ...gsm, units: 160, parts: 1, remaining: 0 },
  {
    id: 'gap makes a third part',
    text: [
      ['a', 152],
      ['€', 1],
      ['a', 152],
    ],
    ...gsm,
    units: 306,
    parts: 3,
    remaining: 152,
  },
  {
    id: 'CR and LF are letters of the alphabet',
    text: [['a\r\nb', 40]],
    ...gsm,
    units: 160,
    parts: 1,
    remaining: 0,
  },
  { id: '70 Polish letters', text: [['ł', 70]], ...ucs, units: 70, parts: 1, remaining: 0, offenders: ['ł'] },
  {
    id: '71 Polish letters',
    text: [['ł', 71]],
    ...ucs,
    units: 71,
    parts: 2,
    remaining: 63,
    offenders: ['ł'],
  },
  {
    id: 'one ż in 160 letters',
    text: [
      ['a', 159],
      ['ż', 1],
    ],
    ...ucs,
    units: 160,
    parts: 3,
    remaining: 41,
    offenders: ['ż'],
  },
  {
    id: 'SMSAPI limit, 670',
    text: [['ł', 670]],
    ...ucs,
    units: 670,
    parts: 10,
    remaining: 0,
    offenders: ['ł'],
  },
  { id: '35 emoji', text: [['😀', 35]], ...ucs, units: 70, parts: 1, remaining: 0, offenders: ['😀'] },
  // 33 pairs fill 66 of 67 units
  { id: '67 emoji', text: [['😀', 67]], ...ucs, units: 134, parts: 3, remaining: 65, offenders: ['😀'] },
  {
    id: 'a pair at 66',
    text: [
      ['ł', 66],
      ['😀', 1],
      ['ł', 10],
    ],
    ...ucs,
    units: 78,
    parts: 2,
    remaining: 55,
    offenders: ['ł', '😀'],
  },
  {
    id: 'a euro counts one in UCS-2',
    text: [
      ['€', 69],
      ['ż', 1],
    ],
    ...ucs,
    units: 70,
    parts: 1,
    remaining: 0,
    offenders: ['ż'],
  },
  {
    id: 'a lone surrogate',
    text: [
      ['a', 69],
      ['\ud83d', 1],
    ],
    ...ucs,
    units: 70,
    parts: 1,
    remaining: 0,
    offenders: ['\ud83d'],
  },
  {
    id: 'escape itself is no character',
    text: [['\u001b', 1]],
    ...ucs,
    units: 1,
    parts: 1,
    remaining: 69,
    offenders: ['\u001b'],
  },
  {
    id: 'offenders once, in order',
    text: [['żółw ż„x”', 1]],
    ...ucs,
    units: 9,
    parts: 1,
    remaining: 61,
    offenders: ['ż', 'ó', 'ł', '„', '”'],
  },
];
