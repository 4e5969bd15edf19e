import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createNodeTransport } from '../../platform/http.node.ts';
import type { Operator, OutgoingMessage } from '../operator.ts';
import type { TransportRequest } from '../transport.ts';
import { createSerwerSms } from './adapter.ts';
import { readSendAnswer } from './answers.ts';
import { readPush } from './reports.ts';
import { serwerSmsForm, serwerSmsSettings } from './settings.ts';
import { type SerwerSmsSimulator, startSerwerSmsSimulator } from './simulator.ts';
import { toWarsaw, warsawTime } from './time.ts';

const { transport, close } = createNodeTransport();
let simulator: SerwerSmsSimulator;
let operator: Operator;
let sent: TransportRequest[] = [];

beforeAll(async () => {
  simulator = await startSerwerSmsSimulator();
  simulator.addName('Firma Nowak');
  operator = createSerwerSms(serwerSmsSettings.parse({ token: 'token', baseUrl: simulator.url }), {
    transport: (request) => {
      sent.push(request);
      return transport(request);
    },
    now: () => Date.now(),
    reportsUrl: 'https://sms.example.org/callbacks/serwersms/secret',
  });
});

afterEach(() => {
  simulator.faults.clear();
  simulator.reportFaults.clear();
  simulator.taken.clear();
  simulator.state.duplicateControl = false;
  simulator.state.credit = null;
  simulator.state.token = 'token';
  sent = [];
});

afterAll(async () => {
  await simulator.close();
  await close();
});

let ids = 0;
const message = (number: string, text = 'Zamówienie gotowe'): OutgoingMessage => {
  ids += 1;
  return { ourId: `nadpis${ids}`, number, text, parts: 1 };
};
const send = (messages: OutgoingMessage[], senderName = 'Firma Nowak') =>
  operator.send({ senderName, messages, signal: AbortSignal.timeout(10_000) });
const bodies = () => sent.map((request) => JSON.parse(request.body ?? '{}'));

