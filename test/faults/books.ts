import { expect } from 'vitest';
import type { Database, Row } from '../../server/database/database.ts';
import { type OperatorKindName, type OperatorState, operatorKinds } from './operator-process.ts';

export interface Books {
  /** Messages by the operator that they go to, and by state. */
  states: Record<OperatorKindName, Record<string, number>>;
  messages: number;
  /** Texts that an operator took more than once. */
  twice: number;
  /** Not taken, and nobody was told that they failed. */
  lost: number;
}

/**
 * Holds the database to what must be true after anything: it is whole, the ledger balances with every message, progress
 * and states tell the same, and each text is with the operator as its state says.
 */
export async function readBooks(database: Database, operators: readonly OperatorState[]): Promise<Books> {
  const one = async (sql: string) => Number(Object.values((await database.query({ sql }))[0] ?? {})[0] ?? 0);
  const [check] = await database.query({ sql: 'PRAGMA integrity_check' });
  expect(Object.values(check ?? {})).toEqual(['ok']);

  const balance = await one('SELECT sum(parts) FROM balances');
  expect(balance).toBeGreaterThanOrEqual(0);
  expect(await one('SELECT sum(parts) FROM ledger')).toBe(balance);
  const bought = await one(`SELECT sum(parts) FROM ledger WHERE kind = 'purchase'`);
  expect(bought - balance).toBe(
    await one('SELECT coalesce(sum(coalesce(settled_parts, parts)), 0) FROM messages'),
  );
  expect(
    await one(`SELECT count(*) FROM batches b WHERE
      (SELECT -sum(parts) FROM ledger WHERE batch_id = b.id) <>
      (SELECT sum(coalesce(settled_parts, parts)) FROM messages WHERE batch_id = b.id)`),
  ).toBe(0);
  expect(
    await one(`SELECT count(*) FROM batches b JOIN batch_progress p ON p.batch_id = b.id
      WHERE b.messages <> (SELECT count(*) FROM messages WHERE batch_id = b.id)
        OR p.settled_parts <> (SELECT coalesce(sum(settled_parts), 0) FROM messages WHERE batch_id = b.id)`),
  ).toBe(0);
  for (const state of ['queued', 'sending', 'accepted', 'delivered', 'undelivered', 'rejected', 'unknown']) {
    expect(await one(`SELECT coalesce(sum(${state}), 0) FROM batch_progress`), state).toBe(
      await one(`SELECT count(*) FROM messages WHERE state = '${state}'`),
    );
  }
  expect(
    await one(`SELECT count(*) FROM batches b JOIN batch_progress p ON p.batch_id = b.id
      WHERE b.state = 'sending' AND p.queued + p.sending = 0`),
  ).toBe(0);

  const [installation] = await database.query({ sql: 'SELECT id FROM installation' });
  const states: Books['states'] = { smsapi: {}, twilio: {}, serwersms: {} };
  let lost = 0;
  let read = 0;
  for await (const { id, state, kind } of messagesOf(database)) {
    read += 1;
    const ourId = `${installation?.id}m${id}`;
    const times = operators.reduce((sum, { taken }) => sum + (taken[ourId] ?? 0), 0);
    const known = operatorKinds.find((it) => it === kind);
    if (known !== undefined) states[known][String(state)] = (states[known][String(state)] ?? 0) + 1;
    if (state === 'delivered' || state === 'accepted') {
      expect(times, `message ${id} is ${state}`).toBeGreaterThan(0);
    }
    const told = ['unknown', 'rejected', 'expired', 'cancelled'].includes(String(state));
    if (times === 0 && !told) lost += 1;
  }
  const twice = operators.flatMap(({ taken }) => Object.values(taken)).filter((times) => times > 1).length;
  return { states, messages: read, twice, lost };
}

/** In pieces: an answer of a libSQL server is 10 MB at most. */
async function* messagesOf(database: Database): AsyncGenerator<Row> {
  for (let after = 0; ; ) {
    const rows = await database.query({
      sql: `SELECT m.id, m.state, m.number, a.kind FROM messages m LEFT JOIN operator_accounts a ON a.id = m.operator
        WHERE m.id > ? ORDER BY m.id LIMIT 20000`,
      args: [after],
    });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = Number(last.id);
  }
}
