import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createNodeTransport } from '../../platform/http.node.ts';
import type { Operator, OutgoingMessage } from '../operator.ts';
import { type SimulatorServer, startSimulatorServer } from '../simulator-server.ts';
import type { TransportRequest } from '../transport.ts';
import { createSmsApi } from './adapter.ts';
import { readInbound } from './inbound.ts';
import { readPush } from './reports.ts';
import { smsApiForm, smsApiSettings } from './settings.ts';
import { type SmsApiSimulator, startSmsApiSimulator } from './simulator.ts';

const { transport, close } = createNodeTransport();
let simulator: SmsApiSimulator;
let operator: Operator;
let sent: TransportRequest[] = [];
let pushed: string[] = [];
let pushAnswer = 'OK';
let inbox: SimulatorServer;

beforeAll(async () => {
  inbox = await startSimulatorServer(({ query }) => {
    pushed.push(`?${query}`);
    return { kind: 'answer', status: 200, headers: {}, body: pushAnswer };
  });
  simulator = await startSmsApiSimulator();
  simulator.addName('Firma Nowak');
  operator = createSmsApi(smsApiSettings.parse({ token: 'token', baseUrl: simulator.url }), {
    transport: (request) => {
      sent.push(request);
      return transport(request);
    },
    now: () => Date.now(),
    reportsUrl: `${inbox.url}/callbacks/smsapi/secret`,
  });
});

afterEach(() => {
  simulator.faults.clear();
  simulator.reportFaults.clear();
  simulator.taken.clear();
  simulator.state.points = null;
  simulator.state.token = 'token';
  simulator.state.repeats = 0;
  sent = [];
  pushed = [];
  pushAnswer = 'OK';
});

afterAll(async () => {
  await simulator.close();
  await close();
  await inbox.close();
});

let ids = 0;
const message = (number: string, text = 'Zamówienie gotowe'): OutgoingMessage => {
  ids += 1;
  return { ourId: `nadpis${ids}`, number, text, parts: 1 };
};
const send = (messages: OutgoingMessage[], senderName = 'Firma Nowak') =>
  operator.send({ senderName, messages, signal: AbortSignal.timeout(10_000) });

describe('a send', () => {
  test('is one form: numbers without plus, our ids checked for repetition, no echo of the text', async () => {
    const messages = ['+48600100201', '+48600100202'].map((number) => message(number));
    const outcomes = await send(messages);
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toMatchObject({
      to: '48600100201,48600100202',
      from: 'Firma Nowak',
      message: 'Zamówienie gotowe',
      encoding: 'utf-8',
      idx: messages.map((it) => it.ourId).join('|'),
      check_idx: '1',
      max_parts: '10',
    });
    expect(sent[0]?.body).not.toContain('details');
    expect(outcomes.map((it) => [it.ourId, it.outcome, it.operatorMessageId, it.parts])).toEqual(
      messages.map((it) => [it.ourId, 'accepted', simulator.taken.ofOurs(it.ourId)[0]?.operatorMessageId, 1]),
    );
    expect(simulator.taken.all[0]?.text).toBe('Zamówienie gotowe');
  });

  test('53: what was taken already is accepted, the others are sent, nothing twice', async () => {
    const lost = [message('+48600100201'), message('+48600100202')];
    simulator.faults.next('accept-then-drop');
    expect((await send(lost)).map((it) => it.outcome)).toEqual(['unknown', 'unknown']);
    const outcomes = await send([message('+48600100203'), ...lost, message('+48600100204')]);
    expect(outcomes.map((it) => it.outcome)).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    expect(outcomes[1]).toMatchObject({ operatorMessageId: null, detail: expect.stringContaining('53') });
    expect(simulator.taken.count).toBe(4);
    expect(simulator.taken.twice()).toEqual([]);
  });

  test('one bad number among good ones is refused by itself', async () => {
    const outcomes = await send([message('+48600100201'), message('+0')]);
    expect(outcomes.map((it) => it.outcome)).toEqual(['accepted', 'rejected']);
    const alone = await send([message('+0')]);
    expect(alone[0]).toMatchObject({ outcome: 'rejected', blame: 'message' });
  });

  test('error 52 is about the number, not about the operator', async () => {
    const busy = createSmsApi(smsApiSettings.parse({ token: 't' }), {
      transport: async () => ({ status: 200, header: () => null, text: '{"error":52,"message":"Too many"}' }),
      now: () => 0,
      reportsUrl: null,
    });
    const signal = AbortSignal.timeout(1000);
    const [outcome] = await busy.send({ senderName: 'N', messages: [message('+48600100201')], signal });
    expect(outcome).toMatchObject({ outcome: 'retryable', blame: 'message' });
  });

  test('names that are not active, and 2way, blame the name', async () => {
    simulator.addName('Nowak', 'PENDING');
    for (const name of ['Nowak', 'Nieznana', '2way', '2WAY', ' ']) {
      const [outcome] = await send([message('+48600100201')], name);
      expect([outcome?.outcome, outcome?.blame], name).toEqual(['retryable', 'sender-name']);
    }
    expect(simulator.taken.count).toBe(0);
  });

  test('texts that differ never cross', async () => {
    await send([
      message('+48600100201', 'dla Jana'),
      message('+48600100202', 'dla Ewy'),
      message('+48600100203', 'dla Jana'),
    ]);
    expect(simulator.taken.all.map((it) => [it.number, it.text])).toEqual([
      ['+48600100201', 'dla Jana'],
      ['+48600100203', 'dla Jana'],
      ['+48600100202', 'dla Ewy'],
    ]);
  });

  test('Retry-After is told in milliseconds', async () => {
    simulator.faults.next('rate-limited');
    expect((await send([message('+48600100201')]))[0]).toMatchObject({
      outcome: 'retryable',
      blame: 'operator',
      retryAfter: 7000,
    });
  });
});

