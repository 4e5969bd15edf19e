import type { Database, Statement } from '../../database/database.ts';
import type { AskedMessage, Operator } from '../../operators/operator.ts';
import { askAgain, askFor, never } from '../dispatch/verdicts.ts';
import { moveMessages } from '../moving.ts';
import type { OurIds } from '../our-id.ts';
import { applyReports, findMessages, type ReadReport } from './matching.ts';

/** Ids in one question: SerwerSMS takes 500. */
const most = 500;

export interface AskingParts {
  database: Database;
  operators: readonly Operator[];
  ourIds: OurIds;
  random?: () => number;
}

/**
 * Asks operators about messages whose fate is unknown, and about those whose report has not come. Who gets no answer
 * is asked again, ever more rarely, for three days; then an `unknown` one keeps its parts charged, for the call may
 * well have ended after the operator had taken it, and is left as it is.
 * @returns whether more are waiting to be asked about
 */
export async function askOperators(parts: AskingParts, now: number): Promise<boolean> {
  const { database, operators, ourIds } = parts;
  const rows = await database.query({ sql: dueSql, args: [now, most] });
  if (rows.length === 0) return false;
  const asked = new Map<string, AskedMessage[]>();
  const later: Record<number, number> = {};
  const givenUp = new Map<number, null>();
  for (const row of rows) {
    const id = Number(row.id);
    const sentAt = Number(row.sent_at ?? row.state_at);
    const again = askAgain(sentAt, now, (parts.random ?? Math.random)());
    later[id] = Math.round(again ?? never);
    if (again === null && now - sentAt > askFor && row.state === 'unknown') givenUp.set(id, null);
    const operator = String(row.operator);
    const list = asked.get(operator) ?? [];
    list.push({
      ourId: ourIds.of(id),
      operatorMessageId: row.operator_message_id === null ? null : String(row.operator_message_id),
      number: String(row.number),
      text: String(row.text ?? ''),
      sentAt,
    });
    asked.set(operator, list);
  }
  // Before the question: an operator that hangs is not asked about the same ones in every round.
  await database.batch([
    {
      sql: `UPDATE messages SET due_at = c.value FROM json_each(?) c
        WHERE messages.id = CAST(c.key AS INTEGER) AND state IN ('accepted', 'unknown')`,
      args: [JSON.stringify(later)],
    },
  ]);
  const read: ReadReport[] = [];
  for (const [name, list] of asked) {
    const operator = operators.find((it) => it.name === name);
    if (operator === undefined) continue;
    for (const report of await operator.reportsOf(list)) read.push({ operator: name, report, reportId: 0 });
  }
  const { found } = await findMessages(parts, read);
  const statements: Statement[] = applyReports(found, now);
  if (givenUp.size > 0) {
    statements.push(
      ...moveMessages({
        messages: givenUp,
        from: ['unknown'],
        to: 'unknown',
        attempt: null,
        at: now,
        reason: 'not-confirmed',
        settle: 'own',
      }),
    );
  }
  if (statements.length > 0) await database.batch(statements);
  return rows.length === most;
}

const dueSql = `
SELECT m.id, m.state, m.state_at, m.number, m.text, m.operator, m.operator_message_id,
  (SELECT max(at) FROM attempts a WHERE a.message_id = m.id) AS sent_at
FROM messages m
WHERE m.state IN ('accepted', 'unknown') AND m.due_at <= ? ORDER BY m.due_at LIMIT ?`;
