import { afterEach, describe, expect, test } from 'vitest';
import { Batch, BatchAccepted } from '../../../shared/api/batches.ts';
import { MessageTimeline } from '../../../shared/api/messages.ts';
import { people, problemOf, type SendingApp, sendingApp } from './fixture.node.ts';

let it: SendingApp;
afterEach(() => it.end());

const accepted = async (answer: Response) => BatchAccepted.parse(await answer.json());
const read = async <Item>(path: string, token = it.sender) =>
  (await (await it.call('GET', path, { token })).json()) as { items: Item[]; next: string | null };

/** All pages of a list, two at a time. */
async function pages<Item>(path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let cursor = ''; ; ) {
    const page = await read<Item>(`${path}?limit=2${cursor}`);
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = `&cursor=${page.next}`;
  }
}

describe('history', () => {
  test('scenario 1: five are sent under the name, the balance falls by five, the history shows each', async () => {
    it = await sendingApp(300);
    const { id } = await accepted(await it.send({ recipients: people(5) }));
    await it.after(0);
    await it.after(2000);
    expect(await it.sql('SELECT DISTINCT sender_name FROM sandbox_texts')).toEqual([
      { sender_name: 'Nazwa 1' },
    ]);
    expect(await it.balance()).toBe(295);
    const batch = Batch.parse(await (await it.call('GET', `/v1/batches/${id}`, { token: it.sender })).json());
    expect(batch).toMatchObject({
      senderName: 'Nazwa 1',
      state: 'finished',
      messages: 5,
      createdBy: 'sender',
      settledParts: 5,
    });
    expect(batch.counts).toMatchObject({ delivered: 5, queued: 0 });
    const { items } = await read<{ recipientName: string; number: string; text: string }>(
      `/v1/batches/${id}/messages`,
    );
    expect(items).toHaveLength(5);
    expect(items[0]).toMatchObject({
      recipientName: 'Osoba 0',
      number: '+48600100200',
      text: 'Wizyta jutro o 10.',
    });
  });

  test('a message tells what happened to it', async () => {
    it = await sendingApp();
    const { id } = await accepted(await it.send({ recipients: [{ number: '600300001', reference: 'r' }] }));
    await it.after(0);
    await it.after(2000);
    const { items } = await read<{ id: string }>(`/v1/batches/${id}/messages`);
    const answer = await it.call('GET', `/v1/messages/${items[0]?.id}`, { token: it.sender });
    const timeline = MessageTimeline.parse(await answer.json());
    expect(timeline).toMatchObject({ state: 'undelivered', reference: 'r', batchId: id });
    expect(timeline.attempts).toMatchObject([{ operator: 'sandbox', outcome: 'accepted' }]);
    expect(timeline.reports).toMatchObject([{ state: 'undelivered' }]);
  });

  test('lists are read in pages: every entry once', async () => {
    it = await sendingApp();
    const sent: string[] = [];
    for (let at = 0; at < 5; at++) {
      sent.push((await accepted(await it.send({}))).id);
      // Two in the same millisecond, others not.
      if (at % 2 === 1) it.platform.clock.forward(1);
    }
    expect((await pages<{ id: string }>('/v1/batches')).map((batch) => batch.id)).toEqual(sent.reverse());
    const ledger = await pages<{ kind: string; balance: number }>('/v1/packages/ledger');
    expect(ledger.map((entry) => `${entry.kind} ${entry.balance}`)).toEqual([
      'reserve 95',
      'reserve 96',
      'reserve 97',
      'reserve 98',
      'reserve 99',
      'purchase 100',
    ]);
  });

  test('polled with If-None-Match, nothing is told while nothing has changed', async () => {
    it = await sendingApp();
    const { id } = await accepted(await it.send({}));
    const poll = (tag: string) =>
      it.call('GET', `/v1/batches/${id}`, { token: it.sender, headers: { 'If-None-Match': tag } });
    const tag = (await poll('"x"')).headers.get('etag') ?? '';
    expect((await poll(tag)).status).toBe(304);
    expect((await poll(`"y", W/${tag}`)).status).toBe(304);
    await it.after(0);
    expect((await poll(tag)).status).toBe(200);
  });

  test('another organisation sees none of it: 404', async () => {
    it = await sendingApp();
    const { id } = await accepted(await it.send({}));
    const { items } = await read<{ id: string }>(`/v1/batches/${id}/messages`);
    const paths: [string, string][] = [
      ['GET', `/v1/batches/${id}`],
      ['GET', `/v1/batches/${id}/messages`],
      ['GET', `/v1/messages/${items[0]?.id}`],
      ['POST', `/v1/batches/${id}/cancel`],
    ];
    for (const [method, path] of paths) {
      const answer = await it.call(method, path, { token: it.stranger });
      expect([path, answer.status, (await problemOf(answer)).code]).toEqual([path, 404, 'not-found']);
    }
    expect((await read('/v1/batches', it.stranger)).items).toEqual([]);
    for (const path of [
      '/v1/messages/1',
      '/v1/messages/msg_0',
      '/v1/messages/msg_9999999999999999',
      '/v1/batches/%00',
    ]) {
      expect((await it.call('GET', path, { token: it.sender })).status).toBe(404);
    }
  });

  test('a sender sees the batches of their companies, an administrator all', async () => {
    it = await sendingApp();
    await it.send({ companyId: 'com_1b' }, { token: it.administrator });
    expect((await read('/v1/batches')).items).toHaveLength(0);
    expect((await read('/v1/batches', it.administrator)).items).toHaveLength(1);
  });
});

