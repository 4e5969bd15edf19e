import type { Guard } from '../audit/record.ts';
import { CheckViolation, type Database, type Statement } from '../database/database.ts';
import { finishBatches, moveMessages } from '../messages/moving.ts';

/** Messages stopped in one transaction; the rest follows in more. */
const atOnce = 5000;

interface Queued {
  id: number;
  batchId: string;
}

/**
 * Takes a name out of use: the change of its state and, in the same transaction, the stop of what is queued under it, with
 * the reason, and its parts given back. Past the first thousands the rest follows at once; the dispatcher asks for the
 * name's state before it sends, so none of those goes out meanwhile. What an operator has, or may have, goes on.
 *
 * @param guard must hold for any of it, e.g. that the name is as it was read
 * @returns whether it happened, and how many messages it stopped
 */
export async function takeOutOfUse(
  database: Database,
  senderNameId: string,
  change: readonly Statement[],
  guard: Guard,
  reason: string,
  now: number,
): Promise<{ happened: boolean; messages: number }> {
  let queued = await queuedUnder(database, senderNameId);
  try {
    await database.batch([must(senderNameId, guard), ...change, ...stop(queued, reason, now)]);
  } catch (error) {
    if (error instanceof CheckViolation) return { happened: false, messages: 0 };
    throw error;
  }
  let messages = queued.length;
  // A send that was accepted while we read is found here, too; later ones meet the name's new state.
  for (queued = await queuedUnder(database, senderNameId); queued.length > 0; ) {
    await database.batch(stop(queued, reason, now));
    messages += queued.length;
    queued = await queuedUnder(database, senderNameId);
  }
  return { happened: true, messages };
}

/** Undoes the whole transaction unless the guard holds: no line of a history has such a cause. */
const must = (senderNameId: string, guard: Guard): Statement => ({
  sql: `INSERT INTO sender_name_history (sender_name_id, state, cause, by, at)
        SELECT ?, 'withdrawn', 'changed meanwhile', '', 0 WHERE NOT (${guard.sql})`,
  args: [senderNameId, ...guard.args],
});

/** In id order: settling in that order walks the table once. */
async function queuedUnder(database: Database, senderNameId: string): Promise<Queued[]> {
  const rows = await database.query<{ id: number; batch_id: string }>({
    sql: `SELECT m.id, m.batch_id FROM batches AS b JOIN messages AS m ON m.batch_id = b.id
          WHERE b.sender_name_id = ? AND b.state IN ('scheduled', 'sending', 'paused')
            AND m.state = 'queued' AND m.operator IS NULL
          ORDER BY m.id LIMIT ?`,
    args: [senderNameId, atOnce],
  });
  return rows.map((row) => ({ id: row.id, batchId: row.batch_id }));
}

function stop(queued: readonly Queued[], reason: string, now: number): Statement[] {
  if (queued.length === 0) return [];
  return [
    ...moveMessages({
      messages: new Map(queued.map(({ id }) => [id, null])),
      from: ['queued'],
      to: 'cancelled',
      attempt: null,
      at: now,
      reason,
      settle: 0,
    }),
    finishBatches(new Set(queued.map(({ batchId }) => batchId))),
  ];
}
