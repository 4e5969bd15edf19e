import type { z } from 'zod';
import type { HrmReportQuery, HrmReportRow } from '../../shared/api/hrm-results.ts';
import { maskNumber } from '../../shared/phone/check.ts';
import type { Actor } from '../access/actor.ts';
import { maySeeNumbers } from '../access/rules.ts';
import type { CompanyRecord } from '../companies/store.ts';
import type { Database, Row, Value } from '../database/database.ts';
import { startOfDay } from '../messages/local-time.ts';
import { stateSql } from './calls.ts';
import { secretEvents } from './secrets.ts';

export type ReportFilter = Omit<z.infer<typeof HrmReportQuery>, 'cursor' | 'limit'>;

/** Rows of a report, newest first, from one before on. Secret texts stay away, as do erased ones. */
export async function reportBefore(
  database: Database,
  actor: Actor,
  company: CompanyRecord,
  filter: ReportFilter,
  { before, limit }: { before: number | null; limit: number },
): Promise<HrmReportRow[]> {
  const conditions = conditionsOf(company, filter);
  const rows = await database.query({
    sql: `${reportSql} WHERE n.company_id = ? AND n.id < ? ${conditions.map(({ sql }) => `AND ${sql}`).join(' ')}
      ORDER BY n.id DESC LIMIT ?`,
    args: [company.id, before ?? Number.MAX_SAFE_INTEGER, ...conditions.flatMap(({ args }) => args), limit],
  });
  const whole = maySeeNumbers(actor);
  return rows.map((row) => rowOf(row, whole));
}

function conditionsOf(
  { timeZone }: CompanyRecord,
  { from, to, event, employee, state, call }: ReportFilter,
): { sql: string; args: Value[] }[] {
  const conditions: { sql: string; args: Value[] }[] = [];
  if (from !== undefined) {
    conditions.push({ sql: 'n.created_at >= ?', args: [startOfDay(from, timeZone)] });
  }
  if (to !== undefined) conditions.push({ sql: 'n.created_at < ?', args: [startOfDay(to, timeZone, 1)] });
  if (event !== undefined) conditions.push({ sql: 'n.event = ?', args: [event] });
  if (state !== undefined) conditions.push({ sql: `${stateSql} = ?`, args: [state] });
  if (call !== undefined) conditions.push({ sql: 'n.call_id = ?', args: [call] });
  if (employee !== undefined && employee !== '') {
    const like = `%${employee.replace(/[\\%_]/g, '\\$&')}%`;
    conditions.push({
      sql: `(n.employee = ? OR n.person = ? OR n.name LIKE ? ESCAPE '\\')`,
      args: [employee, employee, like],
    });
  }
  return conditions;
}

/** An employee known by the number alone is masked with it. */
function rowOf(row: Row, whole: boolean): HrmReportRow {
  const shown = (text: Value): string =>
    whole || !/^\+?[\d ()-]{7,}$/.test(String(text)) ? String(text) : maskNumber(String(text));
  const event = String(row.event) as HrmReportRow['event'];
  return {
    id: Number(row.id),
    callId: String(row.call_id),
    at: Number(row.created_at),
    event,
    employee: shown(row.employee ?? ''),
    person: shown(row.person ?? ''),
    name: String(row.name),
    number: shown(row.number ?? ''),
    state: String(row.state_now) as HrmReportRow['state'],
    stateAt: Number(row.state_since),
    reason: String(row.why),
    text: row.text === null || secretEvents.has(event) ? null : String(row.text),
    together: Number(row.together),
  };
}

const reportSql = `
SELECT n.*, ${stateSql} AS state_now, coalesce(m.state_at, n.state_at) AS state_since,
  coalesce(m.reason, n.reason) AS why, m.text,
  iif(n.message_id IS NULL, 1, (SELECT count(*) FROM hrm_notifications t WHERE t.message_id = n.message_id)) AS together
FROM hrm_notifications n
JOIN hrm_calls c ON c.id = n.call_id AND c.taken_at IS NOT NULL
LEFT JOIN messages m ON m.id = n.message_id`;
