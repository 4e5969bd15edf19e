import type {
  Employee,
  HrmNumberKind,
  HrmSettings,
  HrmSkipReason,
  NotifiedEmployee,
} from '../../shared/api/hrm.ts';
import { type ProblemError, ProblemException } from '../../shared/api/problems.ts';
import { type HrmEventId, type HrmLanguage, hrmEventOf } from '../../shared/hrm/events.ts';
import { initials } from '../../shared/hrm/initials.ts';
import { fieldNamed } from '../../shared/hrm/text.ts';
import { textable } from '../messages/recipients.ts';
import { phoneBySource } from './rules.ts';

/** One event for one person, as it is kept. */
export interface Told {
  /** Place in the call. */
  place: number;
  /** Whom it is about, and who is told: references, else numbers. */
  employee: string;
  person: string;
  /** Of the person. */
  name: string;
  /** E.164; empty when there is none. */
  number: string;
  kind: HrmNumberKind | null;
  language: HrmLanguage;
  /** By field id. */
  fields: Record<string, string>;
  /** Null: a text can go there, as far as is known by now. */
  reason: HrmSkipReason | null;
  detail: string;
}

interface Someone {
  reference: string;
  name: string;
  phone: string;
  phoneKind: HrmNumberKind | null;
}

const named = 100;

/**
 * Who is told, at which number and in which language, by the call and the register. The same event of the same employee
 * for the same person twice in a call is once.
 *
 * @throws {ProblemException} `invalid-request` at `/employees/{place}/fields/{name}` for fields that the event has not
 */
export function resolve(
  event: HrmEventId,
  employees: readonly NotifiedEmployee[],
  register: ReadonlyMap<string, Employee>,
  settings: HrmSettings,
): Told[] {
  const errors: ProblemError[] = [];
  const seen = new Map<string, number>();
  const told = employees.map((entry, place) => {
    const one = resolveOne(event, entry, register, settings);
    const fields: Record<string, string> = { ...one.fields };
    for (const [name, value] of Object.entries(entry.fields)) {
      const field = fieldNamed(event, name);
      if (field !== undefined) fields[field.id] = value;
      else if (errors.length < named) {
        errors.push({
          path: `/employees/${place}/fields/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`,
          code: 'unknown_field',
          detail: `The event ${event} has no field ${name}`,
        });
      }
    }
    const key = JSON.stringify([one.employee, one.person, one.number]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, place);
    const twice = first !== undefined && one.reason === null;
    return {
      ...one,
      ...(twice ? { reason: 'duplicate' as const, detail: String(first) } : {}),
      place,
      fields,
    };
  });
  if (errors.length > 0) throw new ProblemException('invalid-request', { errors });
  return told;
}

function resolveOne(
  event: HrmEventId,
  entry: NotifiedEmployee,
  register: ReadonlyMap<string, Employee>,
  settings: HrmSettings,
): Omit<Told, 'place'> {
  const known = register.get(entry.reference);
  const person = hrmEventOf(event).direction === 'superior' ? superiorOf(entry, known) : entry;
  const kept = person === null ? undefined : register.get(person.reference);
  const number = person === null ? null : numberOf(person, kept, settings);
  const employeeName = entry.name || known?.name || '';
  const shown = settings.fullNames ? employeeName : initials(employeeName);
  const base = {
    employee: entry.reference || numberAsKnown(entry.phone),
    name: person?.name || kept?.name || '',
    kind: person?.phone ? person.phoneKind : null,
    language: entry.language ?? kept?.language ?? settings.language,
    fields: { employee: shown || entry.reference },
    detail: '',
  };
  if (person === null || number === null) {
    return { ...base, person: '', number: '', reason: 'superior-missing' };
  }
  if ('reason' in number) {
    return { ...base, person: person.reference || person.phone, number: '', reason: number.reason };
  }
  return { ...base, person: person.reference || number.e164, number: number.e164, reason: null };
}

/** A number as people are known by it: the same however it is written. */
function numberAsKnown(phone: string): string {
  const number = textable(phone);
  return 'e164' in number ? number.e164 : phone;
}

function superiorOf(entry: NotifiedEmployee, known: Employee | undefined): Someone | null {
  if (entry.superior !== null && (entry.superior.reference !== '' || entry.superior.phone !== '')) {
    return entry.superior;
  }
  const reference = known?.superior ?? '';
  return reference === '' ? null : { reference, name: '', phone: '', phoneKind: null };
}

function numberOf(
  person: Someone,
  kept: Employee | undefined,
  settings: HrmSettings,
): { e164: string } | { reason: HrmSkipReason } {
  if (person.phone !== '') return textable(person.phone);
  if (kept === undefined) return { reason: 'unknown-employee' };
  const phone = phoneBySource(kept, settings.numberSources);
  return phone === null ? { reason: 'no-number' } : textable(phone);
}
