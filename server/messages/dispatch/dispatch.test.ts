import { afterEach, describe, expect, test } from 'vitest';
import type { Database } from '../../database/database.ts';
import { testRuntime } from '../../database/temporary.node.ts';
import { createSandbox, storeRaw } from '../../operators/sandbox/sandbox.ts';
import { mobile, type Office, office } from '../fixture.node.ts';
import { ourIds } from '../our-id.ts';
import { matchReports } from '../reports/matching.ts';

let it: Office;
afterEach(() => it.end());

const hour = 3_600_000;

/** A number that the sandbox plays a fault on. */
const fault = (digits: string): string => `+48600300${digits}`;

async function progress() {
  const [row] = await it.rows('SELECT * FROM batch_progress');
  return row ?? {};
}

describe('dispatch', () => {
  test('a batch is sent, reported and finished, and its parts are settled', async () => {
    it = await office();
    const { id } = await it.send([mobile(0), mobile(1), mobile(2)]);
    await it.after(0);
    expect(await it.states()).toEqual(['accepted', 'accepted', 'accepted']);
    expect((await it.rows('SELECT state FROM batches WHERE id = ?', id))[0]?.state).toBe('finished');
    await it.after(2000);
    expect(await it.states()).toEqual(['delivered', 'delivered', 'delivered']);
    expect(await progress()).toMatchObject({
      queued: 0,
      sending: 0,
      accepted: 0,
      delivered: 3,
      settled_parts: 3,
    });
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 297 }]);
    expect(await it.rows('SELECT outcome, messages FROM operator_calls')).toEqual([
      { outcome: 'accepted', messages: 3 },
    ]);
    expect(await it.rows('SELECT count(*) AS n FROM sandbox_texts')).toEqual([{ n: 3 }]);
  });

  test('a scheduled batch waits for its time', async () => {
    it = await office();
    await it.send([mobile(0)], { scheduledAt: it.clock.now() + hour });
    await it.after(hour - 1);
    expect(await it.states()).toEqual(['queued']);
    await it.after(1);
    expect(await it.states()).toEqual(['accepted']);
  });

  test('single sends overtake a sending of thousands', async () => {
    it = await office({ balance: 6000 });
    await it.send(Array.from({ length: 5000 }, (_, at) => mobile(at)));
    await it.send([mobile(6000)]);
    await it.after(0);
    const [first] = await it.rows(
      'SELECT min(id) AS first FROM sandbox_texts WHERE number = ?',
      mobile(6000),
    );
    // Calls that are under way at once come over a network in any order: six of 500 at most are before it.
    expect(first?.first).toBeLessThanOrEqual(testRuntime() === 'node-file' ? 1 : 3001);
    expect(new Set(await it.states())).toEqual(new Set(['accepted']));
  });

  test('R21: a name that lost its authorisation stops what is queued, and the parts come back', async () => {
    it = await office();
    await it.send([mobile(0), mobile(1)], { scheduledAt: it.clock.now() + hour });
    await it.rows(`UPDATE sender_names SET state = 'deactivated'`);
    await it.after(hour);
    expect(await it.states()).toEqual(['rejected', 'rejected']);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 300 }]);
    expect(await it.rows('SELECT count(*) AS n FROM sandbox_texts')).toEqual([{ n: 0 }]);
  });

  test('R21: a pending effective name holds messages until it is authorised', async () => {
    it = await office();
    await it.send([mobile(0)], { scheduledAt: it.clock.now() + hour });
    await it.rows(`UPDATE sender_names SET state = 'submitted'`);
    await it.after(hour);
    expect(await it.states()).toEqual(['queued']);
    await it.rows(`UPDATE sender_names SET state = 'authorised'`);
    await it.after(60_000);
    expect(await it.states()).toEqual(['accepted']);
  });

  test('R30: turning the HRM permission off stops queued HRM messages', async () => {
    it = await office();
    await it.rows('UPDATE companies SET hrm_permission = 1');
    await it.rows(
      `INSERT INTO sites (id, organisation_id, host_pattern, kind, changed_at) VALUES ('s', 'org_1', 'hr.example', 'hrm', 1)`,
    );
    const { anna } = await import('../fixture.node.ts');
    const { draftTo } = await import('../fixture.node.ts');
    await it.acceptance.send({
      actor: { ...anna, roles: ['hr'] },
      draft: draftTo([mobile(0)], {
        pageUrl: 'https://hr.example/people',
        scheduledAt: it.clock.now() + hour,
      }),
      idempotencyKey: 'hr',
      fingerprint: 'hr',
    });
    await it.rows('UPDATE companies SET hrm_permission = 0');
    await it.after(hour);
    expect(await it.states()).toEqual(['cancelled']);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 300 }]);
  });

  test('a number that opts out before a scheduled batch is left out of it', async () => {
    it = await office();
    await it.send([mobile(0), mobile(1)], { scheduledAt: it.clock.now() + hour });
    await it.rows(
      `INSERT INTO opt_outs (organisation_id, number, source, at) VALUES ('org_1', ?, 'STOP', 1)`,
      mobile(1),
    );
    await it.after(hour);
    expect(await it.states()).toEqual(['accepted', 'rejected']);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 299 }]);
  });
});

