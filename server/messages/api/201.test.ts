import { afterEach, describe, expect, test } from 'vitest';
import { BatchAccepted } from '../../../shared/api/batches.ts';
import { people, type SendingApp, sendingApp } from './fixture.node.ts';

let it: SendingApp;
afterEach(() => it.end());

describe('201: a send is accepted', () => {
  test('it is stored with its messages, reservation and audit record before it is answered', async () => {
    it = await sendingApp();
    const answer = await it.send({ recipients: people(3) });
    expect(answer.status).toBe(201);
    const accepted = BatchAccepted.parse(await answer.json());
    expect(accepted).toMatchObject({
      senderName: 'Nazwa 1',
      messages: 3,
      parts: 3,
      balance: 97,
      skipped: [],
    });
    expect(await it.sql('SELECT number, state, reference, recipient_name FROM messages')).toEqual(
      people(3).map((person) => ({
        number: `+48${person.number.replaceAll(' ', '')}`,
        state: 'queued',
        reference: person.reference,
        recipient_name: person.name,
      })),
    );
    expect(await it.balance()).toBe(97);
    expect(await it.sql(`SELECT by, subject FROM audit WHERE act = 'batch.accepted'`)).toEqual([
      { by: 'per_1_sender', subject: accepted.id },
    ]);
  });

  test('the most that a send may hold: 10,000 recipients, each with a long text of its own', async () => {
    it = await sendingApp(60_000);
    const text = '{Sprawa}';
    const recipients = Array.from({ length: 10_000 }, (_, at) => ({
      number: `+4860${1_000_000 + at}`,
      fields: { Sprawa: `${at} ${'Dzien dobry, '.repeat(68)}` },
    }));
    const answer = await it.send({ text, recipients });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({ messages: 10_000, parts: 60_000, balance: 0 });
    const [stored] = await it.sql(
      `SELECT count(DISTINCT text) AS texts, sum(parts) AS parts, min(length(text)) AS shortest FROM messages`,
    );
    expect(stored).toMatchObject({ texts: 10_000, parts: 60_000 });
    expect(Number(stored?.shortest)).toBeGreaterThan(800);
  });

  test('the same key with the same body gives the stored answer, whatever has changed since', async () => {
    it = await sendingApp(1);
    const first = await it.send({}, { key: 'a' });
    await it.sql(`UPDATE sender_names SET state = 'deactivated' WHERE id = 'snd_1'`);
    const second = await it.send({}, { key: 'a' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await it.sql('SELECT count(*) AS n FROM messages')).toEqual([{ n: 1 }]);
  });

  test('the same key twice at once is one send', async () => {
    it = await sendingApp();
    const answers = await Promise.all(Array.from({ length: 8 }, () => it.send({}, { key: 'a' })));
    const bodies = new Set(await Promise.all(answers.map((answer) => answer.text())));
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(bodies.size).toBe(1);
    expect(await it.balance()).toBe(99);
  });

  test('keys belong to an organisation', async () => {
    it = await sendingApp();
    expect((await it.send({}, { key: 'a' })).status).toBe(201);
    expect((await it.send({ companyId: 'com_2a' }, { key: 'a', token: it.stranger })).status).toBe(201);
  });

  test('sends at once share a commit, and one that fails does not fail the others', async () => {
    it = await sendingApp(5);
    const answers = await Promise.all([
      it.send({ recipients: people(2) }),
      it.send({ companyId: 'com_2a' }),
      it.send({ recipients: people(9) }),
      it.send({ text: '{Imię}' }),
      it.send({ recipients: people(3) }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([201, 404, 402, 422, 201]);
    expect(await it.balance()).toBe(0);
  });

  test('of sends at once that the package covers only in part, as many go as it covers', async () => {
    it = await sendingApp(5);
    const answers = await Promise.all(Array.from({ length: 9 }, () => it.send({})));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(5);
    expect(answers.filter((answer) => answer.status === 402)).toHaveLength(4);
    expect(await it.balance()).toBe(0);
  });

  test('scenario 2: bad rows are listed with reasons, and only the others are sent', async () => {
    it = await sendingApp();
    const numbers = ['+48 600 100 200', '601222333', '602333444', '', '22 123 45 67', '600100200'];
    const recipients = numbers.map((number, at) => ({ number, reference: `row-${at}` }));
    for (const path of ['/v1/batches/preview', '/v1/batches']) {
      const said = (await (await it.send({ recipients }, { path })).json()) as { skipped: unknown };
      expect(said.skipped).toEqual([
        { index: 3, reference: 'row-3', reason: 'no-number', detail: '' },
        { index: 4, reference: 'row-4', reason: 'landline', detail: '' },
        { index: 5, reference: 'row-5', reason: 'duplicate', detail: '0' },
      ]);
    }
    await it.after(0);
    expect(await it.sql('SELECT count(*) AS n FROM sandbox_texts')).toEqual([{ n: 3 }]);
  });

  test('opted-out numbers and, for marketing, numbers without consent are left out', async () => {
    it = await sendingApp();
    await it.sql(
      `INSERT INTO opt_outs (organisation_id, number, source, at)
        VALUES ('org_1', '+48600100200', 'STOP', 1), ('org_2', '+48600100201', 'x', 1)`,
    );
    await it.sql(
      `INSERT INTO consents (organisation_id, number, purpose, source, at) VALUES ('org_1', '+48600100201', 'marketing', 'form', 1)`,
    );
    const reasons = async (purpose: 'service' | 'marketing') => {
      const answer = await it.send({ purpose, recipients: people(3) });
      return BatchAccepted.parse(await answer.json()).skipped.map(
        ({ index, reason }) => `${index} ${reason}`,
      );
    };
    expect(await reasons('service')).toEqual(['0 opted-out']);
    expect(await reasons('marketing')).toEqual(['0 opted-out', '2 consent-missing']);
  });

  test('ten thousand recipients are one transaction', async () => {
    it = await sendingApp(20_000);
    const recipients = Array.from({ length: 10_000 }, (_, at) => ({
      number: `+4860${String(1_000_000 + at)}`,
    }));
    const answer = await it.send({ recipients });
    expect(BatchAccepted.parse(await answer.json())).toMatchObject({ messages: 10_000, balance: 10_000 });
  });

  test('fields are merged and folded for each recipient, and counted after it', async () => {
    it = await sendingApp();
    const recipients = [{ number: '600100200', fields: { Imię: 'Łucja' } }, { number: '600100201' }];
    const draft = { text: 'Dzień dobry {imię|Kliencie}!', foldPolishLetters: true, recipients };
    expect((await it.send(draft)).status).toBe(201);
    expect((await it.sql('SELECT text FROM messages')).map((row) => row.text)).toEqual([
      'Dzien dobry Lucja!',
      'Dzien dobry Kliencie!',
    ]);
  });

  test('a purchase is recorded by an administrator, and its parts are there', async () => {
    it = await sendingApp();
    const answer = await it.call('POST', '/v1/packages', {
      token: it.administrator,
      body: { parts: 500, invoice: 'FV 1/2026' },
    });
    expect(answer.status).toBe(201);
    expect(await answer.json()).toMatchObject({
      kind: 'purchase',
      parts: 500,
      balance: 600,
      note: 'FV 1/2026',
    });
  });
});