describe('a send', () => {
  test('one text to several is one request with details and our ids in their order', async () => {
    const messages = ['+48600100201', '+48600100202'].map((number) => message(number));
    const outcomes = await send(messages);
    expect(sent.map((it) => it.url)).toEqual([`${simulator.url}/messages/send_sms.json`]);
    expect(bodies()[0]).toMatchObject({
      sender: 'Firma Nowak',
      details: true,
      utf: true,
      phone: ['+48600100201', '+48600100202'],
      unique_id: messages.map((it) => it.ourId),
      dlr_url: expect.stringContaining('id=#SMSID#&status=#STAN#'),
    });
    expect(outcomes.map((it) => [it.ourId, it.outcome, it.operatorMessageId])).toEqual(
      messages.map((it) => [it.ourId, 'accepted', simulator.taken.ofOurs(it.ourId)[0]?.operatorMessageId]),
    );
    expect(outcomes[0]?.operatorMessageId).toMatch(/^[0-9a-f]{10}$/);
  });

  test('texts that differ are personalised; those with and without Polish letters go apart', async () => {
    const messages = [
      message('+48600100201', 'Pan Jan'),
      message('+48600100202', 'Pani Ewa'),
      message('+48600100203', 'Żółw'),
    ];
    const outcomes = await send(messages);
    expect(outcomes.map((it) => it.outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(sent.map((it) => it.url.split('/').at(-1))).toEqual(['send_personalized.json', 'send_sms.json']);
    expect(bodies().map((it) => it.utf)).toEqual([false, true]);
    expect(simulator.taken.all.map((it) => it.text)).toEqual(['Pan Jan', 'Pani Ewa', 'Żółw']);
  });

  test('two texts to one number go in two requests: the operator drops the second of one', async () => {
    await send([message('+48600100201', 'a'), message('+48600100201', 'b')]);
    expect(simulator.taken.all.map((it) => it.text)).toEqual(['a', 'b']);
    expect(sent).toHaveLength(2);
  });

  test('success with unsent ones is read item by item', async () => {
    simulator.faults.next('some-unsent');
    const outcomes = await send(['+48600100201', '+48600100202', '+48600100203'].map((it) => message(it)));
    expect(outcomes.map((it) => [it.outcome, it.blame])).toEqual([
      ['accepted', 'message'],
      ['rejected', 'message'],
      ['accepted', 'message'],
    ]);
  });

  test('credit that ends in the middle stops the account, not the messages', async () => {
    simulator.state.credit = 1;
    const outcomes = await send([message('+48600100201', 'a'), message('+48600100202', 'a')]);
    expect(outcomes.map((it) => [it.outcome, it.blame])).toEqual([
      ['accepted', 'message'],
      ['retryable', 'credit'],
    ]);
  });

  test('a name that is not authorised blames the name', async () => {
    simulator.addName('Nowak', 'pending_authorization', 'required');
    for (const name of ['Nowak', 'Nieznana', '', '2waySMS']) {
      const [outcome] = await send([message('+48600100201')], name);
      expect([outcome?.outcome, outcome?.blame], name).toEqual(['retryable', 'sender-name']);
    }
    expect(simulator.taken.count).toBe(0);
  });

  test('a token that expires stops the account', async () => {
    simulator.state.token = 'another';
    const [outcome] = await send([message('+48600100201')]);
    expect(outcome).toMatchObject({
      outcome: 'retryable',
      blame: 'auth',
      detail: expect.stringContaining('1012'),
    });
  });

  test('with duplicate control an id that was there is accepted, the others are sent', async () => {
    simulator.state.duplicateControl = true;
    const first = message('+48600100201');
    simulator.faults.next('accept-then-drop');
    expect((await send([first]))[0]?.outcome).toBe('unknown');
    const again = await send([message('+48600100202'), first, message('+48600100203')]);
    expect(again.map((it) => it.outcome)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(again[1]?.operatorMessageId).toBe(simulator.taken.ofOurs(first.ourId)[0]?.operatorMessageId);
    expect(simulator.taken.count).toBe(3);
    expect(simulator.taken.twice()).toEqual([]);
  });

  test('hidden numbers are told apart by order', () => {
    const messages = [message('+48600100201'), message('+48600100202')];
    const item = (id: string) => ({ id, phone: '+48xxxyyyzzz', status: 'queued', parts: 1 });
    const read = readSendAnswer(
      { success: true, queued: 2, unsent: 0, items: [item('a'), item('b')] },
      messages,
    );
    expect(read.map((it) => it.operatorMessageId)).toEqual(['a', 'b']);
    const short = readSendAnswer({ success: true, queued: 1, unsent: 0, items: [item('a')] }, messages);
    expect(short.map((it) => it.outcome)).toEqual(['unknown', 'unknown']);
  });

  test('an answer that says both success and error proves neither', async () => {
    const both = createSerwerSms(serwerSmsSettings.parse({ token: 't' }), {
      transport: async () => ({
        status: 200,
        header: () => null,
        text: '{"success":true,"error":{"code":3103,"type":"SendError","message":"x"}}',
      }),
      now: () => 0,
      reportsUrl: null,
    });
    const outcomes = await both.send({
      senderName: 'N',
      messages: [message('+48600100201')],
      signal: AbortSignal.timeout(1000),
    });
    expect(outcomes[0]?.outcome).toBe('unknown');
  });
});

describe('delivery reports', () => {
  test('are asked by ids, and by our ids where the answer was lost', async () => {
    const known = message('+48600100201');
    await send([known]);
    const lost = [message('+48600100202'), message('+48600100203')];
    simulator.faults.next('accept-then-drop');
    await send(lost);
    for (const it of simulator.taken.all) it.status = 'delivered';
    sent = [];
    const reports = await operator.reportsOf([
      { ourId: known.ourId, operatorMessageId: simulator.taken.all[0]?.operatorMessageId ?? '' },
      ...lost.map((it) => ({ ...it, operatorMessageId: null })),
      { ourId: 'neverSent1', operatorMessageId: null, number: '+48600100209' },
    ]);
    expect(reports.map((it) => [it.ourId, it.state, it.parts])).toEqual(
      [known, ...lost].map((it) => [it.ourId, 'delivered', 1]),
    );
    expect(reports.every((it) => it.operatorMessageId !== null && it.at !== null)).toBe(true);
    expect(sent).toHaveLength(2);
  });

  test('without numbers our ids are asked one at a time, as answers do not name them', async () => {
    const lost = [message('+48600100202'), message('+48600100203')];
    await send(lost);
    sent = [];
    const reports = await operator.reportsOf(lost.map(({ ourId }) => ({ ourId, operatorMessageId: null })));
    expect(reports.map((it) => it.ourId)).toEqual(lost.map((it) => it.ourId));
    expect(sent).toHaveLength(2);
  });

  test('more than 500 are asked in several questions', async () => {
    const asked = Array.from({ length: 1001 }, (_, at) => ({
      ourId: `x${at}`,
      operatorMessageId: `id${at}`,
    }));
    expect(await operator.reportsOf(asked)).toEqual([]);
    expect(bodies().map((it) => it.id.length)).toEqual([500, 500, 1]);
    expect(await operator.reportsOf([])).toEqual([]);
  });

  test.each([
    ['sent', 'accepted'],
    ['in_progress', 'accepted'],
    ['delivered', 'delivered'],
    ['undelivered', 'expired'],
    ['unsent', 'rejected'],
    ['nowy_stan', 'unknown'],
  ])('%s is %s', async (status, state) => {
    await send([message('+48600100201')]);
    const id = simulator.taken.all[0]?.operatorMessageId ?? '';
    const [taken] = simulator.taken.all;
    if (taken !== undefined) taken.status = status;
    const [report] = await operator.reportsOf([{ ourId: 'a', operatorMessageId: id }]);
    expect(report?.state).toBe(state);
  });

  test('a push is a hint: no final state is taken from it, in whatever words it comes', () => {
    for (const word of ['delivered', 'DELIVERED', 'doreczono', 'doręczono', 'Niedoręczono', 'unsent']) {
      const [report] = operator.readReport(
        `id=8931c3c014&status=${encodeURIComponent(word)}&date=2018-05-21+19:16:22&reason=`,
      );
      expect(report, word).toMatchObject({
        operatorMessageId: '8931c3c014',
        state: 'accepted',
        hint: true,
        detail: word,
      });
      expect(report?.at).toBe(Date.UTC(2018, 4, 21, 17, 16, 22));
    }
    expect(readPush('msgitemid=1&status=oczekiwanie')[0]?.hint).toBeUndefined();
    expect(readPush('id=1&status=cokolwiek&error=wrong_number')[0]).toMatchObject({
      state: 'unknown',
      hint: true,
    });
  });

  test.each(['', '&', 'id=1', 'status=delivered', '{"id":1}', '%', '<html>', 'x'.repeat(2_000_000)])(
    'noise is no report (%#)',
    (raw) => expect(readPush(raw)).toEqual([]),
  );

  test('the simulator pushes what the adapter reads', async () => {
    await send([message('+48600100201')]);
    const [taken] = simulator.taken.all;
    if (taken === undefined) throw new Error('nothing was taken');
    const { search } = new URL(simulator.pushUrl(taken, 'delivered'));
    expect(readPush(search)[0]).toMatchObject({ operatorMessageId: taken.operatorMessageId, hint: true });
  });
});

describe('sender names, account, cancellation', () => {
  test('a name is added once, twice is no error, and its state is the operator’s', async () => {
    const added = await operator.addSender?.('Sklep Nowak');
    expect(added).toEqual({
      ok: true,
      value: { name: 'Sklep Nowak', state: 'pending', statement: 'required', note: '' },
    });
    expect(await operator.addSender?.('Sklep Nowak')).toEqual(added);
    expect(await operator.addSender?.('Zażółć')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('4402'),
    });
    const names = await operator.senders?.();
    expect(names?.ok && names.value.find((it) => it.name === 'Firma Nowak')).toMatchObject({
      state: 'authorised',
      statement: 'received',
    });
  });

  test('the balance is that of FULL', async () => {
    expect(await operator.balance?.()).toEqual({ ok: true, value: { amount: null, unit: 'messages' } });
    simulator.state.credit = 40;
    expect(await operator.balance?.()).toEqual({ ok: true, value: { amount: 40, unit: 'messages' } });
    simulator.state.token = 'another';
    expect(await operator.balance?.()).toMatchObject({ ok: false, blame: 'auth' });
  });

  test('inbound texts are found under either spelling', async () => {
    simulator.inbound.push({
      id: '7',
      phone: '+48600100200',
      text: 'STOP',
      at: Date.UTC(2026, 0, 2, 3, 4, 5),
    });
    expect(await operator.inbound?.(0)).toEqual({
      ok: true,
      value: [
        {
          operatorMessageId: '7',
          from: '+48600100200',
          to: '48500600700',
          text: 'STOP',
          at: Date.UTC(2026, 0, 2, 3, 4, 5),
        },
      ],
    });
    expect(sent.map((it) => it.url.split('/').at(-1))).toEqual(['received.json', 'recived.json']);
  });

  test('each message is taken back by itself', async () => {
    const messages = [message('+48600100201'), message('+48600100202')];
    await send(messages);
    const asked = messages.map(({ ourId }) => ({ ourId, operatorMessageId: null }));
    expect((await operator.cancel?.(asked))?.map((it) => it.cancelled)).toEqual([true, true]);
    expect((await operator.cancel?.(asked))?.map((it) => it.cancelled)).toEqual([false, false]);
    expect(simulator.taken.all.every((it) => it.cancelled)).toBe(true);
  });

  test('a number is blocked, twice is no error', async () => {
    expect(await operator.block?.('+48600100200')).toEqual({ ok: true, value: null });
    expect(await operator.block?.('+48600100200')).toEqual({ ok: true, value: null });
    expect([...simulator.blocked]).toEqual(['+48600100200']);
  });
});

describe('settings', () => {
  test('the form describes every setting, and what is secret', () => {
    expect(serwerSmsForm.fields.map((it) => it.key).sort()).toEqual(
      Object.keys(serwerSmsSettings.shape).sort(),
    );
    expect(serwerSmsForm.fields.filter((it) => it.secret).map((it) => it.key)).toEqual(['token']);
  });

  test('the token travels over https only', () => {
    for (const baseUrl of [
      'http://api2.serwersms.pl',
      'ftp://x',
      'x',
      'https://a:b@api2.serwersms.pl',
      'https://x/?a',
    ]) {
      expect(serwerSmsSettings.safeParse({ token: 't', baseUrl }).success, baseUrl).toBe(false);
    }
    expect(serwerSmsSettings.parse({ token: ' t ' })).toMatchObject({
      token: 't',
      baseUrl: 'https://api2.serwersms.pl',
    });
  });
});

test('the operator’s clock is the one on the wall in Poland, summer and winter', () => {
  expect(warsawTime('2026-07-01 12:00:00')).toBe(Date.UTC(2026, 6, 1, 10));
  expect(warsawTime('2026-01-01 12:00:00')).toBe(Date.UTC(2026, 0, 1, 11));
  expect(warsawTime('2026-03-29 03:00:00')).toBe(Date.UTC(2026, 2, 29, 1));
  expect(toWarsaw(Date.UTC(2026, 2, 29, 0, 59, 59))).toBe('2026-03-29 01:59:59');
  for (const text of ['', 'x', '2026-13-45 99:99:99', null, 5]) expect(warsawTime(text)).toBeNull();
});
