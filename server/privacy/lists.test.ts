import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListChanged, ListedNumber } from '../../shared/api/privacy.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
let administrator: string;
let sender: string;
beforeAll(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  await addOrganisation(t.platform, 2);
  administrator = await t.signIn('per_1_administrator');
  sender = await t.signIn('per_1_sender');
});
afterAll(() => t.end());

const post = async <T>(path: string, body: unknown, token = sender): Promise<T> => {
  const answer = await t.call('POST', `/v1/${path}`, { token, body });
  expect(answer.status, await answer.clone().text()).toBeLessThan(300);
  return (await answer.json()) as T;
};
const listed = async (list: string, query = '', token = administrator) =>
  (await (await t.call('GET', `/v1/number-lists/${list}${query}`, { token })).json()) as {
    items: ListedNumber[];
    next: string | null;
  };
let keys = 0;
const send = (body: object) =>
  t.call('POST', '/v1/batches', {
    token: sender,
    body: { companyId: 'com_1a', text: 'Tekst', ...body },
    headers: { 'Idempotency-Key': `key-${++keys}` },
  });

describe('the opt-out list', () => {
  test('is added to as people write numbers, each once, and nobody on it gets a text', async () => {
    const added = await post<ListChanged>('number-lists/opt-outs', {
      numbers: ['600 100 200', '+48600100200', '600-100-201', 'brak', '12 345 67 89'],
      source: 'telefon 12.03',
    });
    expect(added).toEqual({
      changed: 2,
      refused: [
        { index: 3, reason: 'not-a-number' },
        { index: 4, reason: 'landline' },
      ],
    });
    t.platform.clock.forward(1000);
    const again = await post<ListChanged>('number-lists/opt-outs', {
      numbers: ['600100200'],
      source: 'znów',
    });
    expect(again.changed).toBe(0);
    expect((await listed('opt-outs')).items).toMatchObject([
      { number: '+48600100201', source: 'telefon 12.03', by: 'sender' },
      { number: '+48600100200', source: 'telefon 12.03', by: 'sender' },
    ]);
    const sent = await send({ recipients: [{ number: '600100200' }, { number: '600100209' }] });
    expect(await sent.json()).toMatchObject({ messages: 1, skipped: [{ index: 0, reason: 'opted-out' }] });
    // The other organisation's people are asked themselves.
    const theirs = await listed('opt-outs', '', await t.signIn('per_2_administrator'));
    expect(theirs.items).toEqual([]);
  });

  test('comes in pages and as one file', async () => {
    const first = await listed('opt-outs', '?limit=1');
    expect(first.items.map((it) => it.number)).toEqual(['+48600100201']);
    const second = await listed('opt-outs', `?limit=1&cursor=${first.next}`);
    expect(second).toMatchObject({ items: [{ number: '+48600100200' }], next: null });
    const file = await t.call('GET', '/v1/number-lists/opt-outs/file', { token: administrator });
    expect(file.headers.get('content-type')).toContain('text/csv');
    const lines = (await file.text()).trim().split('\r\n');
    expect(lines[0]).toContain('number,source,by,at');
    expect(lines[1]).toMatch(/^\+48600100201,telefon 12.03,sender,2026-/);
    expect(lines).toHaveLength(3);
  });

  test('is left by an administrator’s word alone, and then texts go out again', async () => {
    const body = { numbers: ['600100200'] };
    const refused = await t.call('POST', '/v1/number-lists/opt-outs/remove', { token: sender, body });
    expect(refused.status).toBe(403);
    expect((await post<ListChanged>('number-lists/opt-outs/remove', body, administrator)).changed).toBe(1);
    expect(await (await send({ recipients: [{ number: '600100200' }] })).json()).toMatchObject({
      messages: 1,
    });
  });

  test('leaves a record of who, and no number in it', async () => {
    const records = await t.platform.database.query({
      sql: `SELECT by, act, detail FROM audit WHERE act LIKE 'opt-outs%' ORDER BY id`,
    });
    expect(records.map((row) => [row.by, row.act])).toEqual([
      ['per_1_sender', 'opt-outs.added'],
      ['per_1_sender', 'opt-outs.added'],
      ['per_1_administrator', 'opt-outs.removed'],
    ]);
    expect(JSON.stringify(records)).not.toMatch(/\d{9}/);
  });

  test.each([
    ['no numbers', { numbers: [], source: 'x' }],
    ['too many', { numbers: Array.from({ length: 10_001 }, () => '600100200'), source: 'x' }],
    ['no source', { numbers: ['600100200'], source: ' ' }],
  ])('%s is refused', async (_, body) => {
    expect((await t.call('POST', '/v1/number-lists/opt-outs', { token: sender, body })).status).toBe(400);
    expect((await t.call('GET', '/v1/number-lists/others', { token: administrator })).status).toBe(400);
  });
});

describe('consents to marketing (PKE art. 398)', () => {
  const recipients = [{ number: '600100300' }, { number: '600100301' }];

  test('marketing goes to those alone whose consent is recorded, until it is withdrawn', async () => {
    expect((await send({ recipients, purpose: 'marketing' })).status).toBe(422);
    await post('number-lists/marketing-consents', { numbers: ['600100301'], source: 'formularz' });
    const sent = await send({ recipients, purpose: 'marketing' });
    expect(await sent.json()).toMatchObject({
      messages: 1,
      skipped: [{ index: 0, reason: 'consent-missing' }],
    });
    expect((await listed('marketing-consents')).items).toMatchObject([
      { number: '+48600100301', source: 'formularz', by: 'sender' },
    ]);
    await post('number-lists/marketing-consents/remove', { numbers: ['600100301'] });
    expect((await send({ recipients, purpose: 'marketing' })).status).toBe(422);
    // What is no marketing needs none.
    expect((await send({ recipients })).status).toBe(201);
  });
});
