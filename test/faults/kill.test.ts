import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Books } from './books.ts';
import { chiefPoints, points, size } from './points.ts';
import { buildTown, type Town } from './world.ts';

let town: Town;
beforeAll(async () => {
  town = await buildTown();
});
afterAll(() => town.end());

/**
 * In doubt may be what was under way with an operator that takes our id twice: 64 calls of one, 6 of up to 200. With
 * one that refuses it, nothing.
 */
function nothingLost({ states, ...books }: Books, sent: number, lives: number): void {
  const { smsapi, twilio, serwersms } = states;
  expect(books, JSON.stringify(states)).toEqual({ messages: 3 * sent, lost: 0, twice: 0 });
  expect(smsapi).toEqual({ delivered: sent });
  for (const [{ delivered = 0, unknown = 0, ...others }, most] of [
    [twilio, 64],
    [serwersms, 6 * 200],
  ] as const) {
    expect({ both: delivered + unknown, others }).toEqual({ both: sent, others: {} });
    expect(unknown).toBeLessThanOrEqual(most * lives);
  }
}

describe('kill -9 of the server', () => {
  test(`at ${chiefPoints.join(', ')}: nothing lost, nothing sent twice, the ledger balances`, async () => {
    const it = await town.scenario();
    const sending: Promise<void>[] = [];
    try {
      const lives = chiefPoints.map((crashAt, life) => it.hold({ crashAt, ahead: life * 120_000 }));
      const last = it.hold({ ahead: chiefPoints.length * 120_000 });
      for (const [life, held] of lives.entries()) {
        const server = await held.go();
        sending.push(it.send(15));
        expect(await server.ended, chiefPoints[life]).toBe('SIGKILL');
      }
      await last.go();
      await Promise.all(sending);
      nothingLost(await it.finish(), 15 * chiefPoints.length, chiefPoints.length);
    } finally {
      await it.end();
    }
  });

  test.runIf(size > 1).each(points)('at %s, with much under way', async (point) => {
    const it = await town.scenario();
    try {
      // Not the first time: something has gone well by then, and more is under way.
      const first = await it.start({ crashAt: `${point}#${/report|match/.test(point) ? 1 : 2}` });
      const sending = it.send(60 * size);
      expect(await first.ended).toBe('SIGKILL');
      await it.start({ ahead: 120_000 });
      await sending;
      nothingLost(await it.finish(), 60 * size, 1);
    } finally {
      await it.end();
    }
  });
});
