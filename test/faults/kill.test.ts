import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperatorKindName } from './operator-process.ts';
import { type Point, points, size } from './points.ts';
import { buildTown, type Town } from './world.ts';

/** The one under which the server is killed at every point, in the short form, and one that takes our id twice. */
const kinds: readonly [OperatorKindName, readonly Point[]][] = [
  ['smsapi', points],
  ['twilio', size > 1 ? points : ['write.after-commit', 'call.sent', 'call.answered', 'settle.middle']],
  ['serwersms', size > 1 ? points : ['call.sent', 'settle.before-commit']],
];
/** Calls under way at once, and recipients of one: what may be in doubt with an operator that does not deduplicate. */
const inFlight: Record<OperatorKindName, number> = { smsapi: 0, twilio: 64, serwersms: 6 * 200 };

describe.each(kinds)('kill -9 of the server that sends over %s', (kind, where) => {
  let town: Town;
  beforeAll(async () => {
    town = await buildTown(kind);
  });
  afterAll(() => town.end());

  test.each(where)('at %s: nothing is lost, nothing is sent twice, the ledger balances', async (point) => {
    const it = await town.scenario();
    try {
      // Not the first time: something has gone well by then, and more is under way.
      const first = await it.start({ crashAt: `${point}#${/report|match/.test(point) ? 1 : 2}` });
      const sending = it.send(40 * size, 4, 40 * size);
      expect(await first.ended).toBe('SIGKILL');
      const second = await it.start({ ahead: 120_000 });
      await sending;
      const books = await it.finish(second);
      const unknown = books.states.unknown ?? 0;
      expect(books, second.said().slice(-2000)).toMatchObject({ messages: 200 * size, lost: 0, twice: 0 });
      expect(unknown).toBeLessThanOrEqual(inFlight[kind]);
      expect(books.states.delivered).toBe(200 * size - unknown);
    } finally {
      await it.end();
    }
  });
});
