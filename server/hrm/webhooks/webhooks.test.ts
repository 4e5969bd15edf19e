import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HrmResults, HrmWebhook, HrmWebhookDelivery } from '../../../shared/api/hrm-results.ts';
import { problemOf } from '../../messages/api/fixture.node.ts';
import { type HrmApp, hrmApp } from '../api/fixture.node.ts';
import { type Receiver, startReceiver, verified } from './receiver.node.ts';

let t: HrmApp;
let receiver: Receiver;
let secret: string;
const path = '/v1/companies/com_1a/hrm/webhook';
const minute = 60_000;
const day = 24 * 60 * minute;

beforeAll(async () => {
  t = await hrmApp(1000);
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver.end();
  await t.end();
});
beforeEach(() => {
  receiver.got.length = 0;
  receiver.answer(204);
});

const set = async (url = receiver.url): Promise<void> => {
  const made = await t.call('PUT', path, { token: t.administrator, body: { url } });
  expect(made.status).toBe(200);
  secret = ((await made.json()) as { secret: string }).secret;
};
const webhook = async (): Promise<HrmWebhook> =>
  (await (await t.call('GET', path, { token: t.hr })).json()) as HrmWebhook;
const deliveries = async (): Promise<HrmWebhookDelivery[]> =>
  (
    (await (await t.call('GET', `${path}/deliveries`, { token: t.hr })).json()) as {
      items: HrmWebhookDelivery[];
    }
  ).items;
let people = 0;
const tell = async (reference = `${++people}`) => {
  const employee = { reference, name: 'Anna Nowak', phone: '600700211', phoneKind: 'business' as const };
  return t.told({ employees: [employee] });
};
const results = (at = 0): HrmResults['data']['results'] => {
  const one = receiver.got[at];
  if (one === undefined) throw new Error(`no webhook ${at} has come`);
  return (verified(secret, one, t.platform.clock.now()) as HrmResults).data.results;
};

describe('a webhook that tells the HRM application what became of notifications', () => {
  it('is set by administrators; its secret is shown once and kept sealed', async () => {
    expect((await t.call('GET', path, { token: t.hr })).status).toBe(404);
    expect((await t.call('PUT', path, { token: t.hr, body: { url: receiver.url } })).status).toBe(403);
    await tell('before');
    await set();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await webhook()).toEqual({
      url: receiver.url,
      deliveredAt: null,
      failingSince: null,
      lastError: '',
      waiting: 0,
      disabled: false,
    });
    expect(JSON.stringify(await t.sql('SELECT * FROM hrm_webhooks'))).not.toContain(secret.slice(6));
    expect(JSON.stringify(await t.sql(`SELECT * FROM audit WHERE act LIKE 'hrm.webhook%'`))).not.toContain(
      'whsec',
    );
  });

  it.each([
    ['ftp://hrm.example/x'],
    ['hrm.example'],
    ['https://user:secret@hrm.example/'],
    ['https://hrm.example/#x'],
  ])('goes to no %s', async (url) => {
    const answer = await t.call('PUT', path, { token: t.administrator, body: { url } });
    expect((await problemOf(answer)).errors).toMatchObject([{ path: '/url' }]);
  });

  it('tells results in the form and under the signature of Standard Webhooks, each once', async () => {
    const taken = await t.told({
      employees: [
        { reference: '1', name: 'A A', phone: '600700212', phoneKind: 'business' },
        { reference: '2', name: 'B B', phone: '12 345 67 89' },
      ],
    });
    await t.after(minute);
    await t.after(minute);
    const all = receiver.got.flatMap((_one, at) => results(at));
    // What was before its time is not told.
    expect(all.map(({ employee, state, reason, index }) => [employee, state, reason, index])).toEqual([
      ['2', 'skipped', 'landline', 1],
      ['1', 'delivered', '', 0],
    ]);
    expect(all[1]).toMatchObject({ callId: taken.id, event: 'absence-approved', person: '1' });
    const [one] = receiver.got;
    expect(one?.headers['content-type']).toBe('application/json');
    expect(() =>
      verified(secret, { headers: one?.headers ?? {}, body: '{}' }, t.platform.clock.now()),
    ).toThrow();
    await t.after(minute);
    expect(receiver.got).toHaveLength(2);
    expect(await webhook()).toMatchObject({ deliveredAt: expect.any(Number), waiting: 0 });
    expect(
      await t.sql(`SELECT DISTINCT payload FROM hrm_webhook_deliveries WHERE state = 'delivered'`),
    ).toEqual([{ payload: '' }]);
  });

  it('sends a test at once, and says what became of it', async () => {
    const test = async () =>
      (await (await t.call('POST', `${path}/test`, { token: t.administrator })).json()) as HrmWebhookDelivery;
    expect(await test()).toMatchObject({
      type: 'hrm.test',
      state: 'delivered',
      status: 204,
      error: '',
      tries: 1,
    });
    const [one] = receiver.got;
    expect(verified(secret, one ?? { headers: {}, body: '' }, t.platform.clock.now())).toMatchObject({
      type: 'hrm.test',
      data: { companyId: 'com_1a' },
    });
    receiver.answer(503);
    expect(await test()).toMatchObject({ state: 'failed', status: 503, error: 'HTTP 503' });
    await t.after(day);
    // Now and once.
    expect(receiver.got).toHaveLength(2);
  });
});

