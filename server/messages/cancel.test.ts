import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Message, MessageTimeline } from '../../shared/api/messages.ts';
import type { Actor } from '../access/actor.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { createOperatorAccounts, type OperatorAccounts } from '../operator-accounts/running.ts';
import { operators } from '../operators/catalogue.node.ts';
import { startTwilioSimulator, type TwilioSimulator } from '../operators/twilio/simulator.ts';
import { createNodeTransport } from '../platform/http.node.ts';
import { cancelBatch } from './cancel.ts';
import { createDelivery, type Delivery } from './delivery.ts';

const http = createNodeTransport();
let simulator: TwilioSimulator;
beforeAll(async () => {
  simulator = await startTwilioSimulator();
  simulator.addName('Nazwa 1');
});
afterAll(async () => {
  await simulator.close();
  await http.close();
});

let t: TestApp;
let accounts: OperatorAccounts;
let delivery: Delivery;
let token: string;
beforeEach(async () => {
  const made = await testApp();
  const { platform } = made;
  accounts = await createOperatorAccounts({
    platform,
    kinds: operators,
    transport: http.transport,
    builtIn: null,
  });
  delivery = await createDelivery(platform, { router: accounts });
  t = await made.again({ router: accounts, accounts, onReports: () => {} });
  await addOrganisation(platform, 1);
  await addOrganisation(platform, 2);
  token = await t.signIn('per_1_administrator');
  const settings = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token', baseUrl: simulator.url };
  const body = { operator: 'twilio', title: 'Twilio', settings };
  expect((await t.call('POST', '/v1/operator-accounts', { token, body })).status).toBe(201);
});
afterEach(async () => {
  simulator.taken.clear();
  simulator.reportFaults.clear();
  await delivery.dispatch.stop(0);
  await accounts.close();
  await t.end();
});

let keys = 0;
/** The batch's id and its messages' ids. */
async function send(count: number): Promise<{ id: string; messages: string[] }> {
  const recipients = Array.from({ length: count }, (_, at) => ({ number: `60010020${at}` }));
  const answer = await t.call('POST', '/v1/batches', {
    token,
    body: { companyId: 'com_1a', text: 'Tekst', recipients },
    headers: { 'Idempotency-Key': `key-${++keys}` },
  });
  const { id } = (await answer.json()) as { id: string };
  const page = await t.call('GET', `/v1/batches/${id}/messages`, { token });
  return { id, messages: ((await page.json()) as { items: Message[] }).items.map((it) => it.id) };
}
const timeline = async (id: string) =>
  (await (await t.call('GET', `/v1/messages/${id}`, { token })).json()) as MessageTimeline;
const administratorOf1: Actor = {
  kind: 'person',
  id: 'per_1_administrator',
  organisationId: 'org_1',
  roles: ['administrator'],
  scopes: [],
  companies: null,
  session: null,
};
const cancel = (path: string, by = token) => t.call('POST', `/v1/${path}/cancel`, { token: by });
const states = async () =>
  (await t.platform.database.query({ sql: 'SELECT state FROM messages ORDER BY id' })).map(
    (row) => row.state,
  );
const balance = async () =>
  (await t.platform.database.query({ sql: `SELECT parts FROM balances WHERE organisation_id = 'org_1'` }))[0]
    ?.parts;

