import type { Database, Row } from '../../database/database.ts';
import type { WireReport } from './reports.ts';
import { storeRaw } from './sandbox.ts';

/** Reports in one raw push, like operators that send them in lists. */
const together = 500;

/**
 * The phones' delivery reports whose time has come, put into the inbox as an operator's push would be: usually once,
 * on demand twice or in the wrong order.
 * @returns how many texts were reported
 */
export async function deliverReports(database: Database, now: number): Promise<number> {
  const rows = await database.query({
    sql: `SELECT operator_message_id, our_id, parts, fault, report_state, accepted_at, report_due_at FROM sandbox_texts
      WHERE reported_at IS NULL AND report_due_at <= ? ORDER BY report_due_at LIMIT ?`,
    args: [now, together],
  });
  if (rows.length === 0) return 0;
  const reports = rows.flatMap(reportsFor);
  const again = rows.filter((row) => row.fault === 'report-twice').flatMap(reportsFor);
  await database.batch([
    storeRaw(JSON.stringify(reports), now),
    ...(again.length > 0 ? [storeRaw(JSON.stringify(again), now)] : []),
    {
      sql: 'UPDATE sandbox_texts SET reported_at = ? WHERE our_id IN (SELECT value FROM json_each(?))',
      args: [now, JSON.stringify(rows.map((row) => row.our_id))],
    },
  ]);
  return rows.length;
}

function reportsFor(row: Row): WireReport[] {
  const final: WireReport = {
    id: String(row.operator_message_id),
    ourId: String(row.our_id),
    state: row.report_state as WireReport['state'],
    parts: Number(row.parts),
    at: Number(row.report_due_at),
  };
  if (row.fault !== 'reports-disordered') return [final];
  return [final, { ...final, state: 'accepted', at: Number(row.accepted_at) }];
}

/** Milliseconds until the next report is due; null: none is waiting. */
export async function nextReport(database: Database, now: number): Promise<number | null> {
  const [row] = await database.query({
    sql: 'SELECT min(report_due_at) AS at FROM sandbox_texts WHERE reported_at IS NULL AND report_due_at IS NOT NULL',
  });
  return row?.at === null || row?.at === undefined ? null : Math.max(0, Number(row.at) - now);
}
