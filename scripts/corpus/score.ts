import { type Entry, personOf } from './entry.ts';

/** What a page is known to show. What is left out of an entry is not looked at. */
export type Expected = Pick<Entry, 'e164'> & Partial<Omit<Entry, 'url' | 'list' | 'row'>>;

export interface Score {
  /** Numbers that are there, and numbers that were read. */
  expected: number;
  found: number;
  /** Numbers that were read and given to the person whose they are. */
  right: number;
  /** One line for each thing that was read wrongly. */
  wrong: string[];
}

/** @returns 1 when there was nothing to get wrong */
export const precision = ({ found, right }: Score): number => (found === 0 ? 1 : right / found);
export const recall = ({ expected, right }: Score): number => (expected === 0 ? 1 : right / expected);

export const sum = (scores: readonly Score[]): Score => ({
  expected: scores.reduce((all, { expected }) => all + expected, 0),
  found: scores.reduce((all, { found }) => all + found, 0),
  right: scores.reduce((all, { right }) => all + right, 0),
  wrong: scores.flatMap(({ wrong }) => wrong),
});

/** Holds what was read against what is there: each number with its person, then all that is told of it. */
export function score(expected: readonly Expected[], found: readonly Entry[]): Score {
  const left = new Set(found);
  const wrong: string[] = [];
  let right = 0;
  const take = (wanted: Expected, matches: (entry: Entry) => boolean): Entry | undefined => {
    const entry = [...left].find((one) => one.e164 === wanted.e164 && matches(one));
    if (entry !== undefined) left.delete(entry);
    return entry;
  };
  const isSamePerson = (wanted: Expected) => (entry: Entry) =>
    wanted.name === undefined || personOf(entry) === personOf({ name: wanted.name });
  const unnamed: Expected[] = [];
  for (const wanted of expected) {
    const entry = take(wanted, isSamePerson(wanted));
    if (entry === undefined) {
      unnamed.push(wanted);
      continue;
    }
    right += 1;
    wrong.push(...differences(wanted, entry));
  }
  for (const wanted of unnamed) {
    const entry = take(wanted, () => true);
    wrong.push(
      entry === undefined
        ? `${titled(wanted)} was not read`
        : `${wanted.e164} is “${wanted.name}”’s and was read as “${entry.name}”’s`,
    );
  }
  for (const entry of left) wrong.push(`${titled(entry)} is not there, and was read in “${entry.shown}”`);
  return { expected: expected.length, found: found.length, right, wrong };
}

const titled = ({ e164, name }: Expected): string => (name ? `${e164} of ${name}` : e164);

/** White space of all kinds is the same, as it is to the eye. */
const plain = (text: string): string => text.replace(/[\s\u00a0\u2000-\u200f\u202f\ufeff]+/g, ' ').trim();

function differences(wanted: Expected, entry: Entry): string[] {
  const wrong: string[] = [];
  const differ = (what: string, want: string, got: string) =>
    wrong.push(`${titled(wanted)}: ${what} is “${want}” and was read as “${got}”`);
  if (wanted.kind !== undefined && wanted.kind !== entry.kind) differ('the kind', wanted.kind, entry.kind);
  if (wanted.where !== undefined && wanted.where !== entry.where)
    differ('the place', wanted.where, entry.where);
  if (wanted.frame !== undefined && !isFrame(entry.frame, wanted.frame))
    differ('the frame', wanted.frame, entry.frame);
  // Where a number ends is a matter of taste: `tel.` before it or an extension after it may belong to it or not.
  if (wanted.shown !== undefined && !isPart(wanted.shown, entry.shown) && !isPart(entry.shown, wanted.shown))
    differ('the text', wanted.shown, entry.shown);
  for (const [label, value] of Object.entries(wanted.fields ?? {}))
    if (plain(entry.fields[label] ?? '') !== plain(value)) differ(label, value, entry.fields[label] ?? '–');
  return wrong;
}

const isPart = (part: string, whole: string): boolean =>
  plain(part) !== '' && plain(whole).includes(plain(part));

/** Truth names a frame by its file; where pages are served differs from day to day. */
const isFrame = (address: string, wanted: string): boolean =>
  wanted === ''
    ? address === ''
    : new URL(address || 'about:blank').pathname.endsWith(wanted.split('?')[0] ?? wanted);