describe('outcomes', () => {
  test('rejected by the operator: never sent, parts given back', async () => {
    it = await office();
    await it.send([fault('003'), mobile(0)]);
    await it.after(0);
    expect(await it.states()).toEqual(['rejected', 'accepted']);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 299 }]);
    expect(await it.rows(`SELECT outcome FROM operator_calls`)).toEqual([{ outcome: 'mixed' }]);
  });

  test('retryable: tried again with back-off until it is taken, once', async () => {
    it = await office();
    await it.send([fault('005')]);
    await it.after(0);
    expect(await it.states()).toEqual(['queued']);
    await it.after(1000);
    expect((await it.rows('SELECT count(*) AS n FROM attempts'))[0]?.n).toBe(1);
    await it.after(10_000);
    await it.after(10_000);
    expect(await it.states()).toEqual(['accepted']);
    expect(await it.rows('SELECT number, outcome FROM attempts ORDER BY number')).toEqual([
      { number: 1, outcome: 'retryable' },
      { number: 2, outcome: 'retryable' },
      { number: 3, outcome: 'accepted' },
    ]);
  });

  test('Retry-After is honoured', async () => {
    it = await office();
    await it.send([fault('015')]);
    await it.after(0);
    const [row] = await it.rows('SELECT due_at FROM messages');
    expect(Number(row?.due_at)).toBeGreaterThanOrEqual(it.clock.now() + 2000);
  });

  test('what cannot be handed over in its time expires, and its parts come back', async () => {
    it = await office();
    await it.send([fault('012')]);
    for (let hours = 0; hours <= 24; hours++) await it.after(hour);
    await it.after(1000);
    expect(await it.states()).toEqual(['expired']);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 300 }]);
  });

  test('a refused sender name pauses the name, not the others', async () => {
    it = await office();
    await it.send([fault('011')]);
    await it.after(0);
    await it.send([mobile(0)]);
    await it.after(0);
    expect(await it.states()).toEqual(['queued', 'queued']);
    expect(await it.rows('SELECT sender_name, times FROM operator_pauses')).toEqual([
      { sender_name: 'Firma Nowak', times: 1 },
    ]);
    await it.after(15 * 60_000);
    expect((await it.states())[1]).toBe('accepted');
  });

  test('unknown at an operator that deduplicates: sent again under the same id, on the phone once', async () => {
    it = await office();
    await it.send([fault('004')]);
    await it.after(0);
    expect(await it.states()).toEqual(['queued']);
    await it.after(10_000);
    expect(await it.states()).toEqual(['delivered']);
    expect(await it.rows('SELECT count(*) AS n FROM sandbox_texts')).toEqual([{ n: 1 }]);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 299 }]);
  });

  test('a call that answers for some of its messages leaves the others unknown', async () => {
    it = await office({ settings: {} });
    await it.send([fault('018'), mobile(0)]);
    await it.after(0);
    expect(await it.rows('SELECT outcome FROM attempts ORDER BY message_id')).toEqual([
      { outcome: 'unknown' },
      { outcome: 'accepted' },
    ]);
  });

  test('an operator that counts more parts than the package has is paid what is there, never below zero', async () => {
    it = await office({ balance: 1 });
    await it.send([fault('014')]);
    await it.after(0);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 0 }]);
    expect(await it.rows(`SELECT parts, note FROM ledger WHERE kind = 'settle'`)).toEqual([
      { parts: 0, note: 'not covered: 1' },
    ]);
    expect(await it.rows('SELECT settled_parts FROM messages')).toEqual([{ settled_parts: 2 }]);
  });

  test('an operator that counts more parts is settled by its count', async () => {
    it = await office({ balance: 10 });
    await it.send([fault('014')]);
    await it.after(0);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 8 }]);
  });
});

