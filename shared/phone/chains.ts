import { UNSEEN } from './characters.ts';

/** Groups of digits with nothing but the separators of phone numbers between them. */
export interface Chain {
  /** Where the first and after the last digit stand, in UTF-16 units. */
  start: number;
  end: number;
  /** A `+` stands before the first group; at this place. −1: none. */
  plusAt: number;
  /** Digits of each group; none when the chain is far too long to be anything of ours. */
  groups: string[];
  from: number[];
  to: number[];
}

const DIGIT = /\d/g;
const LONGEST_SEPARATOR = 6;
const MANY_GROUPS = 24;
const TOO_MANY_GROUPS = 48;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const unseen = UNSEEN.charCodeAt(0);
/** Space ( ) - . / and the unseen. */
const isSeparator = (code: number): boolean =>
  code === 32 || code === 40 || code === 41 || (code >= 45 && code <= 47) || code === unseen;

function plusBefore(text: string, start: number, floor: number): number {
  for (let i = start - 1; i >= floor && i >= start - 4; i--) {
    const sign = text[i];
    if (sign === '+') return i;
    if (sign !== ' ' && sign !== '(' && sign !== UNSEEN) return -1;
  }
  return -1;
}

/** The next chain at or after `at`; null when the text holds no more digits. Every character is looked at once. */
export function nextChain(text: string, at: number): Chain | null {
  DIGIT.lastIndex = at;
  const first = DIGIT.exec(text);
  if (!first) return null;
  const chain: Chain = { start: first.index, end: at, plusAt: -1, groups: [], from: [], to: [] };
  chain.plusAt = plusBefore(text, chain.start, at);
  let from = chain.start;
  let count = 0;
  for (;;) {
    let to = from;
    let next = from;
    let hidden = false;
    for (; next < text.length; next++) {
      const code = text.charCodeAt(next);
      if (isDigit(code)) to = next + 1;
      else if (code === unseen) hidden = true;
      else break;
    }
    if (++count <= TOO_MANY_GROUPS) {
      const group = text.slice(from, to);
      chain.groups.push(hidden ? group.replaceAll(UNSEEN, '') : group);
      chain.from.push(from);
      chain.to.push(to);
    }
    chain.end = to;
    let wide = 0;
    for (next = to; next < text.length && next - to < LONGEST_SEPARATOR; next++) {
      const code = text.charCodeAt(next);
      if (!isSeparator(code)) break;
      if (code === 32) wide++;
    }
    if (
      next >= text.length ||
      !isDigit(text.charCodeAt(next)) ||
      (count > MANY_GROUPS && count < TOO_MANY_GROUPS && wide > 1)
    )
      break;
    from = next;
  }
  if (count > TOO_MANY_GROUPS) chain.groups = [];
  return chain;
}

/** What stands between a group and the next, as it is seen. */
export const separator = (text: string, chain: Chain, after: number): string =>
  text.slice(chain.to[after], chain.from[after + 1]).replaceAll(UNSEEN, '');
