import type { TakeBackOutcome } from '../../shared/api/messages.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { requireSender } from '../access/rules.ts';
import { auditRecord, type Guard } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';
import { finishBatches, moveMessages } from './moving.ts';
import { messageIdOf } from './our-id.ts';
import { askBackStatement } from './taking-back.ts';

/**
 * Stops what is still queued of a batch and gives its parts back. What an operator may have goes on, and is to be asked
 * back from it: see `takeBackDue`. Doing it again changes nothing.
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
    askBackStatement(id, now),
    { sql: 'UPDATE batch_progress SET version = version + 1 WHERE batch_id = ?', args: [id] },
    auditRecord(actor, 'batch.cancelled', id, { messages: queued.length }, now),
  ]);
}

/**
 * Stops one message: in the queue at once, at its operator where that gives it back. Where that does not answer, it is
 * asked again later.
 * @param takeBack asks its operator, and writes the record with the wish
 * @throws {ProblemException} `not-found`, `forbidden`, or `conflict` when it is on its way or over
 */
export async function cancelMessage(
  database: Database,
  actor: Actor,
  id: number,
  now: number,
  takeBack: (record: (guard: Guard) => Statement) => Promise<TakeBackOutcome | 'waiting' | null>,
): Promise<void> {
  const [message] = await database.query({
    sql: `SELECT m.id, m.batch_id, m.state, m.operator, m.operator_message_id, b.company_id, b.origin
      FROM messages m JOIN batches b ON b.id = m.batch_id WHERE m.id = ? AND m.organisation_id = ?`,
    args: [id, actor.organisationId],
  });
  if (message === undefined) throw new ProblemException('not-found');
  requireSender(actor, String(message.company_id), message.origin === 'hrm' ? 'hrm' : 'crm');
  if (message.state === 'cancelled') return;
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
      auditRecord(actor, 'message.cancelled', messageIdOf(id), {}, now, {
        sql: `EXISTS (SELECT 1 FROM messages WHERE id = ? AND state = 'cancelled')`,
        args: [id],
      }),
    ]);
    if (results.at(-1)?.changes === 1) return;
  } else if (message.state === 'accepted' && message.operator_message_id !== null) {
    const came = await takeBack((guard) =>
      auditRecord(actor, 'message.cancelled', messageIdOf(id), { askedBack: true }, now, guard),
    );
    if (came === 'given-back' || came === 'waiting') return;
  }
  throw new ProblemException('conflict', { detail: 'It is on its way, or over' });
}
