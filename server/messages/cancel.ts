import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { requireSender } from '../access/rules.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Row } from '../database/database.ts';
import { finishBatches, moveMessages } from './moving.ts';
import { messageIdOf } from './our-id.ts';
import { takenSql } from './taking-back.ts';

/**
 * Stops what is still queued of a batch and gives its parts back. What an operator may have goes on. Doing it again
 * changes nothing.
 * @returns what operators have, to be asked back from them: see `takeBack`
 * @throws {ProblemException} `not-found`, `forbidden`, or `conflict` when all of it is sent
 */
export async function cancelBatch(database: Database, actor: Actor, id: string, now: number): Promise<Row[]> {
  const [[batch] = [], queued = [], taken = []] = await database.queries([
    {
      sql: 'SELECT company_id, origin, state FROM batches WHERE id = ? AND organisation_id = ?',
      args: [id, actor.organisationId],
    },
    // One that an operator may hold (its last call was not seen to end) is not given back.
    {
      sql: `SELECT id FROM messages WHERE batch_id = ? AND state = 'queued' AND operator IS NULL ORDER BY id`,
      args: [id],
    },
    { sql: `${takenSql} AND batch_id = ? ORDER BY id`, args: [id] },
  ]);
  if (batch === undefined) throw new ProblemException('not-found');
  requireSender(actor, String(batch.company_id), batch.origin === 'hrm' ? 'hrm' : 'crm');
  if (batch.state === 'cancelled') return taken;
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
  return taken;
}

/**
 * Stops one message: in the queue at once, at its operator where that gives it back.
 * @param takeBackOne asks its operator; true: it was given back
 * @throws {ProblemException} `not-found`, `forbidden`, or `conflict` when it is on its way or over
 */
export async function cancelMessage(
  database: Database,
  actor: Actor,
  id: number,
  now: number,
  takeBackOne: (row: Row) => Promise<boolean>,
): Promise<void> {
  const [message] = await database.query({
    sql: `SELECT m.id, m.batch_id, m.state, m.operator, m.operator_message_id, b.company_id, b.origin
      FROM messages m JOIN batches b ON b.id = m.batch_id WHERE m.id = ? AND m.organisation_id = ?`,
    args: [id, actor.organisationId],
  });
  if (message === undefined) throw new ProblemException('not-found');
  requireSender(actor, String(message.company_id), message.origin === 'hrm' ? 'hrm' : 'crm');
  if (message.state === 'cancelled') return;
  const record = auditRecord(actor, 'message.cancelled', messageIdOf(id), {}, now, {
    sql: `EXISTS (SELECT 1 FROM messages WHERE id = ? AND state = 'cancelled')`,
    args: [id],
  });
  if (message.state === 'queued' && message.operator === null) {
    const results = await database.batch([
      ...moveMessages({
        messages: new Map([[id, null]]),
        from: ['queued'],
        to: 'cancelled',
        attempt: null,
        at: now,
        reason: 'cancelled',
        settle: 0,
      }),
      finishBatches([String(message.batch_id)]),
      record,
    ]);
    if (results.at(-1)?.changes === 1) return;
  } else if (
    message.state === 'accepted' &&
    message.operator_message_id !== null &&
    (await takeBackOne(message))
  ) {
    await database.batch([record]);
    return;
  }
  throw new ProblemException('conflict', { detail: 'It is on its way, or over' });
}
