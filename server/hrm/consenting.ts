import type { HrmNumberKind } from '../../shared/api/hrm.ts';
import type { HrmConsentPurpose } from '../../shared/hrm/events.ts';
import type { Database } from '../database/database.ts';
import { lacksConsent, type NumberOwner, type Reached } from './rules.ts';

/** Someone whom a send to employees would reach. */
export interface Addressed extends Reached {
  /** Place of the recipient in the request. */
  index: number;
  /** E.164. */
  number: string;
}

/** What the send gate asks of a send to employees. */
export interface EmployeeFacts {
  fullNames: boolean;
  /** Places of those who may not be texted for want of consent. */
  lacking(addressed: readonly Addressed[], purpose: HrmConsentPurpose): ReadonlySet<number>;
}

/**
 * The company's word on names and numbers, whose the numbers are, and the consents that stand, read at one moment.
 * @param numbers E.164
 * @param employees references
 */
export async function readEmployeeFacts(
  database: Database,
  companyId: string,
  numbers: readonly string[],
  employees: readonly string[],
): Promise<EmployeeFacts> {
  const [settings = [], ownerRows = [], consentRows = []] = await database.queries([
    { sql: 'SELECT full_names, unknown_numbers FROM hrm_settings WHERE company_id = ?', args: [companyId] },
    { sql: ownersSql, args: [JSON.stringify(numbers), companyId] },
    { sql: consentsSql, args: [JSON.stringify(employees), companyId] },
  ]);
  const unknownNumbers: HrmNumberKind = settings[0]?.unknown_numbers === 'private' ? 'private' : 'business';
  const owners = new Map<string, NumberOwner[]>();
  for (const row of ownerRows) {
    const number = String(row.number);
    const owner: NumberOwner = {
      employee: String(row.employee),
      kind: row.kind === 'business' ? 'business' : 'private',
      consents: new Set(
        row.purposes === null ? [] : (String(row.purposes).split(',') as HrmConsentPurpose[]),
      ),
    };
    const known = owners.get(number);
    if (known === undefined) owners.set(number, [owner]);
    else known.push(owner);
  }
  const consents = new Map<string, Set<HrmConsentPurpose>>();
  for (const row of consentRows) {
    const employee = String(row.employee);
    const known = consents.get(employee) ?? new Set();
    known.add(row.purpose as HrmConsentPurpose);
    consents.set(employee, known);
  }
  const nobody: readonly NumberOwner[] = [];
  const nothing: ReadonlySet<HrmConsentPurpose> = new Set();
  return {
    fullNames: settings[0]?.full_names === 1,
    lacking: (addressed, purpose) =>
      new Set(
        addressed
          .filter((each) =>
            lacksConsent(
              each,
              owners.get(each.number) ?? nobody,
              consents.get(each.employee ?? '') ?? nothing,
              purpose,
              unknownNumbers,
            ),
          )
          .map((each) => each.index),
      ),
  };
}

const ownersSql = `
SELECT n.number, n.employee, n.kind,
  (SELECT group_concat(c.purpose) FROM hrm_consents c
    WHERE c.company_id = n.company_id AND c.employee = n.employee AND c.withdrawn_at IS NULL) AS purposes
FROM (SELECT DISTINCT value FROM json_each(?)) k
JOIN hrm_numbers n ON n.company_id = ? AND n.number = k.value`;

const consentsSql = `
SELECT c.employee, c.purpose FROM (SELECT DISTINCT value FROM json_each(?)) k
JOIN hrm_consents c ON c.company_id = ? AND c.employee = k.value AND c.withdrawn_at IS NULL`;
