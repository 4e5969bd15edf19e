import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { OperatorAccount, UnknownReport } from '../../shared/api/operator-accounts.ts';
import type { InboundMessage } from '../../shared/api/privacy.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { createDelivery, type Delivery } from '../messages/delivery.ts';
import { createOperatorAccounts, type OperatorAccounts } from '../operator-accounts/running.ts';
import { operators } from '../operators/catalogue.node.ts';
import { type SerwerSmsSimulator, startSerwerSmsSimulator } from '../operators/serwersms/simulator.ts';
import { type SmsApiSimulator, startSmsApiSimulator } from '../operators/smsapi/simulator.ts';
import { createNodeTransport } from '../platform/http.node.ts';
import { optOutWord } from './keywords.ts';

describe('words that ask for no more texts', () => {
  test.each([
    ['STOP', 'STOP'],
    ['stop.', 'STOP'],
    ['  „Stop” proszę', 'STOP'],
    ['wypisz', 'WYPISZ'],
    ['WYPISZ mnie', 'WYPISZ'],
    ['REZYGNUJĘ', 'REZYGNUJE'],
    ['Rezygnuje z SMS', 'REZYGNUJE'],
    ['rezygnuję!', 'REZYGNUJE'],
    ['unsubscribe', 'UNSUBSCRIBE'],
    ['Nie stop', ''],
    ['Stopniowo', ''],
    ['Dziekuje', ''],
    ['', ''],
    ['😀', ''],
  ])('%j: %j', (text, word) => expect(optOutWord(text)).toBe(word));

  test('a text of a megabyte is read no further than its beginning', () => {
    expect(optOutWord(' '.repeat(1_000_000))).toBe('');
  });
});

const http = createNodeTransport();
afterAll(() => http.close());
let pushing: SmsApiSimulator;
let asked: SerwerSmsSimulator;
beforeAll(async () => {
  [pushing, asked] = await Promise.all([startSmsApiSimulator(), startSerwerSmsSimulator()]);
});
afterAll(() => Promise.all([pushing.close(), asked.close()]));

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
  pushing.addName('Nazwa 1');
});
afterEach(async () => {
  pushing.faults.clear();
  pushing.taken.clear();
  asked.inbound.length = 0;
  await delivery.dispatch.stop(0);
  await accounts.close();
  await t.end();
});

const add = async (operator: string, url: string): Promise<OperatorAccount> => {
  const body = { operator, title: 'Konto', settings: { token: 'token', baseUrl: url } };
  return (await (await t.call('POST', '/v1/operator-accounts', { token, body })).json()) as OperatorAccount;
};
const get = async <T>(path: string, by = token): Promise<T[]> =>
  ((await (await t.call('GET', `/v1/${path}`, { token: by })).json()) as { items: T[] }).items;
const turn = async (milliseconds = 0) => {
  t.platform.clock.forward(milliseconds);
  await delivery.dispatch.turn();
};
const optOuts = async (by = token) =>
  (await get<{ number: string; source: string; by: string }>('number-lists/opt-outs', by)).map(
    (it) => `${it.number} ${it.source} ${it.by}`,
  );

describe('a text that came in', () => {
  test('by a push: STOP leaves its number out of what waits, for that organisation', async () => {
    const { reportsUrl } = await add('smsapi', pushing.url);
    const body = {
      companyId: 'com_1a',
      text: 'Tekst',
      recipients: [{ number: '600100200' }, { number: '600100201' }],
      scheduledAt: t.platform.clock.now() + 60_000,
    };
    await t.call('POST', '/v1/batches', { token, body, headers: { 'Idempotency-Key': 'k1' } });
    const path = new URL(reportsUrl).pathname;
    const push = (from: string, text: string, id: string) =>
      t.call('POST', path, {
        body: new URLSearchParams({ MsgId: id, sms_from: from, sms_to: '48500', sms_text: text }).toString(),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      });
    expect((await push('48600100200', 'Rezygnuję, dziękuję', 'A1')).status).toBe(200);
    await push('48600100200', 'Rezygnuję, dziękuję', 'A1');
    await push('48600100209', 'Kiedy odbiór?', 'A2');
    await turn();
    expect(await get<InboundMessage>('inbound-messages')).toMatchObject([
      { number: '+48600100209', text: 'Kiedy odbiór?', keyword: '' },
      { number: '+48600100200', text: 'Rezygnuję, dziękuję', keyword: 'REZYGNUJE', to: '48500' },
    ]);
    expect(await optOuts()).toEqual(['+48600100200 REZYGNUJE ']);
    expect(await optOuts(await t.signIn('per_2_administrator'))).toEqual([]);
    await turn(60_000);
    expect(pushing.taken.all.map((it) => it.number)).toEqual(['+48600100201']);
  });

  test('by asking, where the operator does not push: each once, every five minutes', async () => {
    await add('serwersms', asked.url);
    asked.inbound.push({ id: 'i1', phone: '+48600100200', text: 'STOP', at: t.platform.clock.now() });
    await turn();
    expect(await optOuts()).toEqual(['+48600100200 STOP ']);
    // Lifted by an administrator: the same text, told again, does not bring it back.
    const body = { numbers: ['600100200'] };
    await t.call('POST', '/v1/number-lists/opt-outs/remove', { token, body });
    await turn(5 * 60_000);
    expect(await get('inbound-messages')).toHaveLength(1);
    expect(await optOuts()).toEqual([]);
  });
});

describe('a report of a message that nobody knows', () => {
  const report = (id: string) => `MsgId=${id}&status=404&status_name=DELIVERED&donedate=1772618400`;

  test('is kept and shown to administrators after ten minutes, with what it says', async () => {
    const { reportsUrl, id } = await add('smsapi', pushing.url);
    const path = new URL(reportsUrl).pathname;
    await t.call('GET', `${path}?${report('6131')}`);
    await turn();
    expect(await get('unknown-reports')).toEqual([]);
    await turn(10 * 60_000);
    expect(await get<UnknownReport>('unknown-reports')).toMatchObject([
      {
        accountId: id,
        title: 'Konto',
        raw: report('6131'),
        reports: [{ operatorMessageId: '6131', state: 'delivered' }],
      },
    ]);
    expect(await get('unknown-reports', await t.signIn('per_2_administrator'))).toEqual([]);
    for (let hours = 0; hours < 80; hours += 8) await turn(8 * 3_600_000);
    expect(await get('unknown-reports')).toHaveLength(1);
  });

  test('is matched, and shown no more, when its message is known at last', async () => {
    const { reportsUrl, id } = await add('smsapi', pushing.url);
    const path = new URL(reportsUrl).pathname;
    await t.call('GET', `${path}?${report('6132')}`);
    await turn(10 * 60_000);
    expect(await get('unknown-reports')).toHaveLength(1);
    const body = { companyId: 'com_1a', text: 'Tekst', recipients: [{ number: '600100200' }] };
    await t.call('POST', '/v1/batches', { token, body, headers: { 'Idempotency-Key': 'k2' } });
    await t.platform.database.query({
      sql: `UPDATE messages SET state = 'unknown', operator = '${id}', operator_message_id = '6132', attempts = 1,
        due_at = ${Number.MAX_SAFE_INTEGER}`,
    });
    await t.platform.database.query({ sql: 'UPDATE batch_progress SET queued = 0, unknown = 1' });
    await turn(3_600_000);
    expect(await get('unknown-reports')).toEqual([]);
    expect(await t.platform.database.query({ sql: 'SELECT state FROM messages' })).toEqual([
      { state: 'delivered' },
    ]);
  });
});
