import type { Employee, HrmNumberKind, ListedEmployee } from '../../shared/api/hrm.ts';
import { maskNumber } from '../../shared/phone/check.ts';
import type { Actor } from '../access/actor.ts';
import { maySeeNumbers } from '../access/rules.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Row } from '../database/database.ts';
import { jsonPieces } from '../database/pieces.ts';
import { textable } from '../messages/recipients.ts';

/** Employees in one transaction. */
const atOnce = 2000;

/**
 * Adds or replaces employees; others stay. Numbers to which no text can go are kept as given: an HRM application has
 * landlines too, and its people see why they are not texted.
 *
 * @returns how many are new or changed
 */
export async function putEmployees(
  database: Database,
  actor: Actor,
  companyId: string,
  employees: readonly Employee[],
  now: number,
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < employees.length; from += atOnce) {
    const some = employees.slice(from, from + atOnce);
    changed += await storeEmployees(database, actor, companyId, some, now);
  }
  return changed;
}

/**
 * All of them in one transaction, with its record.
 *
 * @returns how many are new or changed
 */
export async function storeEmployees(
  database: Database,
  actor: Actor,
  companyId: string,
  employees: readonly Employee[],
  now: number,
): Promise<number> {
  const rows = employees.map((one) => [
    one.reference,
    one.name,
    one.businessPhone,
    one.privatePhone,
    one.smsPhone,
    one.superior,
    one.language,
  ]);
  const numbers = employees.flatMap((one) =>
    [...numbersOf(one)].map(([number, kind]) => [number, one.reference, kind]),
  );
  const upserts = jsonPieces(rows).map((piece) => ({ sql: upsertSql, args: [companyId, now, piece] }));
  const results = await database.batch([
    ...upserts,
    ...jsonPieces(employees.map((one) => one.reference)).map((piece) => ({
      sql: `DELETE FROM hrm_numbers WHERE company_id = ? AND employee IN (SELECT value FROM json_each(?))`,
      args: [companyId, piece],
    })),
    ...jsonPieces(numbers).map((piece) => ({
      sql: `INSERT INTO hrm_numbers (company_id, number, employee, kind)
        SELECT ?, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`,
      args: [companyId, piece],
    })),
    auditRecord(actor, 'hrm.employees-put', companyId, { employees: employees.length }, now),
  ]);
  return results.slice(0, upserts.length).reduce((sum, { changes }) => sum + changes, 0);
}

/** E.164 with whose each is: the number named for texts is private, unless it is the employer's. */
function numbersOf(one: Employee): Map<string, HrmNumberKind> {
  const numbers = new Map<string, HrmNumberKind>();
  const add = (phone: string, kind: HrmNumberKind) => {
    const number = phone === '' ? { reason: 'empty' } : textable(phone);
    if ('e164' in number && !numbers.has(number.e164)) numbers.set(number.e164, kind);
  };
  add(one.businessPhone, 'business');
  add(one.privatePhone, 'private');
  add(one.smsPhone, 'private');
  return numbers;
}

/** Employees by reference, from one after on. */
export async function employeesAfter(
  database: Database,
  actor: Actor,
  companyId: string,
  query: { after: string; search: string | undefined; limit: number },
): Promise<ListedEmployee[]> {
  const like = `%${(query.search ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await database.query({
    sql: `${listSql} WHERE e.company_id = ? AND e.reference > ?
        AND (e.reference LIKE ? ESCAPE '\\' OR e.name LIKE ? ESCAPE '\\')
      ORDER BY e.reference LIMIT ?`,
    args: [companyId, query.after, like, like, query.limit],
  });
  const shown = (phone: unknown): string =>
    maySeeNumbers(actor) ? String(phone) : maskNumber(String(phone));
  return rows.map((row) => ({
    ...employeeOf(row),
    businessPhone: shown(row.business_phone),
    privatePhone: shown(row.private_phone),
    smsPhone: shown(row.sms_phone),
    consents: row.purposes === null ? [] : (String(row.purposes).split(',') as ListedEmployee['consents']),
  }));
}

/** The employees of those references, with their superiors. */
export async function employeesByReference(
  database: Database,
  companyId: string,
  references: readonly string[],
): Promise<Map<string, Employee>> {
  const rows = await database.query({
    sql: `WITH asked AS (SELECT DISTINCT value AS reference FROM json_each(?)), wanted AS (
        SELECT reference FROM asked UNION
        SELECT e.superior FROM asked a JOIN hrm_employees e ON e.company_id = ? AND e.reference = a.reference
      )
      SELECT e.* FROM wanted w JOIN hrm_employees e ON e.company_id = ? AND e.reference = w.reference`,
    args: [JSON.stringify(references), companyId, companyId],
  });
  return new Map(rows.map((row) => [String(row.reference), employeeOf(row)]));
}

/** Of all employees. */
export async function referencesOf(database: Database, companyId: string): Promise<Set<string>> {
  const rows = await database.query({
    sql: 'SELECT reference FROM hrm_employees WHERE company_id = ?',
    args: [companyId],
  });
  return new Set(rows.map((row) => String(row.reference)));
}

const employeeOf = (row: Row): Employee => ({
  reference: String(row.reference),
  name: String(row.name),
  businessPhone: String(row.business_phone),
  privatePhone: String(row.private_phone),
  smsPhone: String(row.sms_phone),
  superior: String(row.superior),
  language: row.language === null ? null : row.language === 'en' ? 'en' : 'pl',
});

/** Consents stay: they tell what was permitted while the employee was there. */
export const employeeDelete = (actor: Actor, companyId: string, reference: string, now: number) => {
  const where = 'company_id = ? AND reference = ?';
  const args = [companyId, reference];
  const guard = { sql: `EXISTS (SELECT 1 FROM hrm_employees WHERE ${where})`, args };
  return [
    auditRecord(actor, 'hrm.employee-deleted', companyId, { employee: reference }, now, guard),
    { sql: 'DELETE FROM hrm_numbers WHERE company_id = ? AND employee = ?', args },
    { sql: `DELETE FROM hrm_employees WHERE ${where}`, args },
  ];
};

const upsertSql = `
INSERT INTO hrm_employees
  (company_id, changed_at, reference, name, business_phone, private_phone, sms_phone, superior, language)
SELECT ?, ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
FROM json_each(?) WHERE true
ON CONFLICT (company_id, reference) DO UPDATE SET changed_at = excluded.changed_at, name = excluded.name,
  business_phone = excluded.business_phone, private_phone = excluded.private_phone,
  sms_phone = excluded.sms_phone, superior = excluded.superior, language = excluded.language
WHERE (name, business_phone, private_phone, sms_phone, superior, coalesce(language, '')) <>
  (excluded.name, excluded.business_phone, excluded.private_phone, excluded.sms_phone, excluded.superior,
    coalesce(excluded.language, ''))`;

const listSql = `
SELECT e.*, (SELECT group_concat(c.purpose) FROM hrm_consents c
  WHERE c.company_id = e.company_id AND c.employee = e.reference AND c.withdrawn_at IS NULL) AS purposes
FROM hrm_employees e`;
