import type { Database, Row } from '../database/database.ts';
import type { Operator } from '../operators/operator.ts';
import { finishBatches, moveMessages } from './moving.ts';
import type { OurIds } from './our-id.ts';

/** Messages of one question to an operator. */
const together = 100;
/** What an operator has not given back by then has gone out. Milliseconds. */
const patience = 30_000;

export interface TakingBackParts {
  database: Database;
  operators: readonly Operator[];
  ourIds: OurIds;
  now(): number;
}

/** Messages that operators have and phones may not: `id`, `batch_id`, `operator` and `operator_message_id`. */
export const takenSql = `SELECT id, batch_id, operator, operator_message_id FROM messages
  WHERE state = 'accepted' AND operator_message_id IS NOT NULL`;

/**
 * Asks operators that can for accepted messages back. Those that they give back are cancelled, and their parts return to
 * the package: they are not billed. The others go on.
 * @param rows by `takenSql`
 * @returns how many were given back
 */
export async function takeBack(parts: TakingBackParts, rows: readonly Row[]): Promise<number> {
  const { database, operators, ourIds, now } = parts;
  const until = now() + patience;
  let given = 0;
  for (const operator of operators) {
    const theirs = rows.filter((row) => row.operator === operator.name);
    for (let at = 0; at < theirs.length && operator.cancel !== undefined && now() < until; at += together) {
      const asked = theirs.slice(at, at + together);
      const answers = await operator.cancel(
        asked.map((row) => ({
          ourId: ourIds.of(Number(row.id)),
          operatorMessageId: String(row.operator_message_id),
        })),
      );
      const back = asked.filter((_, place) => answers[place]?.cancelled === true);
      if (back.length === 0) continue;
      const results = await database.batch([
        ...moveMessages({
          messages: new Map(back.map((row) => [Number(row.id), null])),
          from: ['accepted'],
          to: 'cancelled',
          attempt: null,
          at: now(),
          reason: 'cancelled',
          refund: true,
        }),
        finishBatches(new Set(back.map((row) => String(row.batch_id)))),
      ]);
      // The last but one moves them: a report may have come meanwhile.
      given += results.at(-2)?.changes ?? 0;
    }
  }
  return given;
}