describe('cancelling', () => {
  test('what is queued is stopped and its parts come back; twice is once', async () => {
    it = await sendingApp();
    const { id } = await accepted(
      await it.send({ recipients: people(4), scheduledAt: it.platform.clock.now() + 60_000 }),
    );
    expect(await it.balance()).toBe(96);
    for (const _ of [1, 2]) {
      const answer = await it.call('POST', `/v1/batches/${id}/cancel`, { token: it.sender });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ state: 'cancelled', counts: { cancelled: 4, queued: 0 } });
    }
    expect(await it.balance()).toBe(100);
    await it.after(120_000);
    expect(await it.sql('SELECT count(*) AS n FROM sandbox_texts')).toEqual([{ n: 0 }]);
  });

  test('409: all of it is sent already', async () => {
    it = await sendingApp();
    const { id } = await accepted(await it.send({}));
    await it.after(0);
    const answer = await it.call('POST', `/v1/batches/${id}/cancel`, { token: it.sender });
    expect([answer.status, (await problemOf(answer)).code]).toEqual([409, 'conflict']);
  });

  test('a message that comes back for another try after the cancel is not tried again', async () => {
    it = await sendingApp();
    const { id } = await accepted(
      await it.send({ recipients: [{ number: '600300005' }, { number: '600300009' }] }),
    );
    await it.after(0);
    await it.sql(`UPDATE batches SET state = 'sending'`);
    expect((await it.call('POST', `/v1/batches/${id}/cancel`, { token: it.sender })).status).toBe(200);
    await it.after(60_000);
    expect(await it.sql('SELECT state FROM messages ORDER BY id')).toEqual([
      { state: 'cancelled' },
      { state: 'accepted' },
    ]);
    expect(await it.balance()).toBe(99);
  });
});

describe('422: the key was used with another body', () => {
  test('it is refused, and the first send stands', async () => {
    it = await sendingApp();
    await it.send({}, { key: 'a' });
    const answer = await it.send({ text: 'Inny' }, { key: 'a' });
    expect([answer.status, (await problemOf(answer)).code]).toEqual([422, 'idempotency-key-reused']);
    expect(await it.balance()).toBe(99);
  });
});
