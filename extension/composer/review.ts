import type { SkipReason } from '../../shared/api/batches.ts';
import type { HrmNumberSource } from '../../shared/api/hrm.ts';
import { numberSourceOf } from '../../shared/hrm/number-kind.ts';
import { type CheckedNumber, checkNumber } from '../../shared/phone/check.ts';
import { fieldKey, mergeFields, type Template } from '../../shared/sms-text/index.ts';
import type { DraftPeople, DraftPerson } from './draft.ts';

/** What the composer says about one person before anything is sent. The server's preview has the last word. */
export interface Reviewed {
  person: DraftPerson;
  /** E.164 of the number to use; null when there is none to use. */
  number: string | null;
  /** Heading that the number stands under; empty where there is none. */
  column: string;
  /** Why this person gets nothing; null: they are sent to. */
  reason: SkipReason | null;
  /** What the reason is about: the cell's text, the person who has the number already, or the missing fields. */
  detail: string;
}

/**
 * Everybody in order, with the reason of those who get nothing: nobody is dropped silently (R1). Among several with the
 * same number the first is sent to. People taken out by the user do not count, not even as the first of two.
 *
 * @param sources of employees: which of their numbers is used
 */
export function reviewPeople(
  { people, removed, chosen }: DraftPeople,
  sources: NumberSources = null,
): Reviewed[] {
  const gone = new Set(removed);
  const holders = new Map<string, DraftPerson>();
  const reviewed: Reviewed[] = [];
  for (const person of people) {
    if (gone.has(person.key)) continue;
    const one = reviewOne(person, chosen[person.key], sources);
    const holder = one.number === null ? undefined : holders.get(one.number);
    if (one.reason === null && one.number !== null) {
      if (holder === undefined) holders.set(one.number, person);
      else {
        one.reason = 'duplicate';
        one.detail = holder.name || one.number;
      }
    }
    reviewed.push(one);
  }
  return reviewed;
}

function reviewOne(person: DraftPerson, choice: number | undefined, sources: NumberSources): Reviewed {
  const found = person.numbers[choice ?? preferred(person, sources)];
  // A page may have shown what only the stricter library understands, and a pasted cell was read by nobody yet.
  const text = found?.e164 ?? person.shown.trim();
  // What stands where a number is missing: `brak`, `n/d`, a dash.
  if (!/\d/.test(text)) return { person, number: null, column: '', reason: 'no-number', detail: '' };
  const { canReceiveSms, e164, reason } = check(text);
  const column = found?.column ?? '';
  if (canReceiveSms) return { person, number: e164, column, reason: null, detail: '' };
  return {
    person,
    number: null,
    column,
    reason: reason === undefined || reason === 'empty' ? 'no-number' : reason,
    detail: found?.shown ?? text,
  };
}

/** Which of an employee's numbers comes first, in the company's order (R29); null: they are no employees. */
export type NumberSources = readonly HrmNumberSource[] | null;

/**
 * Which of a person's numbers to use until the user says: the first that can take an SMS, of employees by the company's order,
 * unless it was pointed at.
 */
export function preferred({ numbers, pointed }: DraftPerson, sources: NumberSources = null): number {
  const capable = [...numbers.keys()].filter((at) => check(numbers[at]?.e164 ?? '').canReceiveSms);
  if (sources === null || pointed === true) return capable[0] ?? 0;
  const placeOf = (at: number): number => {
    const source = numberSourceOf(numbers[at]?.column ?? '');
    const place = source === null ? -1 : sources.indexOf(source);
    return place < 0 ? sources.length : place;
  };
  return capable.sort((a, b) => placeOf(a) - placeOf(b) || a - b)[0] ?? 0;
}

/** Checking is the dear part of a review of ten thousand, and every tick of the user reviews them all. */
const checks = new Map<string, CheckedNumber>();

function check(text: string): CheckedNumber {
  const known = checks.get(text);
  if (known !== undefined) return known;
  if (checks.size > 50_000) checks.clear();
  const checked = checkNumber(text);
  checks.set(text, checked);
  return checked;
}

/** The same list, with those left out whose row lacks a field that the text uses and gives no default for. */
export function reviewFields(reviewed: Reviewed[], template: Template): Reviewed[] {
  if (template.fields.length === 0) return reviewed;
  return reviewed.map((one) => {
    if (one.reason !== null) return one;
    const { missing } = mergeFields(template, one.person.fields);
    return missing.length === 0
      ? one
      : { ...one, reason: 'fields-missing' as const, detail: missing.join(', ') };
  });
}

/** Fields that the text uses and no column offers: most likely a slip of the keyboard. */
export function unknownFields(template: Template, columns: string[]): string[] {
  const known = new Set(columns.map(fieldKey));
  return template.fields.filter((field) => !known.has(fieldKey(field)));
}
