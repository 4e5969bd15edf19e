import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Batch } from '../../shared/api/batches.ts';
import { type Distant, distantApplication, mobileOf } from './distant.ts';

let far: Distant;
beforeAll(async () => {
  far = await distantApplication();
});
afterAll(() => far?.end());

let next = 0;
async function send(count: number): Promise<string> {
  const recipients = Array.from({ length: count }, () => ({ number: mobileOf(++next), name: 'Osoba' }));
  const body = { companyId: 'com_1a', text: 'Dzien dobry', recipients };
  const answer = await far.call('POST', '/v1/batches', body, `key-${next}`);
  expect(answer.status).toBe(201);
  return ((await answer.json()) as Batch).id;
}

describe('calls to a database that is far away', () => {
  it.each([1, 100, 1000])('a sending to %i is accepted within three', async (count) => {
    expect(await far.roundTrips(() => send(count))).toBeLessThanOrEqual(3);
    await far.dispatch();
  });

  it.each([1, 100, 250])('%i messages are handed to the operator within four', async (count) => {
    await far.dispatch();
    await send(count);
    const before = far.operator.taken.all.length;
    expect(await far.roundTrips(() => far.dispatch())).toBeLessThanOrEqual(4);
    expect(far.operator.taken.all.length - before).toBe(count);
    expect(await far.sql(`SELECT count(*) AS n FROM messages WHERE state IN ('queued', 'sending')`)).toEqual([
      { n: 0 },
    ]);
  });

  it('a hint with nothing to do costs one', async () => {
    await far.dispatch();
    expect(await far.roundTrips(() => far.dispatch())).toBe(1);
  });

  it('a sending of somebody who was here before is accepted within two, whoever is looked up included', async () => {
    await send(1);
    for (const count of [1, 100, 1000]) expect(await far.roundTrips(() => send(count)), `${count}`).toBe(2);
    await far.dispatch();
  });

  it('a page of history costs one, the look who asks included', async () => {
    const id = await send(120);
    const page = await far.call('GET', `/v1/batches/${id}/messages?limit=1`);
    const { items } = (await page.json()) as { items: { id: string }[] };
    for (const path of [
      '/v1/batches?limit=100',
      `/v1/batches/${id}`,
      `/v1/batches/${id}/messages?limit=100`,
      `/v1/messages/${items[0]?.id}`,
      '/v1/messages?state=accepted&limit=100',
    ]) {
      const trips = await far.roundTrips(async () => {
        expect((await far.call('GET', path)).status).toBe(200);
      });
      expect(trips, path).toBe(1);
    }
    const search = { number: '600 1', name: 'osoba' };
    const trips = await far.roundTrips(async () => {
      expect((await far.call('POST', '/v1/messages/search', search)).status).toBe(200);
    });
    expect(trips).toBe(1);
  });

  it('accounts that change are noticed by a send at no cost, and by dispatch at the next lease', async () => {
    const rows = (await (await far.call('GET', '/v1/operator-accounts')).json()) as {
      items: { id: string; version?: number }[];
    };
    const id = rows.items[0]?.id ?? '';
    await send(1);
    // As another server would do it, which has no way to tell this one.
    await far.sql(`UPDATE operator_accounts SET paused_at = 1 WHERE id = '${id}'`);
    await far.sql('UPDATE operator_changes SET version = version + 1');
    const before = far.operator.taken.all.length;
    await far.dispatch();
    expect(far.operator.taken.all.length).toBe(before);
    await far.sql('UPDATE operator_accounts SET paused_at = NULL');
    await far.sql('UPDATE operator_changes SET version = version + 1');
  });
});