describe('delivery reports', () => {
  test('several come in one call, joined by commas, and name our ids', async () => {
    const messages = ['+48600100201', '+48600100202'].map((number) => message(number));
    const outcomes = await send(messages);
    await simulator.report(
      outcomes.map((it) => it.operatorMessageId ?? ''),
      'DELIVERED',
    );
    expect(pushed).toHaveLength(1);
    expect(operator.readReport(pushed[0] ?? '')).toEqual(
      outcomes.map((it) => ({
        operatorMessageId: it.operatorMessageId,
        ourId: it.ourId,
        state: 'delivered',
        parts: 1,
        detail: 'DELIVERED',
        at: expect.any(Number),
      })),
    );
  });

  test('a report is repeated until it is answered OK', async () => {
    const [outcome] = await send([message('+48600100201')]);
    pushAnswer = 'ok';
    await simulator.report([outcome?.operatorMessageId ?? ''], 'DELIVERED');
    expect([pushed.length, simulator.state.repeats]).toEqual([3, 3]);
    expect(operator.callbackAnswer).toBe('OK');
  });

  test('lists shorter than the ids are hints: nobody can tell whose they are', async () => {
    const outcomes = await send(['+48600100201', '+48600100202'].map((number) => message(number)));
    simulator.reportFaults.next('report-batch-short');
    await simulator.report(
      outcomes.map((it) => it.operatorMessageId ?? ''),
      'DELIVERED',
    );
    expect(readPush(pushed[0] ?? '').map((it) => [it.state, it.hint, it.ourId])).toEqual([
      ['accepted', true, null],
      ['accepted', true, null],
    ]);
  });

  test('twice, out of order, before the answer: read one by one as they come', async () => {
    simulator.reportFaults.next('report-before-answer');
    const [outcome] = await send([message('+48600100201')]);
    expect(readPush(pushed[0] ?? '')[0]).toMatchObject({ ourId: outcome?.ourId, state: 'delivered' });
    simulator.reportFaults.next('report-never');
    await simulator.report([outcome?.operatorMessageId ?? ''], 'DELIVERED');
    expect(pushed).toHaveLength(1);
    simulator.reportFaults.next('report-twice');
    simulator.reportFaults.next('reports-out-of-order');
    pushed = [];
    await simulator.report([outcome?.operatorMessageId ?? ''], 'DELIVERED');
    expect(pushed.map((raw) => readPush(raw)[0]?.state)).toEqual(['delivered', 'delivered', 'accepted']);
  });

  test('the example of the documentation', () => {
    const raw = 'MsgId=613F1B14346335B944450980&status=404&status_name=DELIVERED&donedate=1631525653';
    expect(readPush(raw)).toEqual([
      {
        operatorMessageId: '613F1B14346335B944450980',
        ourId: null,
        state: 'delivered',
        parts: null,
        detail: 'DELIVERED',
        at: 1631525653000,
      },
    ]);
  });

  test.each([
    ['402', 'expired'],
    ['403', 'accepted'],
    ['405', 'undelivered'],
    ['406', 'undelivered'],
    ['407', 'rejected'],
    ['408', 'unknown'],
    ['411', 'accepted'],
    ['999', 'unknown'],
  ])('status %s is %s', (status, state) => {
    expect(readPush(`MsgId=A1&status=${status}`)[0]?.state).toBe(state);
  });

  test.each([
    '',
    'MsgId=',
    'MsgId=A1',
    'status=404',
    'MsgId=,,&status=404,404,404',
    '<x>',
    '%',
    'MsgId=1&sms_text=STOP&status=404',
  ])('noise is no report: %s', (raw) => expect(readPush(raw)).toEqual([]));

  test('are asked by the operator’s id; an id it does not know is left out', async () => {
    const [outcome] = await send([message('+48600100201')]);
    await simulator.report([outcome?.operatorMessageId ?? ''], 'UNDELIVERED');
    const reports = await operator.reportsOf([
      { ourId: 'a', operatorMessageId: outcome?.operatorMessageId ?? '' },
      { ourId: 'b', operatorMessageId: 'F00' },
      { ourId: 'c', operatorMessageId: null },
    ]);
    expect(reports.map((it) => [it.ourId, it.state, it.parts])).toEqual([['a', 'undelivered', 1]]);
  });
});