describe('delivery reports', () => {
  test.each([
    ['001', 'undelivered'],
    ['002', 'expired'],
    ['006', 'delivered'],
    ['007', 'delivered'],
    ['008', 'delivered'],
    ['009', 'accepted'],
    ['010', 'delivered'],
    ['016', 'rejected'],
  ])('%s ends as %s', async (digits, state) => {
    it = await office();
    await it.send([fault(digits)]);
    await it.after(0);
    await it.after(3000);
    expect(await it.states()).toEqual([state]);
    expect(await it.rows('SELECT parts FROM balances')).toEqual([{ parts: 299 }]);
    const reports = await it.rows('SELECT state FROM message_reports');
    expect(reports.length).toBe(digits === '008' ? 2 : digits === '009' ? 0 : 1);
    expect(await it.rows('SELECT count(*) AS n FROM reports WHERE processed_at IS NULL')).toEqual([{ n: 0 }]);
  });

  test('a report that nobody can read is put aside, and those beside it count', async () => {
    it = await office();
    await it.send([mobile(0)]);
    await it.after(0);
    for (const raw of ['', '{', '[[]]', `[{"id":"${'x'.repeat(5000)}","state":"delivered"}]`, 'null']) {
      await it.rows(
        `INSERT INTO reports (operator, raw, received_at, try_at) VALUES ('sandbox', ?, 1, 1)`,
        raw,
      );
    }
    await it.rows(`INSERT INTO reports (operator, raw, received_at, try_at) VALUES ('nobody', 'x', 1, 1)`);
    await it.after(2000);
    expect(await it.states()).toEqual(['delivered']);
  });

  test('a report that comes while its message is taken for another try waits for the end of that try', async () => {
    it = await office();
    const operator = createSandbox({ database: it.database, clock: it.clock });
    const ids = await ourIds(it.database);
    await it.send([mobile(0)]);
    await it.after(0);
    await it.rows(`UPDATE messages SET state = 'unknown', operator_message_id = NULL`);
    const report = { id: 'S1', ourId: ids.of(1), state: 'delivered', parts: 1, at: it.clock.now() };
    await it.database.batch([storeRaw(JSON.stringify([report]), it.clock.now())]);
    const found = it.database.queries.bind(it.database);
    const database: Database = {
      query: (statement) => it.database.query(statement),
      tuples: (statement) => it.database.tuples(statement),
      batch: (statements) => it.database.batch(statements),
      close: async () => {},
      queries: async (statements) => {
        const rows = await found(statements);
        // Between the look and the move, as another server would.
        await it.rows(`UPDATE messages SET state = 'sending'`);
        return rows;
      },
    };
    await matchReports({ database, operators: [operator], ourIds: ids }, it.clock.now());
    expect(await it.states()).toEqual(['sending']);
    await it.rows(`UPDATE messages SET state = 'accepted'`);
    it.clock.forward(1000);
    await matchReports({ database: it.database, operators: [operator], ourIds: ids }, it.clock.now());
    expect(await it.states()).toEqual(['delivered']);
    expect(await it.rows('SELECT count(*) AS n FROM reports WHERE processed_at IS NULL')).toEqual([{ n: 0 }]);
  });

  test('a missing report is asked for', async () => {
    it = await office();
    await it.send([mobile(0)]);
    await it.after(0);
    await it.rows(`UPDATE sandbox_texts SET reported_at = ?, report_due_at = NULL`, it.clock.now());
    await it.after(9 * 60_000);
    expect(await it.states()).toEqual(['accepted']);
    await it.after(60_000);
    expect(await it.states()).toEqual(['delivered']);
  });
});
