import type { SenderName, SenderNameState } from '../../shared/api/sender-names.ts';
import type { EffectiveName } from '../../shared/api/session.ts';
import type { Database, Row, Statement } from '../database/database.ts';
import { effectiveName, type NameRecord } from './rules.ts';

interface SlotRow extends Row {
  company_id: string;
  own_id: string | null;
  program_id: string | null;
  id: string | null;
  name: string | null;
  state: string | null;
  state_since: number | null;
}

/** The effective names of an organisation's companies, by company id; a company without one is there with null. */
export async function effectiveNames(
  database: Database,
  organisationId: string,
): Promise<Map<string, EffectiveName | null>> {
  const rows = await database.query<SlotRow>({
    sql: `SELECT company.id AS company_id, company.sender_name_id AS own_id,
            organisation.program_sender_name_id AS program_id,
            name.id, name.name, name.state, name.state_since
          FROM companies AS company
          JOIN organisations AS organisation ON organisation.id = company.organisation_id
          LEFT JOIN sender_names AS name
            ON name.id = coalesce(company.sender_name_id, organisation.program_sender_name_id)
            AND name.organisation_id = company.organisation_id
          WHERE company.organisation_id = ? AND company.deleted_at IS NULL`,
    args: [organisationId],
  });
  return new Map(
    rows.map((row) => [
      row.company_id,
      effectiveName({ senderNameId: row.own_id }, { senderNameId: row.program_id }, namesOf(row)),
    ]),
  );
}

function namesOf(row: SlotRow): Map<string, NameRecord> {
  const names = new Map<string, NameRecord>();
  if (row.id !== null && row.name !== null && row.state !== null && row.state_since !== null) {
    const state = row.state as SenderNameState;
    names.set(row.id, { id: row.id, name: row.name, state, stateSince: row.state_since });
  }
  return names;
}

const nameSql = `SELECT name.id, name.name, name.state, name.state_since, name.reason,
            (SELECT json_group_array(slot) FROM (
              SELECT 'program' AS slot FROM organisations
                WHERE id = name.organisation_id AND program_sender_name_id = name.id
              UNION ALL
              SELECT id FROM companies
                WHERE organisation_id = name.organisation_id AND sender_name_id = name.id AND deleted_at IS NULL
            )) AS used_by
          FROM sender_names AS name`;

/** One page of the organisation's names with the slots that point at them, in the order in which they were made. */
export function pageOfNames(organisationId: string, after: string | null, limit: number): Statement {
  return {
    sql: `${nameSql} WHERE name.organisation_id = ? AND name.id > ? ORDER BY name.id LIMIT ?`,
    args: [organisationId, after ?? '', limit + 1],
  };
}

export const nameById = (organisationId: string, id: string): Statement => ({
  sql: `${nameSql} WHERE name.organisation_id = ? AND name.id = ?`,
  args: [organisationId, id],
});

export const nameOfRow = (row: Row): SenderName => ({
  id: String(row.id),
  name: String(row.name),
  state: row.state as SenderNameState,
  since: Number(row.state_since),
  reason: String(row.reason),
  usedBy: JSON.parse(String(row.used_by)) as string[],
});
