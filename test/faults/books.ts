import { expect } from 'vitest';
import type { Database } from '../../server/database/database.ts';
import type { OperatorState } from './operator-process.ts';

export interface Books {
  /** Messages by state. */
  states: Record<string, number>;
  messages: number;
  /** Taken by the operator more than once. */
  twice: number;
  /** Not taken, and nobody was told that they failed. */
  lost: number;
}

/**
 * Holds the database to what must be true after anything: it is whole, the ledger balances with every message, progress
 * and states tell the same, and each text is with the operator as its state says.
 */
export async function readBooks(database: Database, { taken }: OperatorState): Promise<Books> {
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
  const rows = await database.query({ sql: 'SELECT id, state, settled_parts FROM messages' });
  const states: Record<string, number> = {};
  let lost = 0;
  for (const { id, state } of rows) {
    states[String(state)] = (states[String(state)] ?? 0) + 1;
    const times = taken[`${installation?.id}m${id}`] ?? 0;
    if (state === 'delivered' || state === 'accepted')
      expect(times, `message ${id} is ${state}`).toBeGreaterThan(0);
    if (times === 0 && !['unknown', 'rejected', 'expired', 'cancelled'].includes(String(state))) lost += 1;
  }
  return {
    states,
    messages: rows.length,
    twice: Object.values(taken).filter((times) => times > 1).length,
    lost,
  };
}
