import type { Skipped } from '../../shared/api/batches.ts';
import type { ProblemCode } from '../../shared/api/problems.ts';
import type { Guard } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';

/** What became of a batch. `skipped` holds places of its recipients. */
export type Fate =
  | { batchId: string; skipped: readonly Skipped[] }
  | { refused: ProblemCode; skipped: readonly Skipped[] };

/** What a message of a notification is known by. */
export const referenceOf = (notificationId: number): string => `hrn_${notificationId}`;

/**
 * Writes down what became of a batch's notifications. Values of fields are gone then: what is told of them is the text,
 * which is erased with the message.
 *
 * @param people in the order of the batch's recipients, each with the notifications that its text tells; the first
 *   one's reference is the message's
 */
export async function settleBatch(
  database: Database,
  people: readonly (readonly { id: number; reference: string }[])[],
  fate: Fate,
  now: number,
): Promise<void> {
  const reasons = new Map(fate.skipped.map((skip) => [skip.index, skip.reason]));
  const skipped: [number, string][] = [];
  const others: { id: number; reference: string }[] = [];
  for (const [index, told] of people.entries()) {
    const reason = reasons.get(index);
    const reference = told[0]?.reference ?? '';
    for (const { id } of told) {
      if (reason === undefined) others.push({ id, reference });
      else skipped.push([id, reason]);
    }
  }
  const statements: Statement[] = [ended('skipped', skipped, now)];
  if ('batchId' in fate) statements.push(await taken(database, others, fate.batchId, now));
  // Those of a text with holes in it are innocent of the others' holes: they are sent again without them.
  else if (fate.refused === 'fields-missing') statements.push(again(others));
  else
    statements.push(
      ended(
        'refused',
        others.map(({ id }) => [id, fate.refused]),
        now,
      ),
    );
  await database.batch(statements);
}

const ended = (state: 'skipped' | 'refused', rows: [number, string][], now: number): Statement => ({
  sql: `UPDATE hrm_notifications SET state = ?, reason = k.value ->> 1, state_at = ?, fields = NULL
    FROM json_each(?) k WHERE hrm_notifications.id = k.value ->> 0 AND state = 'waiting'`,
  args: [state, now, JSON.stringify(rows)],
});

const again = (rows: readonly { id: number }[]): Statement => ({
  sql: `UPDATE hrm_notifications SET batch_key = NULL
    WHERE state = 'waiting' AND id IN (SELECT value FROM json_each(?))`,
  args: [JSON.stringify(rows.map(({ id }) => id))],
});

async function taken(
  database: Database,
  rows: readonly { id: number; reference: string }[],
  batchId: string,
  now: number,
): Promise<Statement> {
  const messages = await database.query<{ id: number; reference: string }>({
    sql: 'SELECT id, reference FROM messages WHERE batch_id = ?',
    args: [batchId],
  });
  const byReference = new Map(messages.map((message) => [message.reference, message.id]));
  const pairs = rows.map(({ id, reference }) => [id, byReference.get(reference) ?? null]);
  return {
    sql: `UPDATE hrm_notifications SET state = 'taken', message_id = k.value ->> 1, state_at = ?, fields = NULL
      FROM json_each(?) k WHERE hrm_notifications.id = k.value ->> 0 AND state = 'waiting'`,
    args: [now, JSON.stringify(pairs)],
  };
}

/**
 * What waits to be sent is stopped, with the reason: the company does not permit texts to employees any more (R30), or
 * does not tell of that event. What is on its way into a batch already meets the gate there.
 *
 * @param guard must hold, too
 */
export const stopWaiting = (
  companyId: string,
  reason: 'hrm-not-permitted' | 'hrm-event-off',
  now: number,
  { event, guard }: { event?: string; guard?: Guard } = {},
): Statement => ({
  sql: `UPDATE hrm_notifications SET state = 'refused', reason = ?, state_at = ?, fields = NULL
    WHERE company_id = ? AND state = 'waiting' AND batch_key IS NULL AND (? IS NULL OR event = ?)
      AND call_id IN (SELECT id FROM hrm_calls WHERE company_id = ? AND taken_at IS NOT NULL)
      AND ${guard?.sql ?? 'true'}`,
  args: [reason, now, companyId, event ?? null, event ?? null, companyId, ...(guard?.args ?? [])],
});
