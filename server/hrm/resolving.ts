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
 * Who is told, at which number and in which language, by the call and the register. A call is taken in slices, so that a
 * large one stops nobody. The same event of the same employee for the same person twice in a call is once.
 */
export class Resolver {
  readonly told: Told[] = [];
  private readonly event: HrmEventId;
  private readonly settings: HrmSettings;
  private readonly errors: ProblemError[] = [];
  private readonly seen = new Map<string, number>();
  private readonly fields = new Map<string, string | null>();

  constructor(event: HrmEventId, settings: HrmSettings) {
    this.event = event;
    this.settings = settings;
  }

  /** @param register at least the employees of this slice and their superiors */
  add(employees: readonly NotifiedEmployee[], register: ReadonlyMap<string, Employee>): void {
    for (const entry of employees) {
      const place = this.told.length;
      const one = resolveOne(this.event, entry, register, this.settings);
      const key = JSON.stringify([one.employee, one.person, one.number]);
      const first = this.seen.get(key);
      if (first === undefined) this.seen.set(key, place);
      const twice = first !== undefined && one.reason === null;
      this.told.push({
        ...one,
        ...(twice ? { reason: 'duplicate' as const, detail: String(first) } : {}),
        place,
        fields: this.fieldsOf(entry, one.fields, place),
      });
    }
  }

  /** @throws {ProblemException} `invalid-request` at `/employees/{place}/fields/{name}` for fields that the event has not */
  refuseUnknown(): void {
    if (this.errors.length > 0) throw new ProblemException('invalid-request', { errors: this.errors });
  }

  private fieldsOf(
    entry: NotifiedEmployee,
    own: Record<string, string>,
    place: number,
  ): Record<string, string> {
    const fields = { ...own };
    for (const [name, value] of Object.entries(entry.fields)) {
      const id = this.fieldId(name);
      if (id !== null) fields[id] = value;
      else if (this.errors.length < named) {
        this.errors.push({
          path: `/employees/${place}/fields/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`,
          code: 'unknown_field',
          detail: `The event ${this.event} has no field ${name}`,
        });
      }
    }
    return fields;
  }

  /** Names are few, and the same for all. */
  private fieldId(name: string): string | null {
    let id = this.fields.get(name);
    if (id === undefined) {
      id = fieldNamed(this.event, name)?.id ?? null;
      if (this.fields.size < mostNames) this.fields.set(name, id);
    }
    return id;
  }
}

const mostNames = 100;

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
