import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { requireSender } from '../access/rules.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database } from '../database/database.ts';
import { moveMessages } from './moving.ts';

/**
 * Stops what is still queued of a batch and gives its parts back. What an operator has, or may have, goes on. Doing it
 * again changes nothing.
 * @throws {ProblemException} `not-found`, `forbidden`, or `conflict` when all of it is sent
 */
export async function cancelBatch(database: Database, actor: Actor, id: string, now: number): Promise<void> {
  const [[batch] = [], queued = []] = await database.queries([
    {
      sql: 'SELECT company_id, origin, state FROM batches WHERE id = ? AND organisation_id = ?',
      args: [id, actor.organisationId],
    },
    // One that an operator may hold (its last call was not seen to end) is not given back.
    {
      sql: `SELECT id FROM messages WHERE batch_id = ? AND state = 'queued' AND operator IS NULL ORDER BY id`,
      args: [id],
    },
  ]);
  if (batch === undefined) throw new ProblemException('not-found');
  requireSender(actor, String(batch.company_id), batch.origin === 'hrm' ? 'hrm' : 'crm');
  if (batch.state === 'cancelled') return;
  if (batch.state === 'finished')
    throw new ProblemException('conflict', { detail: 'All of it is sent already' });
  await database.batch([
    ...moveMessages({
      messages: new Map(queued.map((row) => [Number(row.id), null])),
      from: ['queued'],
      to: 'cancelled',
      attempt: null,
      at: now,
      reason: 'cancelled',
      settle: 0,
    }),
    // Messages that are on their way meet this when they come back into the queue: see `readStops`.
    {
      sql: `UPDATE batches SET state = 'cancelled' WHERE id = ? AND state IN ('scheduled', 'sending')`,
      args: [id],
    },
    { sql: 'UPDATE batch_progress SET version = version + 1 WHERE batch_id = ?', args: [id] },
    auditRecord(actor, 'batch.cancelled', id, { messages: queued.length }, now),
  ]);
}
