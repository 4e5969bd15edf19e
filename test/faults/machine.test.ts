import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../server/database/temporary.node.ts';
import type { Books } from './books.ts';
import { size } from './points.ts';
import { buildTown, type Town } from './world.ts';

let town: Town;
beforeAll(async () => {
  town = await buildTown();
});
afterAll(() => town.end());

function allDelivered({ states, ...books }: Books, sent: number, inDoubt: number): void {
  expect(books, JSON.stringify(states)).toEqual({ messages: 3 * sent, lost: 0, twice: 0 });
  expect(states.smsapi).toEqual({ delivered: sent });
  for (const kind of ['twilio', 'serwersms'] as const) {
    const { delivered = 0, unknown = 0 } = states[kind];
    expect(delivered + unknown, JSON.stringify(states)).toBe(sent);
    expect(unknown).toBeLessThanOrEqual(inDoubt);
  }
}

describe('over one database file', () => {
  test('two servers send each text once, and one goes on when the other is killed', async () => {
    const it = await town.scenario();
    try {
      const [first] = await Promise.all([it.start(), it.start({ port: await freePort() })]);
      await it.send(15 * size);
      const sending = it.send(15 * size);
      await wait(100);
      // Operators push to its address, so that what it misses has to be asked for or pushed again.
      await first.kill();
      await sending;
      // The other has handed over everything by itself; then somebody answers at the address again.
      expect(await it.handedOver()).toBe(true);
      await it.start();
      allDelivered(await it.finish(), 30 * size, 64 + 200);
    } finally {
      await it.end();
    }
  });

  test('a full disk refuses what does not fit, loses nothing, and all goes on once there is room', async () => {
    const it = await town.scenario();
    try {
      const file = statSync(join(it.data, 'nadpis.db')).size;
      // The write-ahead log has room for a little: soon no file may grow.
      const server = await it.start({ fileLimit: Math.ceil(file / 1024) + 64 });
      const sending = it.send(40 * size);
      for (let look = 0; look < 600 && !/request failed|dispatch failed/.test(server.said()); look++)
        await wait(100);
      expect(server.said()).toMatch(/disk|full|I\/O/i);
      expect(server.running).toBe(true);
      execFileSync('prlimit', ['--pid', String(server.child.pid), '--fsize=unlimited']);
      await sending;
      allDelivered(await it.finish(), 40 * size, 64 + 200);
    } finally {
      await it.end();
    }
  });
});
