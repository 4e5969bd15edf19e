import { type AuditEntry, type AuditQuery, auditAreas } from '../../shared/api/audit.ts';
import type { Row, Statement, Value } from '../database/database.ts';

/** The condition of the index `audit_of_changes`, in its very words. */
const changesAlone = `act NOT IN ('batch.accepted', 'hrm.notified')`;

/** Tables whose rows are audited and have a name. */
const named = {
  sender_names: 'name',
  companies: 'name',
  people: 'name',
  api_keys: 'name',
  templates: 'name',
  sites: 'host_pattern',
  operator_accounts: 'title',
} as const;

const nameOfSubject = Object.entries(named).map(
  ([table, column]) =>
    `(SELECT ${column} FROM ${table} WHERE id = a.subject AND organisation_id = a.organisation_id)`,
);

/** One page of an organisation's audit, newest first, of what comes before `before`; one row more than `limit`. */
export function auditBefore(organisationId: string, before: number | null, query: AuditQuery): Statement {
  const { area, sendings, by, subject, from, until, limit } = query;
  const conditions = ['a.organisation_id = ?', 'a.id < ?'];
  const args: Value[] = [organisationId, before ?? Number.MAX_SAFE_INTEGER];
  const only = (condition: string, ...values: Value[]): void => {
    conditions.push(condition);
    args.push(...values);
  };
  const hasSendings = area === 'sending' || (sendings === 'true' && (area === undefined || area === 'hrm'));
  if (!hasSendings) conditions.push(changesAlone);
  if (area !== undefined) {
    only(
      `substr(a.act, 1, instr(a.act, '.') - 1) IN (SELECT value FROM json_each(?))`,
      JSON.stringify(auditAreas[area]),
    );
  }
  if (by !== undefined) only('a.by = ?', by);
  if (subject !== undefined) only('a.subject = ?', subject);
  if (from !== undefined) only('a.at >= ?', from);
  if (until !== undefined) only('a.at < ?', until);
  return {
    sql: `SELECT a.id, a.at, a.act, a.by, a.subject, a.detail, p.name AS person, k.name AS api_key,
            coalesce(${nameOfSubject.join(', ')}, '') AS subject_name
          FROM audit AS a
          LEFT JOIN people AS p ON p.id = a.by AND p.organisation_id = a.organisation_id
          LEFT JOIN api_keys AS k ON k.id = a.by AND k.organisation_id = a.organisation_id
          WHERE ${conditions.join(' AND ')}
          ORDER BY a.id DESC LIMIT ?`,
    args: [...args, limit + 1],
  };
}

export const auditEntryOf = (row: Row): AuditEntry => ({
  id: String(row.id),
  at: Number(row.at),
  act: String(row.act),
  by: authorOf(row),
  subject: String(row.subject),
  subjectName: String(row.subject_name),
  detail: JSON.parse(String(row.detail)) as Record<string, unknown>,
});

function authorOf({ by, person, api_key: key }: Row): AuditEntry['by'] {
  const id = String(by);
  if (id.startsWith('operator:')) return { id, kind: 'operator', name: id.slice('operator:'.length) };
  if (person !== null) return { id, kind: 'person', name: String(person) };
  if (key !== null) return { id, kind: 'api-key', name: String(key) };
  return {
    id,
    kind: id.startsWith('per_') ? 'person' : id.startsWith('key_') ? 'api-key' : 'system',
    name: '',
  };
}
