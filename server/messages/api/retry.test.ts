import { afterEach, describe, expect, test } from 'vitest';
import { type Batch, BatchAccepted } from '../../../shared/api/batches.ts';
import { type SendingApp, sendingApp } from './fixture.node.ts';

let it: SendingApp;
afterEach(() => it.end());

/** The sandbox refuses numbers that end so, and reports others undelivered. */
const refused = '600300003';
const undelivered = '600300001';

const retry = (id: string, key = `retry-${Math.random()}`, token = it.sender) =>
  it.call('POST', `/v1/batches/${id}/retry`, { token, headers: { 'Idempotency-Key': key } });
const batch = async (id: string) =>
  (await (await it.call('GET', `/v1/batches/${id}`, { token: it.sender })).json()) as Batch;

async function failed(): Promise<string> {
  it = await sendingApp();
  const answer = await it.send({
    text: 'Dzien dobry {Imię}',
    recipients: [
      { number: '600100200', name: 'Anna', fields: { Imię: 'Anna' } },
      { number: refused, name: 'Jan', reference: 'row-7', fields: { Imię: 'Jan' } },
    ],
  });
  await it.after(0);
  await it.after(2000);
  return BatchAccepted.parse(await answer.json()).id;
}

describe('the failed ones of a batch', () => {
  test('are sent again as they were, and the others are not', async () => {
    const id = await failed();
    expect(await batch(id)).toMatchObject({ counts: { delivered: 1, rejected: 1 }, retried: 0 });
    const answer = await retry(id);
    expect(answer.status).toBe(201);
    const again = BatchAccepted.parse(await answer.json());
    expect(again).toMatchObject({ messages: 1, parts: 1, skipped: [] });
    const messages = await it.call('GET', `/v1/batches/${again.id}/messages`, { token: it.sender });
    expect(await messages.json()).toMatchObject({
      items: [{ number: `+48${refused}`, recipientName: 'Jan', reference: 'row-7', text: 'Dzien dobry Jan' }],
    });
    expect(await batch(id)).toMatchObject({ retried: 1 });
    expect((await it.sql(`SELECT count(*) AS n FROM messages`))[0]?.n).toBe(3);
  });

  test('each once: the second time nobody is left, and the same key gives the same answer', async () => {
    const id = await failed();
    const first = await (await retry(id, 'once')).text();
    const replayed = await retry(id, 'once');
    expect([replayed.status, await replayed.text()]).toEqual([201, first]);
    expect((await retry(id, 'twice')).status).toBe(422);
    expect((await it.sql(`SELECT count(*) AS n FROM messages`))[0]?.n).toBe(3);
  });

  test('two at once send once', async () => {
    const id = await failed();
    const answers = await Promise.all([retry(id), retry(id), retry(id)]);
    expect(answers.map((one) => one.status).filter((status) => status === 201)).toHaveLength(1);
    for (const one of answers) expect([201, 409, 422]).toContain(one.status);
    expect((await it.sql(`SELECT count(*) AS n FROM messages`))[0]?.n).toBe(3);
  });

  test('pass the whole gate: a name that lost its authorisation, a number that has opted out', async () => {
    const id = await failed();
    await it.sql(`UPDATE sender_names SET state = 'submitted'`);
    expect((await retry(id)).status).toBe(403);
    await it.sql(`UPDATE sender_names SET state = 'authorised'`);
    await it.sql(
      `INSERT INTO opt_outs (organisation_id, number, source, at) VALUES ('org_1', '+48${refused}', 'STOP', 1)`,
    );
    expect(await (await retry(id)).json()).toMatchObject({
      code: 'no-recipients',
      errors: [{ code: 'opted-out' }],
    });
  });

  test('are undelivered and expired ones too, never those of unknown fate', async () => {
    it = await sendingApp();
    const answer = await it.send({
      recipients: [{ number: undelivered }, { number: '600100201' }, { number: '600100202' }],
    });
    const { id } = BatchAccepted.parse(await answer.json());
    await it.sql(`UPDATE messages SET state = CASE number WHEN '+48${undelivered}' THEN 'undelivered'
      WHEN '+48600100201' THEN 'expired' ELSE 'unknown' END`);
    expect(await (await retry(id)).json()).toMatchObject({ messages: 2 });
  });

  test('of HRM are not texted as customers are', async () => {
    const id = await failed();
    await it.sql(`UPDATE batches SET origin = 'hrm' WHERE id = '${id}'`);
    expect((await retry(id)).status).toBe(403);
  });

  test('of another organisation are not there', async () => {
    const id = await failed();
    expect((await retry(id, 'x', it.stranger)).status).toBe(404);
    expect((await it.call('POST', `/v1/batches/${id}/retry`, { token: it.sender })).status).toBe(400);
  });
});
