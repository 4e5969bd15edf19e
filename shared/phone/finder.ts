import { type Chain, nextChain } from './chains.ts';
import { UNSEEN } from './characters.ts';
import { glueAfter, glueBefore, inLink, looksLikeAddress, withoutDates } from './decoys.ts';
import type { PlacedNumber } from './index.ts';
import { afterExtension, faxAfter, isQuantity, type Label, labelBefore } from './labels.ts';
import { interpret, type Plan, planOf, type Reading } from './plans.ts';

/** A number in a text. `sure`: its prefix, grouping or label says that it is a phone number, not the digits alone. */
export interface Hit extends PlacedNumber {
  sure: boolean;
}

/** Groups `first` to `last` of a chain, read as one number. */
interface Candidate extends Reading {
  first: number;
  last: number;
}

const MOST_GROUPS = 9;

const separator = (text: string, chain: Chain, after: number): string =>
  text.slice(chain.to[after], chain.from[after + 1]).replaceAll(UNSEEN, '');

/** The longest first, so that `48 22 123 45 67` is not `48 22 123 45`. */
function candidatesAt(chain: Chain, first: number, end: number, plan: Plan, loose: boolean): Candidate[] {
  const found: Candidate[] = [];
  let digits = '';
  for (let last = first; last < end && last < first + MOST_GROUPS; last++) {
    digits += chain.groups[last];
    if (digits.length > 19) break;
    const read = interpret(digits, first === 0 && chain.plusAt >= 0, plan, loose);
    if (read) found.unshift({ ...read, first, last });
  }
  return found;
}

/** Numbers that use up all groups from `first` to `end`: the surest reading of several numbers in a row. */
function cover(
  at: (first: number) => Candidate[],
  first: number,
  end: number,
  dead: Set<number>,
): Candidate[] | null {
  if (first === end) return [];
  if (dead.has(first)) return null;
  for (const candidate of at(first)) {
    const rest = cover(at, candidate.last + 1, end, dead);
    if (rest) return [candidate, ...rest];
  }
  dead.add(first);
  return null;
}

/**
 * Whether a number may end (or begin) here although more groups follow: the break is another kind of separator than those
 * inside the number, or than those inside its neighbour.
 */
function isBreak(between: string, inner: string[], beyond: string | null): boolean {
  if (inner.length === 0) return between.includes(' ') || between.includes('/');
  return !inner.includes(between) || (beyond !== null && beyond !== between);
}

function pick(
  text: string,
  chain: Chain,
  begin: number,
  end: number,
  plan: Plan,
  loose: boolean,
): Candidate[] {
  const at = (first: number) => candidatesAt(chain, first, end, plan, loose);
  const all = cover(at, begin, end, new Set());
  if (all) return all;
  const sep = (after: number) => separator(text, chain, after);
  const picked: Candidate[] = [];
  for (let first = begin; first < end; first++) {
    const fit = at(first).find(({ last }) => {
      const inner: string[] = [];
      for (let i = first; i < last; i++) inner.push(sep(i));
      return (
        (first === begin || isBreak(sep(first - 1), inner, first - 1 > begin ? sep(first - 2) : null)) &&
        (last === end - 1 || isBreak(sep(last), inner, last + 2 < end ? sep(last + 1) : null))
      );
    });
    if (!fit) continue;
    picked.push(fit);
    first = fit.last;
  }
  return picked;
}

/** Polish groupings that only a phone number has. */
const MOBILE_GROUPING = /^(?:333|3222|36|63|2322)$/;
const LANDLINE_GROUPING = /^(?:2322|234|27|12322|1234|127|3322)$/;

