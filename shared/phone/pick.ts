import { type Chain, separator } from './chains.ts';
import { interpret, type Plan, type Reading } from './plans.ts';

/** Groups `first` to `last` of a chain, read as one number. */
export interface Candidate extends Reading {
  first: number;
  last: number;
}

/** `+48 (0) 22 123 45 67` has six; some write every digit by itself. */
const MOST_GROUPS = 12;

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

type CandidatesAt = (first: number) => Candidate[];

/** Numbers that use up all groups from `first` to `end`: the surest reading of several numbers in a row. */
function cover(at: CandidatesAt, first: number, end: number, dead: Set<number>): Candidate[] | null {
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
 * Whether a number may end (or begin) at a separator although more groups follow: it is another separator than those
 * inside the number, or than the one beyond the neighbouring group.
 */
function isBreak(between: string, inner: string[], beyond: string): boolean {
  if (inner.length === 0) return /[ /]/.test(between);
  return !inner.includes(between) || (beyond !== '' && beyond !== between);
}

/** The numbers among groups `begin` to `end`. What they leave over has to be set apart from them. */
export function pick(
  text: string,
  chain: Chain,
  begin: number,
  end: number,
  plan: Plan,
  loose: boolean,
): Candidate[] {
  const at: CandidatesAt = (first) => candidatesAt(chain, first, end, plan, loose);
  const all = cover(at, begin, end, new Set());
  if (all) return all;
  const between = (after: number) => (after < begin || after >= end - 1 ? '' : separator(text, chain, after));
  const picked: Candidate[] = [];
  for (let first = begin; first < end; first++) {
    const fit = at(first).find(({ last }) => {
      const inner: string[] = [];
      for (let i = first; i < last; i++) inner.push(between(i));
      return (
        (first === begin || isBreak(between(first - 1), inner, between(first - 2))) &&
        (last === end - 1 || isBreak(between(last), inner, between(last + 1)))
      );
    });
    if (!fit) continue;
    picked.push(fit);
    first = fit.last;
  }
  return picked;
}