describe('a webhook that is not taken', () => {
  it('comes again under the same id, later and later; what follows waits behind it', async () => {
    receiver.answer(500);
    await tell();
    await t.after(minute);
    await t.after(minute);
    expect(receiver.got.length).toBeGreaterThanOrEqual(1);
    await tell();
    for (const wait of [minute, 5 * minute, 30 * minute]) await t.after(wait);
    const ids = new Set(receiver.got.map((one) => one.headers['webhook-id']));
    expect(ids.size).toBe(1);
    const seconds = receiver.got.map((one) => Number(one.headers['webhook-timestamp']));
    expect(new Set(seconds).size).toBe(seconds.length);
    const tries = receiver.got.length;
    expect(tries).toBeGreaterThanOrEqual(4);
    await t.after(minute);
    expect(receiver.got).toHaveLength(tries);
    expect(await webhook()).toMatchObject({
      lastError: 'HTTP 500',
      waiting: 2,
      failingSince: expect.any(Number),
    });
    receiver.answer(200);
    await t.after(130 * minute);
    await t.after(minute);
    expect(await webhook()).toMatchObject({ lastError: '', waiting: 0, failingSince: null });
    expect((await deliveries()).slice(0, 2)).toMatchObject([
      { state: 'delivered', status: 200, results: 1 },
      { state: 'delivered', status: 200, results: 1 },
    ]);
  });

  it('waits as long as the application says, but not longer than a day', async () => {
    receiver.answer(429, { 'Retry-After': '7200' });
    await tell();
    await t.after(minute);
    await t.after(minute);
    expect(receiver.got).toHaveLength(1);
    await t.after(110 * minute);
    expect(receiver.got).toHaveLength(1);
    receiver.answer(503, { 'Retry-After': '99999999' });
    await t.after(11 * minute);
    expect(receiver.got).toHaveLength(2);
    receiver.answer(204);
    await t.after(day + minute);
    expect(receiver.got).toHaveLength(3);
    expect(await webhook()).toMatchObject({ waiting: 0 });
  });

  it('is not sent on where a redirection leads', async () => {
    receiver.answer(307, { Location: `${receiver.url}/elsewhere` });
    await tell();
    await t.after(minute);
    await t.after(minute);
    expect(receiver.got).toHaveLength(1);
    expect(await webhook()).toMatchObject({ lastError: 'HTTP 307' });
    receiver.answer(204);
    await t.after(day);
    expect(await webhook()).toMatchObject({ waiting: 0, failingSince: null });
  });

  it('is switched off after five days, and tells all of it once it is set anew', async () => {
    receiver.answer(500);
    await tell();
    for (let hours = 0; hours < 165; hours += 11) await t.after(11 * 60 * minute);
    expect(await webhook()).toMatchObject({ disabled: true, waiting: 1, lastError: 'HTTP 500' });
    expect(await t.sql(`SELECT by, subject FROM audit WHERE act = 'hrm.webhook-switched-off'`)).toEqual([
      { by: 'server', subject: 'com_1a' },
    ]);
    await tell();
    receiver.got.length = 0;
    receiver.answer(204);
    for (let days = 0; days < 3; days++) await t.after(day);
    expect(receiver.got).toHaveLength(0);
    const before = secret;
    await set();
    expect(secret).not.toBe(before);
    await t.after(minute);
    expect(receiver.got.flatMap((_one, at) => results(at))).toHaveLength(2);
    expect(await webhook()).toMatchObject({ disabled: false, waiting: 0, failingSince: null });
  });

  it('is switched off at once by 410, and removed with what waits', async () => {
    receiver.answer(410);
    await tell();
    await t.after(minute);
    await t.after(minute);
    expect(await webhook()).toMatchObject({ disabled: true, lastError: 'HTTP 410' });
    expect((await t.call('DELETE', path, { token: t.administrator })).status).toBe(204);
    expect((await t.call('GET', path, { token: t.hr })).status).toBe(404);
    expect((await deliveries())[0]).toMatchObject({ state: 'failed', error: 'removed' });
    const tries = receiver.got.length;
    await t.after(day);
    expect(receiver.got).toHaveLength(tries);
  });
});
