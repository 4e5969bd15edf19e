import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NumberErased, NumberRecord } from '../../shared/api/privacy.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { createDelivery, type Delivery } from '../messages/delivery.ts';
import { eraseOld } from './erasing.ts';

const day = 24 * 60 * 60 * 1000;
const number = '+48600100200';

let t: TestApp;
let delivery: Delivery;
let token: string;
beforeEach(async () => {
  t = await testApp();
  delivery = await createDelivery(t.platform);
  await addOrganisation(t.platform, 1);
  await addOrganisation(t.platform, 2);
  token = await t.signIn('per_1_administrator');
});
afterEach(async () => {
  await delivery.dispatch.stop(0);
  await t.end();
});

let keys = 0;
async function send(numbers: string[], more: object = {}, company = 'com_1a', by = token): Promise<string> {
  const recipients = numbers.map((it) => ({
    number: it,
    name: 'Jan Kowalski',
    reference: 'klient-7',
    fields: { Imię: 'Jan' },
  }));
  const answer = await t.call('POST', '/v1/batches', {
    token: by,
    body: { companyId: company, text: 'Dzien dobry {Imię}', recipients, ...more },
    headers: { 'Idempotency-Key': `key-${++keys}` },
  });
  expect(answer.status, await answer.clone().text()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}
async function later(milliseconds: number): Promise<void> {
  t.platform.clock.forward(milliseconds);
  await delivery.dispatch.turn();
  await delivery.dispatch.turn();
}
const ask = async <T>(what: 'record' | 'erasure', of = number): Promise<T> =>
  (await (await t.call('POST', `/v1/numbers/${what}`, { token, body: { number: of } })).json()) as T;
const sql = (text: string, ...args: (string | number)[]) => t.platform.database.query({ sql: text, args });
const everything = async (): Promise<string> => {
  const tables = ['batches', 'messages', 'inbound_messages', 'reports', 'audit', 'ledger', 'attempts'];
  return JSON.stringify(await Promise.all(tables.map((table) => sql(`SELECT * FROM ${table}`))));
};

describe('what is kept about a number', () => {
  test('is told whole: messages, consent, opt-out, texts from it, and nothing of other organisations', async () => {
    await send(['600100200', '600100201']);
    await send(['600100200'], {}, 'com_2a', await t.signIn('per_2_administrator'));
    await later(0);
    await later(2000);
    const list = { numbers: ['600100200'], source: 'formularz' };
    await t.call('POST', '/v1/number-lists/marketing-consents', { token, body: list });
    await t.call('POST', '/v1/number-lists/opt-outs', { token, body: list });
    await sql(`INSERT INTO inbound_messages (organisation_id, operator, number, text, received_at)
      VALUES ('org_1', 'x', '${number}', 'Dziekuje', 1)`);
    expect(await ask<NumberRecord>('record', '600 100 200')).toMatchObject({
      number,
      optOut: { source: 'formularz', by: 'administrator' },
      marketingConsent: { source: 'formularz' },
      messages: [
        { senderName: 'Nazwa 1', recipientName: 'Jan Kowalski', text: 'Dzien dobry Jan', state: 'delivered' },
      ],
      inbound: [{ text: 'Dziekuje' }],
      employees: [],
    });
    expect(await ask<NumberRecord>('record', '600100299')).toMatchObject({ optOut: null, messages: [] });
    const wrong = await t.call('POST', '/v1/numbers/record', { token, body: { number: 'brak' } });
    expect(wrong.status).toBe(400);
  });

  test('is erased; what waits for it is stopped and paid back, an opt-out stays, others keep theirs', async () => {
    await send(['600100200', '600100201']);
    await later(0);
    await later(2000);
    await send(['600100200'], { scheduledAt: t.platform.clock.now() + 2 * day });
    const list = { numbers: ['600100200'], source: 'telefon' };
    await t.call('POST', '/v1/number-lists/opt-outs', { token, body: list });
    await t.call('POST', '/v1/number-lists/marketing-consents', { token, body: list });
    expect((await sql(`SELECT parts FROM balances WHERE organisation_id = 'org_1'`))[0]?.parts).toBe(97);
    expect(await ask<NumberErased>('erasure')).toEqual({
      messages: 2,
      inbound: 0,
      consents: 1,
      stopped: 1,
      underWay: 0,
      employees: 0,
    });
    expect((await sql(`SELECT parts FROM balances WHERE organisation_id = 'org_1'`))[0]?.parts).toBe(98);
    expect(await everything()).not.toContain('600100200');
    expect(await sql('SELECT number, text, recipient_name, state FROM messages ORDER BY id')).toMatchObject([
      { number: '', text: null, recipient_name: '', state: 'delivered' },
      { number: '+48600100201', text: 'Dzien dobry Jan', recipient_name: 'Jan Kowalski' },
      { number: '', text: null, state: 'cancelled' },
    ]);
    expect(await ask<NumberRecord>('record')).toMatchObject({
      optOut: { source: 'telefon' },
      marketingConsent: null,
      messages: [],
    });
    await later(3 * day);
    expect((await sql('SELECT count(*) AS n FROM sandbox_texts'))[0]?.n).toBe(2);
  });

  test('what is being handed over is left until its fate is known', async () => {
    await send(['600100200']);
    await sql(`UPDATE messages SET state = 'sending', lease_until = ${t.platform.clock.now() + day}`);
    expect(await ask<NumberErased>('erasure')).toMatchObject({ messages: 0, underWay: 1 });
    expect((await sql('SELECT number FROM messages'))[0]?.number).toBe(number);
  });
});

describe('retention', () => {
  test('texts, numbers and names go after the organisation’s days; states, parts and the ledger stay', async () => {
    const first = await send(['600100200', 'brak']);
    await later(0);
    await later(2000);
    const ledger = await sql('SELECT * FROM ledger');
    await later(89 * day);
    token = await t.signIn('per_1_administrator');
    await send(['600100201']);
    await later(0);
    await eraseOld(t.platform.database, t.platform.clock.now());
    expect(await everything()).toContain('600100200');
    t.platform.clock.forward(day);
    expect(await eraseOld(t.platform.database, t.platform.clock.now())).toBe(1);
    const left = await everything();
    expect(left).not.toContain('600100200');
    expect(left).toContain('600100201');
    expect(await sql('SELECT * FROM ledger WHERE id <= ?', ledger.length)).toEqual(ledger);
    const batch = await t.call('GET', `/v1/batches/${first}`, { token });
    expect(await batch.json()).toMatchObject({
      text: '',
      messages: 1,
      settledParts: 1,
      counts: { delivered: 1 },
    });
    const messages = await t.call('GET', `/v1/batches/${first}/messages`, { token });
    expect(await messages.json()).toMatchObject({
      items: [{ number: '', text: null, recipientName: '', reference: '', state: 'delivered' }],
    });
    expect(await eraseOld(t.platform.database, t.platform.clock.now())).toBe(0);
  });

  test('is each organisation’s own, and follows a change of its days', async () => {
    await send(['600100200']);
    await send(['600100201'], {}, 'com_2a', await t.signIn('per_2_administrator'));
    await later(0);
    await t.call('PATCH', '/v1/organisation', { token, body: { retentionDays: 10 } });
    await later(10 * day);
    await eraseOld(t.platform.database, t.platform.clock.now());
    expect((await sql('SELECT number FROM messages ORDER BY id')).map((row) => row.number)).toEqual([
      '',
      '+48600100201',
    ]);
  });

  test('what is planned is not erased before it was sent and kept as long as the rest', async () => {
    await t.call('PATCH', '/v1/organisation', { token, body: { retentionDays: 5 } });
    await send(['600100200'], { scheduledAt: t.platform.clock.now() + 20 * day });
    const numbers = async () => (await sql('SELECT number, state FROM messages'))[0];
    for (let days = 0; days < 20; days++) {
      await later(day);
      await eraseOld(t.platform.database, t.platform.clock.now());
      expect((await numbers())?.number).toBe(number);
    }
    await later(2000);
    expect(await numbers()).toMatchObject({ number, state: 'delivered' });
    await later(4 * day);
    await eraseOld(t.platform.database, t.platform.clock.now());
    expect((await numbers())?.number).toBe(number);
    for (let days = 0; days < 2; days++) {
      t.platform.clock.forward(day);
      await eraseOld(t.platform.database, t.platform.clock.now());
    }
    expect(await numbers()).toMatchObject({ number: '', state: 'delivered' });
  });

  test('thousands of one moment go together, however they are cut', async () => {
    const now = t.platform.clock.now();
    await sql(`INSERT INTO batches (id, organisation_id, company_id, sender_name_id, sender_name, purpose, origin, text,
        state, messages, parts, created_by, created_at, idempotency_key, request_hash, answer)
      SELECT 'bat_' || value, 'org_1', 'com_1a', 'snd_1', 'Nazwa 1', 'service', 'crm', 'Tekst', 'finished', 1, 1, 'x',
        ${now} + value / 3000, 'k' || value, '', '{"skipped":[{"reference":"600100200"}]}'
      FROM json_each((SELECT json_group_array(value) FROM (
        WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 5000) SELECT value FROM n)))`);
    await sql(`INSERT INTO batch_progress (batch_id, delivered) SELECT id, 1 FROM batches`);
    await sql(`INSERT INTO messages (organisation_id, batch_id, sender_name, number, parts, text, state, state_at, due_at,
        expires_at) SELECT 'org_1', id, 'Nazwa 1', '${number}', 1, 'Tekst', 'delivered', 1, 1, 1 FROM batches`);
    t.platform.clock.forward(91 * day);
    expect(await eraseOld(t.platform.database, t.platform.clock.now())).toBe(5000);
    expect((await sql(`SELECT count(*) AS n FROM messages WHERE number <> ''`))[0]?.n).toBe(0);
    expect(await everything()).not.toContain('600100200');
  });

  test('callbacks and texts from people go, too', async () => {
    const now = t.platform.clock.now();
    await sql(
      `INSERT INTO reports (operator, raw, received_at, try_at, processed_at) VALUES ('x', 'to=48600100200', ${now}, 1, 1)`,
    );
    await sql(`INSERT INTO inbound_messages (organisation_id, operator, number, text, received_at)
      VALUES ('org_1', 'x', '${number}', 'Dziekuje', ${now})`);
    t.platform.clock.forward(31 * day);
    await eraseOld(t.platform.database, t.platform.clock.now());
    expect(await sql('SELECT count(*) AS n FROM reports')).toEqual([{ n: 0 }]);
    expect(await sql('SELECT count(*) AS n FROM inbound_messages')).toEqual([{ n: 1 }]);
    t.platform.clock.forward(60 * day);
    await eraseOld(t.platform.database, t.platform.clock.now());
    expect(await sql('SELECT count(*) AS n FROM inbound_messages')).toEqual([{ n: 0 }]);
  });
});
