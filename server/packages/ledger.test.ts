import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchAccepted } from '../../shared/api/batches.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { testRuntime } from '../database/temporary.node.ts';
import { cancelBatch, cancelMessage } from '../messages/cancel.ts';
import { anna, mobile, type Office, office } from '../messages/fixture.node.ts';
import { ourIds } from '../messages/our-id.ts';
import { takeBackDue, takeBackOne } from '../messages/taking-back.ts';
import type { DeliveryReport, Operator, OutgoingMessage, SendOutcome } from '../operators/operator.ts';
import { accepted, troubled } from '../operators/outcomes.ts';
import { readSandboxReport } from '../operators/sandbox/reports.ts';

const outcomes = [
  'taken',
  'taken',
  'more',
  'fewer',
  'refused',
  'busy',
  'later',
  'name',
  'credit',
  'unseen',
  'lost',
] as const;
const states = ['accepted', 'delivered', 'undelivered', 'expired', 'rejected'] as const;

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('send' as const),
      people: fc.integer({ min: 1, max: 6 }),
      long: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('round' as const),
      seconds: fc.constantFrom(0, 3, 70, 700, 4000, 90_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(20), back: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('cancel-one' as const), which: fc.nat(40), back: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      which: fc.nat(60),
      state: fc.constantFrom(...states),
      parts: fc.constantFrom(null, 1, 3),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('buy' as const), parts: fc.integer({ min: 1, max: 8 }) }),
  },
);

/** An operator that does what it is told, message by message, and remembers what it took. */
function scripted(
  script: readonly (typeof outcomes)[number][],
  deduplicates: boolean,
  taken: string[],
): Operator {
  let at = 0;
  const outcomeOf = (message: OutgoingMessage): SendOutcome => {
    if (deduplicates && taken.includes(message.ourId))
      return accepted(message, `op${message.ourId}`, message.parts, '');
    const next = script[at++ % script.length];
    const take = (parts: number | null) => {
      taken.push(message.ourId);
      return accepted(message, `op${message.ourId}`, parts, '');
    };
    switch (next) {
      case 'more':
        return take(message.parts + 2);
      case 'fewer':
        return take(Math.max(1, message.parts - 1));
      case 'refused':
        return troubled(message, 'message', 'no such number');
      case 'busy':
        return troubled(message, 'busy', 'busy');
      case 'later':
        return troubled(message, 'later', 'later', 5000);
      case 'name':
        return troubled(message, 'sender-name', 'name');
      case 'credit':
        return troubled(message, 'credit', 'credit');
      case 'unseen':
        taken.push(message.ourId);
        return troubled(message, 'unsure', 'no answer');
      case 'lost':
        return troubled(message, 'unsure', 'no answer');
      default:
        return take(null);
    }
  };
  return {
    name: 'scripted',
    capabilities: {
      send: true,
      personalised: true,
      cancel: false,
      reports: true,
      senders: false,
      statement: false,
      balance: false,
      inbound: false,
      deduplicates,
      maximumRecipients: 3,
      maximumParts: 6,
      partsPerSecond: null,
    },
    send: async ({ messages }) => messages.map(outcomeOf),
    reportsOf: async (ids) =>
      ids
        .filter(({ ourId }) => taken.includes(ourId))
        .map(
          ({ ourId }): DeliveryReport => ({
            ourId,
            operatorMessageId: `op${ourId}`,
            state: 'delivered',
            parts: null,
            detail: '',
            at: null,
          }),
        ),
    readReport: readSandboxReport,
  };
}

/** What is refused by a rule of the domain; anything else is a mistake. */
function refused(error: unknown): void {
  if (!(error instanceof ProblemException)) throw error;
}

async function accountsBalance(it: Office, bought: number): Promise<void> {
  const balance = await it.sum('balances', 'parts');
  expect(balance).toBeGreaterThanOrEqual(0);
  expect(balance).toBe(await it.sum('ledger', 'parts'));
  // What every message costs or has reserved, but for what the package could not cover.
  const charged = await it.sum('messages', 'coalesce(settled_parts, parts)');
  const uncovered = await it.sum('ledger', `cast(substr(note, 14) AS INTEGER)`, `note LIKE 'not covered: %'`);
  expect(balance).toBe(bought - charged + uncovered);
  // Refused, expired and cancelled ones cost nothing.
  expect(
    await it.sum(
      'messages',
      'settled_parts',
      `state IN ('expired', 'cancelled') AND operator_message_id IS NULL`,
    ),
  ).toBe(0);
}

