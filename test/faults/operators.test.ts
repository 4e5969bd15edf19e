import { setTimeout as wait } from 'node:timers/promises';
import Libsql from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { size } from './points.ts';
import type { FaultyServer } from './server-process.ts';
import { buildTown, type Scenario, type Town } from './world.ts';

const minute = 60_000;
const each = 12 * size;

let town: Town;
let it: Scenario;
let server: FaultyServer;
/** Texts sent to be taken by each operator so far. */
let sent = 0;

beforeAll(async () => {
  town = await buildTown();
  it = await town.scenario();
  server = await it.start();
});
afterAll(async () => {
  await it.end();
  await town.end();
});

async function send(): Promise<void> {
  sent += each;
  await it.send(each);
}

/** All is delivered, once, but for what `unknown` may stay where the operator cannot tell. */
async function allDelivered(unknown: { twilio?: number; serwersms?: number } = {}): Promise<void> {
  const { states, ...books } = await it.finish();
  expect(books, JSON.stringify(states)).toEqual({ messages: 3 * sent, lost: 0, twice: 0 });
  expect(states.smsapi).toEqual({ delivered: sent });
  for (const kind of ['twilio', 'serwersms'] as const) {
    const { delivered = 0, unknown: left = 0, ...others } = states[kind];
    expect({ all: delivered + left, others }, kind).toEqual({ all: sent, others: {} });
    expect(left, kind).toBeLessThanOrEqual(unknown[kind] ?? 0);
  }
}

/** One server all along: what one fault leaves behind is there under the next. */
describe('over operators and a machine that misbehave', () => {
  test('operators that are down for a minute', async () => {
    await it.tell({ open: false });
    await send();
    // Calls fail at once: breakers open, and back-off goes by the server's clock.
    for (let second = 0; second < 6; second++) {
      await wait(300);
      server.advance(minute / 6);
    }
    await it.tell({ open: true });
    await allDelivered();
  });

  test('slow ones', async () => {
    await it.tell({ delay: 700 });
    await send();
    await it.tell({ delay: 0 });
    await allDelivered();
  });

  test('429 with Retry-After', async () => {
    await it.tell({ next: { fault: 'rate-limited', calls: 5 } });
    await send();
    await allDelivered();
  });

  test('answers that break off in the middle, of calls that were taken', async () => {
    await it.tell({ next: { fault: 'half-answer', calls: 3 } });
    await send();
    await allDelivered();
  });

  test('no pushed reports: operators are asked', async () => {
    await it.tell({ pushes: false }, 'twilio');
    await it.tell({ pushes: false }, 'serwersms');
    await send();
    await allDelivered();
    await it.tell({ pushes: true });
  });

  test('a database that another process holds locked', async () => {
    const other = new Libsql(`${it.data}/nadpis.db`, { timeout: 10_000 });
    const sending = send();
    for (let time = 0; time < 4; time++) {
      other.exec('BEGIN IMMEDIATE');
      await wait(700);
      other.exec('ROLLBACK');
      await wait(50);
    }
    other.close();
    await sending;
    await allDelivered();
  });

  test('a clock that jumps an hour ahead, and back', async () => {
    const sending = send();
    server.advance(60 * minute);
    await wait(200);
    server.advance(-60 * minute);
    await sending;
    await allDelivered();
  });

  test('the end of the process is orderly', async () => {
    await send();
    await server.stop();
    expect(await server.ended).toBe(null);
    server = await it.start({ ahead: server.ahead() + 5 * minute });
    await allDelivered();
  });
});
