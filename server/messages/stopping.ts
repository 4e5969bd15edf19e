import type { Database, Statement, Value } from '../database/database.ts';
import { finishBatches, moveMessages } from './moving.ts';

/** Messages stopped in one transaction; the rest follows in more. */
const atOnce = 5000;

/**
 * Stops what is queued in batches of which `where` holds (`b`: batches), with the reason, and gives its parts back. What
 * an operator has, or may have, goes on; what is on its way to one meets its batch's state when it comes back.
 * @returns how many messages it stopped
 */
export async function stopQueued(
  database: Database,
  where: { sql: string; args: readonly Value[] },
  reason: string,
  now: number,
): Promise<number> {
  let stopped = 0;
  for (;;) {
    const rows = await database.query<{ id: number; batch_id: string }>({
      sql: `SELECT m.id, m.batch_id FROM batches b JOIN messages m ON m.batch_id = b.id
        WHERE ${where.sql} AND b.state IN ('scheduled', 'sending', 'paused')
          AND m.state = 'queued' AND m.operator IS NULL
        ORDER BY m.id LIMIT ?`,
      args: [...where.args, atOnce],
    });
    if (rows.length === 0) return stopped;
    await database.batch(stopStatements(rows, reason, now));
    stopped += rows.length;
  }
}

function stopStatements(
  rows: readonly { id: number; batch_id: string }[],
  reason: string,
  now: number,
): Statement[] {
  return [
    // In id order: settling in that order walks the table once.
    ...moveMessages({
      messages: new Map(rows.map(({ id }) => [id, null])),
      from: ['queued'],
      to: 'cancelled',
      attempt: null,
      at: now,
      reason,
      settle: 0,
    }),
    finishBatches(new Set(rows.map((row) => row.batch_id))),
  ];
}

/** The company may not send to employees any more (R30). */
export const stopEmployeeTexts = (
  database: Database,
  organisationId: string,
  companyId: string,
  now: number,
): Promise<number> =>
  stopQueued(
    database,
    {
      sql: `b.organisation_id = ? AND b.company_id = ? AND b.origin = 'hrm'`,
      args: [organisationId, companyId],
    },
    'hrm-not-permitted',
    now,
  );

/** The company is gone. */
export const stopCompanyTexts = (
  database: Database,
  organisationId: string,
  companyId: string,
  now: number,
): Promise<number> =>
  stopQueued(
    database,
    { sql: 'b.organisation_id = ? AND b.company_id = ?', args: [organisationId, companyId] },
    'company-deleted',
    now,
  );
