import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Company } from '../../shared/api/companies.ts';
import type { Actor } from '../access/actor.ts';
import type { Database, Statement } from '../database/database.ts';
import { companies } from '../database/schema.ts';
import { typed } from '../database/typed.ts';

export type CompanyRecord = typeof companies.$inferSelect;

export const companyOf = (record: CompanyRecord): Company => ({
  id: record.id,
  name: record.name,
  stamp: { name: record.stampName, address: record.stampAddress, nip: record.stampNip },
  hrmPermission: record.hrmPermission,
});

/** Companies that the actor may use, in the order in which they were added. */
export function companiesAfter(database: Database, actor: Actor, id: string, limit: number) {
  const mine = actor.companies === null ? undefined : inArray(companies.id, [...actor.companies]);
  return typed(database)
    .select()
    .from(companies)
    .where(
      and(
        eq(companies.organisationId, actor.organisationId),
        isNull(companies.deletedAt),
        gt(companies.id, id),
        mine,
      ),
    )
    .orderBy(asc(companies.id))
    .limit(limit);
}

export const companyById = (
  database: Database,
  organisationId: string,
  id: string,
): Promise<CompanyRecord | undefined> =>
  typed(database)
    .select()
    .from(companies)
    .where(
      and(eq(companies.id, id), eq(companies.organisationId, organisationId), isNull(companies.deletedAt)),
    )
    .get();

/** Which of the ids are companies of the organisation. */
export async function knownCompanies(
  database: Database,
  organisationId: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await database.query<{ id: string }>({
    sql: `SELECT id FROM companies
          WHERE id IN (SELECT value FROM json_each(?)) AND organisation_id = ? AND deleted_at IS NULL`,
    args: [JSON.stringify(ids), organisationId],
  });
  return new Set(rows.map((row) => row.id));
}

/** Holds while the company is still of that version; the same for the change and for its audit record. */
export const stillThatCompany = (record: CompanyRecord) => ({
  sql: `EXISTS (SELECT 1 FROM companies WHERE id = ? AND version = ? AND deleted_at IS NULL)`,
  args: [record.id, record.version],
});

export function companyUpdate(record: CompanyRecord, after: Company): Statement {
  return {
    sql: `UPDATE companies SET name = ?, stamp_name = ?, stamp_address = ?, stamp_nip = ?, hrm_permission = ?,
            version = version + 1
          WHERE id = ? AND version = ? AND deleted_at IS NULL`,
    args: [
      after.name,
      after.stamp.name,
      after.stamp.address,
      after.stamp.nip,
      after.hrmPermission ? 1 : 0,
      record.id,
      record.version,
    ],
  };
}
