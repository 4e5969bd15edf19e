import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCell, readCells, readText } from './index.ts';

/**
 * Time is not measured but counted: what every pattern walks over, what is copied by `slice`, and each look at a character.
 * A pattern that backtracks shows as work that grows faster than the text.
 */
const real = {
  exec: RegExp.prototype.exec,
  slice: String.prototype.slice,
  charCodeAt: String.prototype.charCodeAt,
};
let work = 0;

beforeEach(() => {
  RegExp.prototype.exec = function exec(text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = real.exec.call(this, text);
    if (match) work += match.index - from + match[0].length + 1;
    else work += this.sticky ? 1 : Math.max(1, text.length - from);
    return match;
  };
  String.prototype.slice = function slice(from?: number, to?: number) {
    const part = real.slice.call(this, from, to);
    work += part.length + 1;
    return part;
  };
  String.prototype.charCodeAt = function charCodeAt(at: number) {
    work++;
    return real.charCodeAt.call(this, at);
  };
});

afterEach(() => {
  RegExp.prototype.exec = real.exec;
  String.prototype.slice = real.slice;
  String.prototype.charCodeAt = real.charCodeAt;
});

function workOf(run: () => unknown): number {
  work = 0;
  run();
  return work;
}

const HOSTILE: Record<string, string> = {
  'digits only': '1',
  'digits and spaces': '1 ',
  'phone numbers without an end': '600 100 200 ',
  'groups and hyphens': '600-',
  'open parentheses': '(',
  pluses: '+',
  'digits and marks that nobody sees': '1\u200b',
  labels: 'tel. 600100200, ',
  'labels without numbers': 'tel. fax NIP ',
  'letters glued to numbers': 'x600100200',
  'addresses glued to addresses': 'a@600100200',
  'a web address without an end': 'https://a/600100200/',
  zeros: '00',
  dates: '2026-05-12 ',
  'extensions without a number': '22 123 45 67 wew ',
  'one number a line': '600100200\n',
  fractions: '600100200,5',
  letters: 'zażółć',
  'combining marks': 'e\u0301',
};

describe('work grows with the text, never faster', () => {
  it.each(Object.entries(HOSTILE))('%s', (_name, part) => {
    for (const read of [readText, readCell]) {
      const text = part.repeat(Math.ceil(4000 / part.length));
      const small = workOf(() => read(text));
      const large = workOf(() => read(text.repeat(8)));
      expect(large).toBeLessThanOrEqual(small * 8.8 + 2000);
      expect(large / (text.length * 8)).toBeLessThan(400);
    }
  });

  it('numbers of a hundred digits are none, and cost no more than their digits', () => {
    expect(workOf(() => expect(readCell('6'.repeat(100))).toEqual([]))).toBeLessThan(5000);
    expect(readText(`+48${'6'.repeat(100)}`)).toEqual([]);
    expect(readText(`tel. ${'600 '.repeat(100)}`)).toEqual([]);
  });

  it('ten megabytes are read', () => {
    const text = `${'lorem ipsum dolor '.repeat(290_000)}tel. 600 100 200${' 1'.repeat(2_500_000)}`;
    RegExp.prototype.exec = real.exec;
    String.prototype.slice = real.slice;
    String.prototype.charCodeAt = real.charCodeAt;
    expect(readText(text)).toEqual([]);
    expect(readText(`${text} x tel. 600 100 201`).map((number) => number.e164)).toEqual(['+48600100201']);
  });

  it('deciding a column looks at a sample, not at every cell', () => {
    const cells = Array.from({ length: 20_000 }, (_, i) => `NIP ${i}`);
    const few = workOf(() => readCells({ header: 'NIP', cells: cells.slice(0, 200) }));
    const many = workOf(() => readCells({ header: 'NIP', cells }));
    expect(many).toBeLessThan(few * 2 + 2000);
  });
});