describe('sender names, account, inbound, cancellation', () => {
  test('a name is added once, twice is no error', async () => {
    const added = await operator.addSender?.('Sklep Nowak');
    expect(added).toMatchObject({ ok: true, value: { name: 'Sklep Nowak', state: 'pending' } });
    expect(await operator.addSender?.('Sklep Nowak')).toEqual(added);
    expect(await operator.addSender?.('Zażółć')).toMatchObject({ ok: false });
    const names = await operator.senders?.();
    expect(names?.ok && names.value.map((it) => [it.name, it.state])).toContainEqual([
      'Firma Nowak',
      'authorised',
    ]);
  });

  test('the statement is the operator’s own text', async () => {
    expect(await operator.statementText?.()).toMatchObject({
      ok: true,
      value: expect.stringContaining('Oświadczam'),
    });
  });

  test('the balance is in points, written as a number or as a string', async () => {
    simulator.state.points = 12.5;
    expect(await operator.balance?.()).toEqual({ ok: true, value: { amount: 12.5, unit: 'points' } });
    simulator.state.token = 'another';
    expect(await operator.balance?.()).toMatchObject({ ok: false, blame: 'auth' });
  });

  test('of several messages to be taken back, some are', async () => {
    const outcomes = await send(['+48600100201', '+48600100202'].map((number) => message(number)));
    simulator.reportFaults.next('cancel-partly');
    expect((await operator.cancel?.(outcomes))?.map((it) => it.cancelled)).toEqual([true, false]);
    expect((await operator.cancel?.(outcomes))?.map((it) => it.cancelled)).toEqual([false, true]);
    expect((await operator.cancel?.(outcomes))?.[0]).toMatchObject({
      cancelled: false,
      detail: expect.stringContaining('301'),
    });
    expect(await operator.cancel?.([{ ourId: 'x', operatorMessageId: null }])).toEqual([
      { ourId: 'x', cancelled: false, detail: 'not taken back' },
    ]);
  });

  test('an inbound text is no report, and the other way round', () => {
    const raw = 'MsgId=A1&sms_from=48600100200&sms_to=48500600700&sms_text=STOP&sms_date=1631525653';
    expect(readInbound(raw)).toEqual([
      { operatorMessageId: 'A1', from: '+48600100200', to: '48500600700', text: 'STOP', at: 1631525653000 },
    ]);
    expect(readInbound('MsgId=A1&status=404')).toEqual([]);
    expect(readInbound('sms_text=x')).toEqual([]);
  });
});

test('the form describes every setting, and what is secret', () => {
  expect(smsApiForm.fields.map((it) => it.key).sort()).toEqual(Object.keys(smsApiSettings.shape).sort());
  expect(smsApiForm.fields.filter((it) => it.secret).map((it) => it.key)).toEqual(['token']);
});
