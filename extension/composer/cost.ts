import {
  countParts,
  foldPolishLetters,
  mergeFields,
  type PartCount,
  type Template,
} from '../../shared/sms-text/index.ts';
import type { Reviewed } from './review.ts';

export interface PersonCost {
  key: string;
  /** The text as this person gets it. */
  text: string;
  count: PartCount;
}

/** What a text costs for everybody, counted for each after merging: a long name may cost a part more. */
export interface Cost {
  people: PersonCost[];
  parts: number;
  /** Parts → how many people, fewest parts first. */
  byParts: [parts: number, people: number][];
  /** Most parts that anyone gets. */
  most: number;
  /** Characters that make texts dear, each once. */
  offenders: string[];
  /** Total parts with the fold switch the other way; equal to `parts` where it changes nothing. */
  otherwise: number;
}

/** `reviewed` may hold skipped people: they cost nothing. Two counts a person at most, also for ten thousand. */
export function costOf(reviewed: Reviewed[], template: Template, fold: boolean): Cost {
  const people: PersonCost[] = [];
  const byParts = new Map<number, number>();
  const offenders = new Set<string>();
  let parts = 0;
  let otherwise = 0;
  for (const { person, reason } of reviewed) {
    if (reason !== null) continue;
    const merged = mergeFields(template, person.fields).text;
    const folded = foldPolishLetters(merged);
    const text = fold ? folded : merged;
    const count = countParts(text);
    people.push({ key: person.key, text, count });
    parts += count.parts;
    otherwise += folded === merged ? count.parts : countParts(fold ? merged : folded).parts;
    byParts.set(count.parts, (byParts.get(count.parts) ?? 0) + 1);
    for (const character of count.offenders) offenders.add(character);
  }
  const ordered = [...byParts].sort(([one], [other]) => one - other);
  return {
    people,
    parts,
    byParts: ordered,
    most: ordered.at(-1)?.[0] ?? 0,
    offenders: [...offenders],
    otherwise,
  };
}
