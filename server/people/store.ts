import type { Person } from '../../shared/api/people.ts';
import type { Role } from '../../shared/api/session.ts';
import type { Database, Row, Statement } from '../database/database.ts';

export interface PersonRecord extends Person {
  version: number;
}

const columns = `person.id, person.email, person.name, person.roles, person.version,
  (SELECT json_group_array(company_id) FROM person_companies WHERE person_id = person.id) AS companies`;

const recordOfRow = (row: Row): PersonRecord => ({
  id: String(row.id),
  email: String(row.email),
  name: String(row.name),
  roles: JSON.parse(String(row.roles)) as Role[],
  companies: JSON.parse(String(row.companies)) as string[],
  version: Number(row.version),
});

export const personOfRecord = ({ version: _, ...person }: PersonRecord): Person => person;

export async function peopleAfter(
  database: Database,
  organisationId: string,
  id: string,
  limit: number,
): Promise<PersonRecord[]> {
  const rows = await database.query({
    sql: `SELECT ${columns} FROM people AS person
          WHERE person.organisation_id = ? AND person.deleted_at IS NULL AND person.id > ?
          ORDER BY person.id LIMIT ?`,
    args: [organisationId, id, limit],
  });
  return rows.map(recordOfRow);
}

export async function personById(
  database: Database,
  organisationId: string,
  id: string,
): Promise<PersonRecord | undefined> {
  const [row] = await database.query({
    sql: `SELECT ${columns} FROM people AS person
          WHERE person.id = ? AND person.organisation_id = ? AND person.deleted_at IS NULL`,
    args: [id, organisationId],
  });
  return row === undefined ? undefined : recordOfRow(row);
}

export function insertPerson(person: Person, organisationId: string, now: number): Statement[] {
  return [
    {
      sql: 'INSERT INTO people (id, organisation_id, email, name, roles, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      args: [person.id, organisationId, person.email, person.name, JSON.stringify(person.roles), now],
    },
    {
      sql: `INSERT INTO person_companies (person_id, company_id)
            SELECT ?, id FROM companies WHERE organisation_id = ? AND id IN (SELECT value FROM json_each(?))`,
      args: [person.id, organisationId, JSON.stringify(person.companies)],
    },
  ];
}

/**
 * Holds while the person is still of that version and, where they would cease to be an administrator, while the
 * organisation has another: it must never be left without one.
 */
export function mayBecome(record: PersonRecord, organisationId: string, roles: readonly Role[]) {
  const staysAdministrator = !record.roles.includes('administrator') || roles.includes('administrator');
  const same = 'EXISTS (SELECT 1 FROM people WHERE id = ? AND version = ? AND deleted_at IS NULL)';
  return staysAdministrator
    ? { sql: same, args: [record.id, record.version] }
    : {
        sql: `${same} AND EXISTS (SELECT 1 FROM people, json_each(people.roles) AS role
                WHERE people.organisation_id = ? AND people.id <> ? AND people.deleted_at IS NULL
                  AND role.value = 'administrator')`,
        args: [record.id, record.version, organisationId, record.id],
      };
}

type Guard = ReturnType<typeof mayBecome>;

/** The last statement is the change itself: the others look at the person as they were. */
export function updatePerson(after: Person, organisationId: string, guard: Guard): Statement[] {
  return [
    {
      sql: `DELETE FROM person_companies WHERE person_id = ? AND ${guard.sql}`,
      args: [after.id, ...guard.args],
    },
    {
      sql: `INSERT INTO person_companies (person_id, company_id)
            SELECT ?, id FROM companies
            WHERE organisation_id = ? AND id IN (SELECT value FROM json_each(?)) AND ${guard.sql}`,
      args: [after.id, organisationId, JSON.stringify(after.companies), ...guard.args],
    },
    {
      sql: `UPDATE people SET name = ?, roles = ?, version = version + 1 WHERE id = ? AND ${guard.sql}`,
      args: [after.name, JSON.stringify(after.roles), after.id, ...guard.args],
    },
  ];
}

/** The person's sessions end with them. The last statement is the change itself. */
export function deletePerson(record: PersonRecord, now: number, guard: Guard): Statement[] {
  return [
    { sql: `DELETE FROM sessions WHERE person_id = ? AND ${guard.sql}`, args: [record.id, ...guard.args] },
    {
      sql: `DELETE FROM person_companies WHERE person_id = ? AND ${guard.sql}`,
      args: [record.id, ...guard.args],
    },
    {
      sql: `DELETE FROM sign_in_codes WHERE email = ? AND ${guard.sql}`,
      args: [record.email, ...guard.args],
    },
    {
      sql: `UPDATE people SET deleted_at = ?, version = version + 1 WHERE id = ? AND ${guard.sql}`,
      args: [now, record.id, ...guard.args],
    },
  ];
}
