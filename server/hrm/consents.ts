import type { Consent, ConsentDraft } from '../../shared/api/hrm.ts';
import type { HrmConsentPurpose } from '../../shared/hrm/events.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Row, Statement } from '../database/database.ts';
import { jsonPieces } from '../database/pieces.ts';

/**
 * Records consents in one transaction, with one record of who did it. One that stands already stays as it is.
 *
 * @returns how many are new
 */
export async function recordConsents(
  database: Database,
  actor: Actor,
  companyId: string,
  drafts: readonly ConsentDraft[],
  now: number,
): Promise<number> {
  const rows = drafts.map((draft) => [draft.employee, draft.purpose, draft.givenOn, draft.note]);
  const detail =
    drafts.length === 1
      ? { employee: drafts[0]?.employee, purpose: drafts[0]?.purpose, givenOn: drafts[0]?.givenOn }
      : { consents: drafts.length };
  const inserts = jsonPieces(rows).map((piece) => ({
    sql: `INSERT INTO hrm_consents (company_id, recorded_at, recorded_by, employee, purpose, given_on, note)
      SELECT ?, ?, ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?) WHERE true
      ON CONFLICT DO NOTHING`,
    args: [companyId, now, actor.id, piece],
  }));
  const results = await database.batch([
    ...inserts,
    auditRecord(actor, 'hrm.consent-recorded', companyId, detail, now),
  ]);
  return results.slice(0, inserts.length).reduce((sum, { changes }) => sum + changes, 0);
}

/** The second result tells whether one stood. */
export function withdrawConsent(
  actor: Actor,
  companyId: string,
  employee: string,
  purpose: HrmConsentPurpose,
  now: number,
): Statement[] {
  const where = 'company_id = ? AND employee = ? AND purpose = ? AND withdrawn_at IS NULL';
  const args = [companyId, employee, purpose];
  return [
    auditRecord(actor, 'hrm.consent-withdrawn', companyId, { employee, purpose }, now, {
      sql: `EXISTS (SELECT 1 FROM hrm_consents WHERE ${where})`,
      args,
    }),
    {
      sql: `UPDATE hrm_consents SET withdrawn_at = ?, withdrawn_by = ? WHERE ${where}`,
      args: [now, actor.id, ...args],
    },
  ];
}

/** Newest first, from one before on. */
export async function consentsBefore(
  database: Database,
  companyId: string,
  query: { before: number | null; employee: string | undefined; all: boolean; limit: number },
): Promise<Consent[]> {
  const rows = await database.query({
    sql: `${listSql} WHERE c.company_id = ? AND c.id < ? AND (? = '' OR c.employee = ?)
        ${query.all ? '' : 'AND c.withdrawn_at IS NULL'}
      ORDER BY c.id DESC LIMIT ?`,
    args: [
      companyId,
      query.before ?? Number.MAX_SAFE_INTEGER,
      query.employee ?? '',
      query.employee ?? '',
      query.limit,
    ],
  });
  return rows.map(consentOf);
}

export async function standingConsent(
  database: Database,
  companyId: string,
  employee: string,
  purpose: HrmConsentPurpose,
): Promise<Consent | undefined> {
  const [row] = await database.query({
    sql: `${listSql} WHERE c.company_id = ? AND c.employee = ? AND c.purpose = ? AND c.withdrawn_at IS NULL`,
    args: [companyId, employee, purpose],
  });
  return row === undefined ? undefined : consentOf(row);
}

const listSql = `
SELECT c.*, coalesce(e.name, '') AS name,
  coalesce(rp.name, rk.name, c.recorded_by) AS recorded_name,
  coalesce(wp.name, wk.name, c.withdrawn_by) AS withdrawn_name
FROM hrm_consents c
LEFT JOIN hrm_employees e ON e.company_id = c.company_id AND e.reference = c.employee
LEFT JOIN people rp ON rp.id = c.recorded_by
LEFT JOIN api_keys rk ON rk.id = c.recorded_by
LEFT JOIN people wp ON wp.id = c.withdrawn_by
LEFT JOIN api_keys wk ON wk.id = c.withdrawn_by`;

const consentOf = (row: Row): Consent => ({
  id: Number(row.id),
  employee: String(row.employee),
  name: String(row.name),
  purpose: row.purpose === 'occasions' ? 'occasions' : 'service',
  givenOn: String(row.given_on),
  note: String(row.note),
  recordedAt: Number(row.recorded_at),
  recordedBy: String(row.recorded_name),
  withdrawnAt: row.withdrawn_at === null ? null : Number(row.withdrawn_at),
  withdrawnBy: row.withdrawn_name === null ? null : String(row.withdrawn_name),
});
