import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OperatorAccount } from '../../shared/api/operator-accounts.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { createDelivery, type Delivery, sandboxOf } from '../messages/delivery.ts';
import { operators } from '../operators/catalogue.node.ts';
import { type SmsApiSimulator, startSmsApiSimulator } from '../operators/smsapi/simulator.ts';
import { createNodeTransport } from '../platform/http.node.ts';
import { readBalances } from './balances.ts';
import { mailLowBalances } from './low-balance.ts';
import { createOperatorAccounts, type OperatorAccounts } from './running.ts';

const http = createNodeTransport();
afterAll(() => http.close());

let one: SmsApiSimulator;
let two: SmsApiSimulator;
beforeAll(async () => {
  [one, two] = await Promise.all([startSmsApiSimulator({ points: 100 }), startSmsApiSimulator()]);
});
afterAll(() => Promise.all([one.close(), two.close()]));

let t: TestApp;
let accounts: OperatorAccounts;
let delivery: Delivery;
let token: string;

async function start(sandbox = true): Promise<void> {
  // The application is made with its accounts, and these of its platform.
  const made = await testApp();
  const platform = { ...made.platform, sandbox };
  accounts = await createOperatorAccounts({
    platform,
    kinds: operators,
    transport: http.transport,
    builtIn: sandbox ? sandboxOf(platform) : null,
  });
  delivery = await createDelivery(platform, { router: accounts, settings: { breaker: 2 } });
  t = await made.again({ router: accounts, accounts, onReports: () => {} }, { sandbox });
  await addOrganisation(platform, 1);
  await addOrganisation(platform, 2);
  token = await t.signIn('per_1_administrator');
}

beforeEach(async () => {
  for (const simulator of [one, two]) {
    simulator.faults.clear();
    simulator.taken.clear();
    simulator.state.token = 'token';
    simulator.state.points = 100;
    simulator.addName('Nazwa 1');
    simulator.addName('Nazwa 2');
  }
  await start();
});
afterEach(async () => {
  await delivery.dispatch.stop(0);
  await accounts.close();
  await t.end();
});

async function answer<T = OperatorAccount>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: T; etag: string }> {
  const got = await t.call(method, path, { token, body, headers });
  const text = await got.text();
  return {
    status: got.status,
    body: (text === '' ? null : JSON.parse(text)) as T,
    etag: got.headers.get('etag') ?? '',
  };
}

const add = async (simulator: SmsApiSimulator, more: object = {}) => {
  const settings = { token: 'token', baseUrl: simulator.url };
  const { status, body } = await answer('POST', '/v1/operator-accounts', {
    operator: 'smsapi',
    title: 'Konto',
    settings,
    ...more,
  });
  expect(status).toBe(201);
  return body;
};

let keys = 0;
const send = (numbers: string[], companyId = 'com_1a') =>
  t.call('POST', '/v1/batches', {
    token,
    body: { companyId, text: 'Tekst', recipients: numbers.map((number) => ({ number })) },
    headers: { 'Idempotency-Key': `key-${++keys}` },
  });
const states = async () =>
  (await t.platform.database.query({ sql: 'SELECT state, reason, operator FROM messages ORDER BY id' })).map(
    (row) => `${row.state} ${row.reason}`.trim(),
  );

