import { afterEach, describe, expect, test } from 'vitest';
import type { Database } from '../../database/database.ts';
import { createSandbox } from '../../operators/sandbox/sandbox.ts';
import { mobile, type Office, office } from '../fixture.node.ts';
import { lease } from './leasing.ts';

let it: Office;
afterEach(() => it.end());

const leaseTime = 90_000;

/** A dispatcher takes what is due and is never heard of again; with `written`, after it wrote its call down. */
async function dieAfterLease(written: boolean): Promise<void> {
  const now = it.clock.now();
  await it.database.batch(lease({ owner: 'gone.1', now, until: now + leaseTime, most: 100, without: [] }));
  if (!written) return;
  await it.rows(
    `INSERT INTO operator_calls (id, operator, first_message_id, messages, started_at) VALUES (1, 'sandbox', 1, 1, ?)`,
    now,
  );
  await it.rows(
    'INSERT INTO attempts (message_id, number, call_id, at) SELECT id, attempts, 1, ? FROM messages',
    now,
  );
}

describe('a dispatcher that is gone', () => {
  test('what it held and never called for is sent by another, once its lease is over', async () => {
    it = await office();
    await it.send([mobile(0)]);
    await dieAfterLease(false);
    await it.after(leaseTime - 1);
    expect(await it.states()).toEqual(['sending']);
    await it.after(1);
    await it.after(0);
    expect(await it.states()).toEqual(['accepted']);
  });

  test('a call that it wrote down is made again where the operator refuses our id the second time', async () => {
    it = await office();
    await it.send([mobile(0)]);
    await dieAfterLease(true);
    await it.after(leaseTime);
    await it.after(5000);
    expect(await it.states()).toEqual(['delivered']);
    expect(await it.rows('SELECT outcome FROM attempts ORDER BY number')).toEqual([
      { outcome: 'unknown' },
      { outcome: 'accepted' },
    ]);
  });

  test('elsewhere nobody sends it again: the operator is asked, and what it does not know stays unknown', async () => {
    it = await office({
      operator: ({ database, clock }) => createSandbox({ database, clock, deduplicates: false }),
    });
    await it.send([mobile(0)]);
    await dieAfterLease(true);
    await it.after(leaseTime);
    for (let hours = 0; hours < 100; hours++) await it.after(3_600_000);
    expect(await it.states()).toEqual(['unknown']);
    expect(await it.rows('SELECT count(*) AS n FROM sandbox_texts')).toEqual([{ n: 0 }]);
    expect(await it.rows('SELECT reason, settled_parts FROM messages')).toEqual([
      { reason: 'not-confirmed', settled_parts: 1 },
    ]);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 299 }]);
  });

  test('a late answer of its own call still counts, when nobody has touched the message since', async () => {
    it = await office({
      operator: ({ database, clock }) => {
        const sandbox = createSandbox({ database, clock, deduplicates: false });
        return {
          ...sandbox,
          send: async (call) => {
            // The clock runs on during the call, and another dispatcher sweeps.
            clock.forward(leaseTime + 1);
            const { sweepLeases } = await import('./sweeping.ts');
            await sweepLeases(database, [sandbox], clock.now());
            return sandbox.send(call);
          },
        };
      },
    });
    await it.send([mobile(0)]);
    await it.after(0);
    expect((await it.states())[0]).toMatch(/accepted|delivered/);
  });

  test('a call that is written down while another sweeps is not made a second time', async () => {
    const sandbox = () => createSandbox({ ...it, deduplicates: false });
    it = await office({
      operator: ({ database, clock }) => createSandbox({ database, clock, deduplicates: false }),
    });
    await it.send([mobile(0)]);
    await dieAfterLease(false);
    it.clock.forward(leaseTime);
    const now = it.clock.now();
    const racing: Database = {
      ...it.database,
      // The sweeper has looked; now the one that holds the message writes its call down.
      query: async (statement) => {
        const rows = await it.database.query(statement);
        await it.database.batch([
          {
            sql: `INSERT INTO operator_calls (id, operator, first_message_id, messages, started_at) VALUES (1, 'sandbox', 1, 1, ?)`,
            args: [now],
          },
          {
            sql: 'INSERT INTO attempts (message_id, number, call_id, at) SELECT id, attempts, 1, ? FROM messages',
            args: [now],
          },
          { sql: 'UPDATE messages SET lease_until = ?', args: [now + leaseTime] },
        ]);
        return rows as never;
      },
    };
    const { sweepLeases } = await import('./sweeping.ts');
    await sweepLeases(racing, [sandbox()], now);
    expect(await it.states()).toEqual(['sending']);
    expect(await it.rows('SELECT queued, sending FROM batch_progress')).toEqual([{ queued: 0, sending: 1 }]);
    expect(await it.rows('SELECT outcome FROM attempts')).toEqual([{ outcome: null }]);
  });
});