/** Whether the digits as they are grouped show a phone number, without prefix and label. */
function hasTellingGroups(number: Candidate, groups: string[], separators: string[], plan: Plan): boolean {
  if (groups.length < 2) return false;
  const dotted = separators.every((between) => between === '.');
  if (dotted && groups.length === 2) return false;
  if (plan.code !== '48')
    return (
      number.way === 'trunk' ||
      groups.length > 2 ||
      plan.mobile?.test(number.e164.slice(plan.code.length + 1)) === true
    );
  const shape = groups.map((group) => group.length).join('');
  if (number.kind === 'mobile') {
    return number.way === 'code'
      ? groups[0] === '48'
      : MOBILE_GROUPING.test(shape.replace(/^0?(?=333$)/, ''));
  }
  if (separators.some((between) => between.includes(')'))) return true;
  return number.way === 'code' ? groups[0] === '48' && shape !== '2333' : LANDLINE_GROUPING.test(shape);
}

interface Judgement {
  keep: boolean;
  sure: boolean;
}

function judge(number: Candidate, grouped: boolean, label: Label, plan: Plan): Judgement {
  const prefixed = number.way === 'plus' || number.way === 'zeros';
  if (label === 'fax') return { keep: false, sure: false };
  if (prefixed || label === 'phone') return { keep: true, sure: true };
  if (label === 'decoy' || (label === 'either' && !grouped)) return { keep: false, sure: false };
  if (grouped) return { keep: true, sure: true };
  const believable = number.kind === 'mobile' && (number.way !== 'trunk' || plan.trunk !== '');
  return { keep: believable && label !== 'numbered', sure: false };
}

/** Where the shown number begins: with its plus, and with the parenthesis that it closes itself. */
function shownStart(text: string, chain: Chain, first: number, end: number, floor: number): number {
  let start = first === 0 && chain.plusAt >= 0 ? chain.plusAt : (chain.from[first] ?? 0);
  const inside = text.slice(start, end);
  const opened = (inside.match(/\(/g) ?? []).length;
  if ((inside.match(/\)/g) ?? []).length > opened) {
    for (let i = start - 1; i >= floor && i >= start - 3; i--) {
      if (text[i] === '(') {
        start = i;
        break;
      }
    }
  }
  return start;
}

/**
 * Every phone number in a plain text (see `characters.ts`), in order. `loose` reads a cell of a phone column; otherwise
 * the digits have to show by themselves, or by the words beside them, that they are a phone number.
 * Time grows with the length of the text only: groups are read in windows of a fixed size.
 */
export function find(text: string, region: string, loose: boolean): Hit[] {
  const plan = planOf(region);
  const hits: Hit[] = [];
  let floor = 0;
  for (let chain = nextChain(text, 0); chain; chain = nextChain(text, floor)) {
    const before = floor;
    floor = chain.end;
    const digits = chain.groups.reduce((sum, group) => sum + group.length, 0);
    if (digits < 7 || inLink(text, chain)) continue;
    const start = chain.plusAt >= 0 ? chain.plusAt : chain.start;
    const label = labelBefore(text, before, start);
    let begin = glueBefore(text, start, chain, label, loose);
    let end = glueAfter(text, chain, loose);
    if (chain.plusAt >= 0 && begin > 0) continue;
    const parts = loose ? [[begin, end] as const] : withoutDates(text, chain, begin, end);
    for ([begin, end] of parts) {
      for (const number of pick(text, chain, begin, end, plan, loose)) {
        const groups = chain.groups.slice(number.first, number.last + 1);
        const separators = groups.slice(1).map((_, i) => separator(text, chain, number.first + i));
        const stop = chain.to[number.last] ?? chain.end;
        const from = shownStart(text, chain, number.first, stop, before);
        const { keep, sure } = judge(number, hasTellingGroups(number, groups, separators, plan), label, plan);
        const address = label !== 'phone' && number.way !== 'plus' && looksLikeAddress(groups, separators);
        const decoy = (!loose && (!keep || address)) || label === 'fax' || (label === 'decoy' && !sure);
        if (decoy || isQuantity(text, from, stop) || faxAfter(text, stop)) continue;
        hits.push({ e164: number.e164, kind: number.kind, start: from, end: stop, sure: sure && !address });
        if (stop === chain.end) floor = afterExtension(text, stop);
      }
    }
  }
  return hits;
}