describe('operator accounts', () => {
  test('are set up by a form that describes itself, and never give a secret back', async () => {
    const kinds = await answer<{ items: { name: string; fields: { key: string }[] }[] }>(
      'GET',
      '/v1/operators',
    );
    expect(kinds.body.items.map((it) => it.name)).toEqual(operators.map((it) => it.name));
    const account = await add(one, { lowBalance: 20 });
    expect(account).toMatchObject({ operator: 'smsapi', running: true, trouble: '', secrets: ['token'] });
    expect(account.settings).toEqual({ baseUrl: one.url, partsPerSecond: null });
    const listed = await answer<{ items: OperatorAccount[] }>('GET', '/v1/operator-accounts');
    expect(listed.body.items.map((it) => it.id)).toEqual([account.id]);
    for (const table of ['operator_accounts', 'audit']) {
      const stored = JSON.stringify(await t.platform.database.query({ sql: `SELECT * FROM ${table}` }));
      expect(stored).not.toContain('"token\\"');
      expect(stored).not.toContain(':\\"token');
    }
  });

  test.each([
    [{ operator: 'nobody', title: 'K', settings: {} }, '/operator'],
    [{ operator: 'smsapi', title: ' ', settings: { token: 't' } }, '/title'],
    [{ operator: 'smsapi', title: 'K', settings: {} }, '/settings/token'],
    [
      { operator: 'smsapi', title: 'K', settings: { token: 't', baseUrl: 'http://evil.example' } },
      '/settings/baseUrl',
    ],
    [{ operator: 'smsapi', title: 'K', settings: { token: 't', more: 'x' } }, '/settings'],
    [{ operator: 'smsapi', title: 'K', settings: { token: 'x'.repeat(501) } }, '/settings/token'],
    [{ operator: 'smsapi', title: 'K', settings: { token: 't' }, lowBalance: -1 }, '/lowBalance'],
  ])('%j is refused at %s', async (draft, path) => {
    const { status, body } = await answer<{ errors: { path: string }[] }>(
      'POST',
      '/v1/operator-accounts',
      draft,
    );
    expect(status).toBe(400);
    expect(body.errors.map((it) => it.path)).toContain(path);
  });

  test('are for administrators', async () => {
    token = await t.signIn('per_1_sender');
    for (const path of ['/v1/operators', '/v1/operator-accounts', '/v1/operator-routes']) {
      expect((await answer('GET', path)).status).toBe(403);
    }
  });

  test('a stored token is not sent to another address', async () => {
    const { id } = await add(one);
    const path = `/v1/operator-accounts/${id}`;
    const elsewhere = await answer<{ errors: { path: string; code: string }[] }>('PATCH', path, {
      settings: { baseUrl: two.url },
    });
    expect(elsewhere.status).toBe(400);
    expect(elsewhere.body.errors).toMatchObject([{ path: '/settings/token', code: 'secret_required' }]);
    const both = await answer('PATCH', path, { settings: { baseUrl: two.url, token: 'token' } });
    expect(both.body.settings.baseUrl).toBe(two.url);
    const kept = await answer('PATCH', path, { title: 'Inny', settings: { partsPerSecond: 50 } });
    expect(kept.body).toMatchObject({ title: 'Inny', secrets: ['token'] });
    expect((await answer('PATCH', path, { title: 'X' }, { 'if-match': '"1"' })).status).toBe(409);
  });

  test('the organisation’s texts go over its account without a restart; others keep the sandbox', async () => {
    const { id } = await add(one);
    expect((await send(['600100200'])).status).toBe(201);
    await delivery.dispatch.turn();
    expect(await states()).toEqual(['accepted']);
    expect(one.taken.all.map((it) => it.number)).toEqual(['+48600100200']);
    expect(await t.platform.database.query({ sql: 'SELECT operator FROM messages' })).toEqual([
      { operator: id },
    ]);
    token = await t.signIn('per_2_administrator');
    expect((await send(['600100201'], 'com_2a')).status).toBe(201);
    await delivery.dispatch.turn();
    expect(one.taken.count).toBe(1);
    expect(await states()).toEqual(['accepted', 'accepted']);
  });

  test('another organisation’s account is not there', async () => {
    const { id } = await add(one);
    token = await t.signIn('per_2_administrator');
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', {}],
      ['DELETE', '', undefined],
      ['POST', '/pause', { reason: 'x' }],
      ['POST', '/resume', undefined],
      ['POST', '/balance', undefined],
    ] as const) {
      expect((await answer(method, `/v1/operator-accounts/${id}${path}`, body)).status).toBe(404);
    }
    const routes = { routes: [{ accountId: id, prefixes: [], companyIds: [] }] };
    expect((await answer('PUT', '/v1/operator-routes', routes)).status).toBe(400);
  });

  test('routes go by country and by company', async () => {
    const [first, second] = [await add(one), await add(two)];
    const routes = [
      { accountId: second.id, prefixes: ['+49', '+43'], companyIds: [] },
      { accountId: second.id, prefixes: [], companyIds: ['com_1b'] },
      { accountId: first.id, prefixes: [], companyIds: [] },
    ];
    expect((await answer('PUT', '/v1/operator-routes', { routes })).status).toBe(200);
    await send(['+4915123456789', '600100200']);
    await send(['600100201'], 'com_1b');
    await delivery.dispatch.turn();
    expect(two.taken.all.map((it) => it.number).sort()).toEqual(['+48600100201', '+4915123456789']);
    expect(one.taken.all.map((it) => it.number)).toEqual(['+48600100200']);
  });

  test('a text goes to the next route only on proof that the first did not take it', async () => {
    await add(one);
    await add(two);
    // Refused for good: nothing there. What ends without an answer stays with the first.
    one.faults.always('token-expired');
    await send(['600100200']);
    await delivery.dispatch.turn();
    t.platform.clock.forward(5000);
    await delivery.dispatch.turn();
    expect(two.taken.count).toBe(1);
    one.faults.clear();
    const [account] = (await answer<{ items: OperatorAccount[] }>('GET', '/v1/operator-accounts')).body.items;
    expect(account?.pauses).toMatchObject([{ by: 'operator', senderName: '' }]);
    await answer('POST', `/v1/operator-accounts/${account?.id}/resume`);
    one.faults.next('accept-then-drop');
    await send(['600100201']);
    await delivery.dispatch.turn();
    for (let turn = 0; turn < 5; turn++) {
      t.platform.clock.forward(30_000);
      await delivery.dispatch.turn();
    }
    expect(one.taken.count).toBe(1);
    expect(two.taken.count).toBe(1);
    expect(await states()).toEqual(['accepted', 'accepted']);
  });

  test('an operator that forgets our ids after a day is not sent to again near the end of it', async () => {
    await add(one);
    one.faults.next('accept-then-drop');
    await send(['600100200']);
    await delivery.dispatch.turn();
    expect(await states()).toEqual([expect.stringMatching(/^queued/)]);
    t.platform.clock.forward(23 * 3_600_000);
    one.state.requests = 0;
    one.faults.always('busy');
    await delivery.dispatch.turn();
    expect(one.taken.count).toBe(1);
    expect((await states())[0]).toMatch(/^(unknown the operator may have forgotten|accepted)/);
  });

  test('an administrator pauses it with a reason, and resuming wakes what waited', async () => {
    const { id } = await add(one);
    const paused = await answer('POST', `/v1/operator-accounts/${id}/pause`, { reason: 'Umowa wygasa' });
    expect(paused.body.pauses).toMatchObject([{ by: 'administrator', reason: 'Umowa wygasa', until: null }]);
    await send(['600100200']);
    await delivery.dispatch.turn();
    expect(await states()).toEqual(['queued paused']);
    expect(one.taken.count).toBe(0);
    expect((await answer('POST', `/v1/operator-accounts/${id}/resume`)).body.pauses).toEqual([]);
    await delivery.dispatch.turn();
    expect(await states()).toEqual(['accepted']);
  });

  test('a deleted one sends nothing more, and its secrets are gone', async () => {
    const { id } = await add(one);
    await add(two);
    expect((await answer('DELETE', `/v1/operator-accounts/${id}`)).status).toBe(204);
    expect((await answer('GET', `/v1/operator-accounts/${id}`)).status).toBe(404);
    await send(['600100200']);
    await delivery.dispatch.turn();
    expect([one.taken.count, two.taken.count]).toEqual([0, 1]);
    const [row] = await t.platform.database.query({
      sql: 'SELECT secrets_sealed, settings FROM operator_accounts WHERE id = ?',
      args: [id],
    });
    expect(row).toEqual({ secrets_sealed: '', settings: '{}' });
  });

  test('the balance is read hourly, and a fall under the limit is mailed once', async () => {
    const { id } = await add(one, { lowBalance: 20 });
    const mails = () =>
      t.platform.database.query({
        sql: `SELECT subject FROM caught_mails WHERE subject LIKE '%low operator balance%'`,
      });
    const hour = async (points: number) => {
      one.state.points = points;
      t.platform.clock.forward(3_600_000);
      await readBalances(t.platform, accounts);
      await mailLowBalances(t.platform);
      await mailLowBalances(t.platform);
    };
    await hour(100);
    const shown = await answer('GET', `/v1/operator-accounts/${id}`);
    expect(shown.body.balance).toMatchObject({ amount: 100, unit: 'points', low: false, trouble: '' });
    expect(await mails()).toHaveLength(0);
    await hour(19.5);
    await hour(10);
    expect(await mails()).toHaveLength(1);
    expect((await answer('GET', `/v1/operator-accounts/${id}`)).body.balance).toMatchObject({ low: true });
    await hour(200);
    await hour(5);
    expect(await mails()).toHaveLength(2);
    const { requests } = one.state;
    await readBalances(t.platform, accounts);
    expect(one.state.requests).toBe(requests);
    one.state.token = 'another';
    await hour(5);
    const troubled = await answer('GET', `/v1/operator-accounts/${id}`);
    expect(troubled.body.balance?.trouble).not.toBe('');
    expect(troubled.body.balance?.amount).toBe(5);
  });

  test('a callback with a wrong secret is 404, logged and counted; a right one is stored', async () => {
    const { reportsUrl } = await add(one);
    const path = new URL(reportsUrl).pathname;
    const wrong = await t.call('GET', `${path.slice(0, -1)}x?MsgId=1&status=404`);
    expect(wrong.status).toBe(404);
    expect(t.platform.logged.some((it) => it.event === 'a callback was refused')).toBe(true);
    expect(await t.platform.metrics.text()).toContain('nadpis_callbacks_refused_total{why="secret"} 1');
    const right = await t.call('GET', `${path}?MsgId=1&status=404`);
    expect([right.status, await right.text()]).toEqual([200, 'OK']);
    expect(await t.platform.database.query({ sql: 'SELECT count(*) AS n FROM reports' })).toEqual([{ n: 1 }]);
  });
});

describe('in production', () => {
  test('nobody sends without an account: the gate says so, and the sandbox takes nothing', async () => {
    await delivery.dispatch.stop(0);
    await t.end();
    await start(false);
    const refused = await send(['600100200']);
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ code: 'operator-missing' });
    await add(one);
    expect((await send(['600100200'])).status).toBe(201);
    await delivery.dispatch.turn();
    expect(one.taken.count).toBe(1);
    expect(await t.platform.database.query({ sql: 'SELECT count(*) AS n FROM sandbox_texts' })).toEqual([
      { n: 0 },
    ]);
  });
});
