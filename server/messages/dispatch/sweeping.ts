import type { Database, Statement } from '../../database/database.ts';
import type { Operator } from '../../operators/operator.ts';
import { finishBatches, type Move, moveMessages } from '../moving.ts';

const most = 1000;

/**
 * Leases that ran out: their dispatcher is gone, or its call took longer than it may. A message whose call was not
 * written down was never sent and goes back into the queue. One whose call was is sent again only to an operator that
 * refuses our id the second time; else nobody knows, and the operator is asked.
 *
 * @returns how many messages were freed
 */
export async function sweepLeases(
  database: Database,
  operators: readonly Operator[],
  now: number,
): Promise<number> {
  const rows = await database.query({ sql: lostSql, args: [now, most] });
  if (rows.length === 0) return 0;
  const deduplicates = new Set(operators.filter((it) => it.capabilities.deduplicates).map((it) => it.name));
  const moves = new Map<string, Move & { messages: Map<number, null> }>();
  const tried = new Map<number, number[]>();
  for (const row of rows) {
    const id = Number(row.id);
    const attempt = Number(row.attempts);
    const operator = row.operator === null ? null : String(row.operator);
    const again = operator === null || deduplicates.has(operator);
    const key = `${attempt} ${operator} ${again}`;
    let move = moves.get(key);
    if (move === undefined) {
      move = {
        messages: new Map(),
        from: ['sending'],
        to: again ? 'queued' : 'unknown',
        attempt,
        // A call may be written down at this moment, which holds the message for longer.
        leaseOver: now,
        at: now,
        dueAt: now,
        ...(operator === null ? {} : { operator, reason: 'the call was not seen to end' }),
      };
      moves.set(key, move);
    }
    move.messages.set(id, null);
    if (operator !== null) tried.set(attempt, [...(tried.get(attempt) ?? []), id]);
  }
  const statements: Statement[] = [...tried].map(([attempt, ids]) => ({
    sql: `UPDATE attempts SET outcome = 'unknown', detail = 'the call was not seen to end'
      WHERE number = ? AND outcome IS NULL AND message_id IN (
        SELECT m.id FROM json_each(?) c JOIN messages m ON m.id = c.value WHERE m.lease_until <= ?)`,
    args: [attempt, JSON.stringify(ids), now],
  }));
  for (const move of moves.values()) statements.push(...moveMessages(move));
  statements.push(finishBatches(new Set(rows.map((row) => String(row.batch_id)))));
  await database.batch(statements);
  return rows.length;
}

const lostSql = `
SELECT m.id, m.attempts, m.batch_id, c.operator
FROM messages m
LEFT JOIN attempts a ON a.message_id = m.id AND a.number = m.attempts
LEFT JOIN operator_calls c ON c.id = a.call_id
WHERE m.state = 'sending' AND m.lease_until <= ? ORDER BY m.id LIMIT ?`;
