import type { CompanySending } from '../../shared/api/companies.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';
import { monthOf, startOfMonth } from '../messages/local-time.ts';
import { type CompanyRecord, stillThatCompany } from './store.ts';

/** How a new company sends, until somebody says otherwise. */
export const defaultSending = {
  timeZone: 'Europe/Warsaw',
  dayFrom: 6,
  dayUntil: 22,
  quietForAll: false,
  monthlyParts: null,
} as const;

/** Its time, quiet hours and quota, with what this month has taken. */
export async function sendingOf(
  database: Database,
  record: CompanyRecord,
  now: number,
): Promise<CompanySending> {
  const month = monthOf(now, record.timeZone);
  const [row] = await database.query({
    sql: 'SELECT parts FROM company_usage WHERE company_id = ? AND month = ?',
    args: [record.id, month],
  });
  return {
    timeZone: record.timeZone,
    quietHours: { from: record.dayFrom, until: record.dayUntil, forAll: record.quietForAll },
    monthlyParts: record.monthlyParts,
    usedParts: record.monthlyParts === null ? null : Number(row?.parts ?? 0),
    month,
  };
}

/**
 * The change with its audit record; the second result tells whether it happened. A quota counts the whole month, what
 * was sent before it was set included.
 */
export function sendingChange(
  actor: Actor,
  record: CompanyRecord,
  after: Pick<CompanySending, 'timeZone' | 'quietHours' | 'monthlyParts'>,
  now: number,
): Statement[] {
  const { timeZone, quietHours, monthlyParts } = after;
  const changed = stillThatCompany({ ...record, version: record.version + 1 });
  return [
    auditRecord(actor, 'company.sending-changed', record.id, { ...after }, now, stillThatCompany(record)),
    {
      sql: `UPDATE companies SET time_zone = ?, day_from = ?, day_until = ?, quiet_for_all = ?, monthly_parts = ?,
          version = version + 1
        WHERE id = ? AND version = ? AND deleted_at IS NULL`,
      args: [
        timeZone,
        quietHours.from,
        quietHours.until,
        quietHours.forAll ? 1 : 0,
        monthlyParts,
        record.id,
        record.version,
      ],
    },
    ...(monthlyParts === null ? [] : countMonth(record, timeZone, changed, now)),
  ];
}

function countMonth(
  record: CompanyRecord,
  timeZone: string,
  guard: { sql: string; args: (string | number)[] },
  now: number,
): Statement[] {
  const month = monthOf(now, timeZone);
  const batches = 'organisation_id = ? AND company_id = ? AND created_at >= ?';
  const args = [record.organisationId, record.id, startOfMonth(now, timeZone)];
  return [
    {
      sql: `UPDATE batches SET quota_month = ? WHERE ${batches} AND ${guard.sql}`,
      args: [month, ...args, ...guard.args],
    },
    {
      sql: `INSERT INTO company_usage (company_id, month, parts)
        SELECT ?, ?, coalesce((SELECT -sum(l.parts) FROM batches b JOIN ledger l ON l.batch_id = b.id
          WHERE b.organisation_id = ? AND b.company_id = ? AND b.created_at >= ?), 0) WHERE ${guard.sql}
        ON CONFLICT (company_id, month) DO UPDATE SET parts = excluded.parts`,
      args: [record.id, month, ...args, ...guard.args],
    },
  ];
}