async function progressAgrees(it: Office): Promise<void> {
  const wrong = await it.rows(`
    SELECT p.*, b.messages FROM batch_progress p JOIN batches b ON b.id = p.batch_id
    WHERE p.queued <> (SELECT count(*) FROM messages WHERE batch_id = b.id AND state = 'queued')
      OR p.accepted <> (SELECT count(*) FROM messages WHERE batch_id = b.id AND state = 'accepted')
      OR p.unknown <> (SELECT count(*) FROM messages WHERE batch_id = b.id AND state = 'unknown')
      OR p.delivered <> (SELECT count(*) FROM messages WHERE batch_id = b.id AND state = 'delivered')
      OR p.rejected <> (SELECT count(*) FROM messages WHERE batch_id = b.id AND state = 'rejected')
      OR p.settled_parts <> (SELECT coalesce(sum(settled_parts), 0) FROM messages WHERE batch_id = b.id)
      OR p.queued + p.sending + p.accepted + p.delivered + p.undelivered + p.expired + p.rejected + p.cancelled
        + p.unknown <> b.messages
      OR (b.state = 'finished') <> (p.queued + p.sending = 0 AND b.state <> 'cancelled')`);
  expect(wrong).toEqual([]);
}

describe('packages', () => {
  test('over any course of sends, outcomes, cancels and reports the ledger balances and is never below zero', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 3, maxLength: 14 }),
        fc.array(fc.constantFrom(...outcomes), { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        fc.integer({ min: 0, max: 40 }),
        async (steps, script, deduplicates, start) => {
          const taken: string[] = [];
          const it = await office({ balance: start, operator: () => scripted(script, deduplicates, taken) });
          try {
            let bought = start;
            const batches: string[] = [];
            const operator = scripted(script, deduplicates, taken);
            // Every second one is given back.
            const givesBack: Operator = {
              ...operator,
              cancel: async (ids) =>
                ids.map(({ ourId }, at) => ({ ourId, cancelled: at % 2 === 0, detail: '' })),
            };
            const ids = await ourIds(it.database);
            const asking = {
              database: it.database,
              operators: [givesBack],
              ourIds: ids,
              now: () => it.clock.now(),
            };
            for (const each of steps) {
              switch (each.kind) {
                case 'send': {
                  const text = each.long ? 'ż'.repeat(100) : 'a';
                  const numbers = Array.from({ length: each.people }, (_, at) => mobile(at));
                  const answer = await it.send(numbers, { text }).catch((error: unknown) => {
                    if (error instanceof ProblemException && error.code === 'insufficient-parts') return null;
                    throw error;
                  });
                  if (answer !== null) batches.push(BatchAccepted.parse(answer).id);
                  break;
                }
                case 'round':
                  await it.after(each.seconds * 1000);
                  break;
                case 'cancel': {
                  const id = batches[each.which % Math.max(batches.length, 1)];
                  if (id === undefined) break;
                  await cancelBatch(it.database, anna, id, it.clock.now()).catch(refused);
                  if (each.back) await takeBackDue(asking);
                  break;
                }
                case 'cancel-one':
                  await cancelMessage(it.database, anna, each.which + 1, it.clock.now(), async (record) =>
                    each.back ? takeBackOne(asking, each.which + 1, record) : null,
                  ).catch(refused);
                  break;
                case 'report': {
                  const id = taken[each.which % Math.max(taken.length, 1)];
                  if (id === undefined) break;
                  const raw = JSON.stringify([
                    { id: `op${id}`, ourId: id, state: each.state, parts: each.parts },
                  ]);
                  await it.rows(
                    `INSERT INTO reports (operator, raw, received_at, try_at) VALUES ('scripted', ?, 1, 1)`,
                    raw,
                  );
                  break;
                }
                case 'buy':
                  bought += each.parts;
                  await it.rows(
                    `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'purchase', ?, 'x', 1)`,
                    each.parts,
                  );
                  break;
              }
              await accountsBalance(it, bought);
              await progressAgrees(it);
            }
            // Four days on, nothing is on its way any more.
            for (let hours = 0; hours < 96; hours += 6) await it.after(6 * 3_600_000);
            await accountsBalance(it, bought);
            await progressAgrees(it);
            expect(await it.sum('messages', `state IN ('queued', 'sending')`)).toBe(0);
            if (deduplicates) expect(new Set(taken).size).toBe(taken.length);
          } finally {
            await it.end();
          }
        },
      ),
      // Over a network each of some 200 calls takes its time.
      { numRuns: testRuntime() === 'node-file' ? 25 : 5 },
    );
  }, 120_000);
});
