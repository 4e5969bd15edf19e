import type { HrmNumberKind, HrmNumberSource } from '../../shared/api/hrm.ts';
import type { HrmConsentPurpose } from '../../shared/hrm/events.ts';

/** What the register says of a number: an employee who has it, as what, and the consents of that employee that stand. */
export interface NumberOwner {
  employee: string;
  kind: HrmNumberKind;
  consents: ReadonlySet<HrmConsentPurpose>;
}

/** Someone in a send to employees. */
export interface Reached {
  /** The reference that the HRM application gave; null: a row of a page, known by its number alone. */
  employee: string | null;
  /** Whose number it is by what the application or the column says; null: nothing is said. */
  told: HrmNumberKind | null;
}

/**
 * Whether a text must stay away for want of consent (domain §7). The register knows best whose number it is, then what was
 * told, then the company's word for numbers of which nothing is known. A private number needs the consent of that employee, or,
 * where only the number is known, of somebody who has it.
 *
 * @param owners employees who have that number
 * @param own consents of the employee by reference, whatever the number
 */
export function lacksConsent(
  { employee, told }: Reached,
  owners: readonly NumberOwner[],
  own: ReadonlySet<HrmConsentPurpose>,
  purpose: HrmConsentPurpose,
  unknownNumbers: HrmNumberKind,
): boolean {
  const theirs = owners.filter((owner) => owner.employee === employee);
  const known = theirs.length > 0 ? theirs : owners;
  const kind = known.some((owner) => owner.kind === 'business')
    ? 'business'
    : known.length > 0
      ? 'private'
      : (told ?? unknownNumbers);
  if (kind === 'business') return false;
  if (employee !== null) return !own.has(purpose);
  return !owners.some((owner) => owner.consents.has(purpose));
}

export interface Phones {
  businessPhone: string;
  privatePhone: string;
  smsPhone: string;
}

/** The number that the company's order of sources chooses; null: the employee has none of them. */
export function phoneBySource(phones: Phones, sources: readonly HrmNumberSource[]): string | null {
  const by: Record<HrmNumberSource, string> = {
    business: phones.businessPhone,
    private: phones.privatePhone,
    sms: phones.smsPhone,
  };
  return sources.map((source) => by[source]).find((phone) => phone !== '') ?? null;
}

/** Milliseconds until a webhook that failed so many times is tried again: from seconds to hours. */
export function webhookDelay(tries: number): number {
  const minutes = [1 / 12, 1, 5, 30, 120, 300, 600];
  return (minutes[tries - 1] ?? 600) * 60_000;
}

/** A webhook that has taken nothing for so long is not tried any more. */
export const webhookPatience = 5 * 24 * 60 * 60_000;