describe('one message', () => {
  test('that waits is stopped, its part comes back and the others go out', async () => {
    const { id, messages } = await send(3);
    const answer = await cancel(`messages/${messages[1]}`);
    expect(await answer.json()).toMatchObject({ state: 'cancelled', reason: 'cancelled' });
    expect(await balance()).toBe(98);
    expect((await cancel(`messages/${messages[1]}`)).status).toBe(200);
    await delivery.dispatch.turn();
    expect(await states()).toEqual(['accepted', 'cancelled', 'accepted']);
    expect(simulator.taken.count).toBe(2);
    const batch = await t.call('GET', `/v1/batches/${id}`, { token });
    expect(await batch.json()).toMatchObject({ state: 'finished', counts: { cancelled: 1, accepted: 2 } });
    const records = await t.platform.database.query({
      sql: `SELECT subject FROM audit WHERE act = 'message.cancelled'`,
    });
    expect(records).toEqual([{ subject: messages[1] }]);
  });

  test('that is with an operator is taken back there, and is not billed', async () => {
    const { messages } = await send(2);
    await delivery.dispatch.turn();
    expect(await balance()).toBe(98);
    const answer = await cancel(`messages/${messages[0]}`);
    expect(((await answer.json()) as MessageTimeline).state).toBe('cancelled');
    expect(simulator.taken.all.map((it) => it.cancelled)).toEqual([true, false]);
    expect(await balance()).toBe(99);
    // A report that says otherwise is noted and moves nothing any more.
    expect(
      await t.platform.database.query({ sql: `SELECT kind, parts FROM ledger ORDER BY id DESC LIMIT 1` }),
    ).toEqual([{ kind: 'release', parts: 1 }]);
  });

  test('that an operator does not give back goes on: 409', async () => {
    const { messages } = await send(1);
    await delivery.dispatch.turn();
    for (const it of simulator.taken.all) it.status = 'sent';
    expect((await cancel(`messages/${messages[0]}`)).status).toBe(409);
    expect(await states()).toEqual(['accepted']);
    expect(await balance()).toBe(99);
  });

  test('of another organisation, or none, is not there', async () => {
    const { messages } = await send(1);
    const stranger = await t.signIn('per_2_administrator');
    expect((await cancel(`messages/${messages[0]}`, stranger)).status).toBe(404);
    expect((await cancel('messages/msg_999')).status).toBe(404);
    expect((await cancel('messages/x')).status).toBe(404);
    expect(await states()).toEqual(['queued']);
  });
});

describe('a whole batch', () => {
  test('that is with an operator in part is stopped here and taken back there, as far as that goes', async () => {
    const { id, messages } = await send(4);
    await t.platform.database.query({
      sql: `UPDATE messages SET due_at = due_at + 3600000 WHERE id > ${Number(messages[1]?.slice(4))}`,
    });
    await delivery.dispatch.turn();
    const [first] = simulator.taken.all;
    if (first !== undefined) first.status = 'sent';
    expect((await cancel(`batches/${id}`)).status).toBe(200);
    await t.platform.settled();
    expect(await states()).toEqual(['accepted', 'cancelled', 'cancelled', 'cancelled']);
    expect(await balance()).toBe(99);
    const batch = await t.call('GET', `/v1/batches/${id}`, { token });
    expect(await batch.json()).toMatchObject({ askedBack: { messages: 2, waiting: 0, givenBack: 1 } });
    const [refused, given] = await Promise.all(messages.slice(0, 2).map(timeline));
    expect(refused?.askedBack).toMatchObject({ outcome: 'refused', tries: 1 });
    expect(refused?.askedBack?.detail).toContain('30409');
    expect(given?.askedBack).toMatchObject({ outcome: 'given-back', tries: 1 });
  });

  test('is taken back by dispatch where the server ended before it could ask', async () => {
    const { id, messages } = await send(2);
    await t.platform.database.query({
      sql: `UPDATE messages SET due_at = due_at + 3600000 WHERE id > ${Number(messages[0]?.slice(4))}`,
    });
    await delivery.dispatch.turn();
    await cancelBatch(t.platform.database, administratorOf1, id, t.platform.clock.now());
    expect(await states()).toEqual(['accepted', 'cancelled']);
    expect((await timeline(messages[0] ?? '')).askedBack).toMatchObject({ outcome: null, tries: 0 });
    await delivery.dispatch.turn();
    expect(await states()).toEqual(['cancelled', 'cancelled']);
    expect(simulator.taken.all.map((it) => it.cancelled)).toEqual([true]);
    expect(await balance()).toBe(100);
  });
});
