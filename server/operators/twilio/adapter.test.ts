import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createNodeTransport } from '../../platform/http.node.ts';
import { rawReport } from '../callbacks.ts';
import type { Operator, OutgoingMessage } from '../operator.ts';
import { type SimulatorServer, startSimulatorServer } from '../simulator-server.ts';
import type { TransportRequest } from '../transport.ts';
import { createTwilio } from './adapter.ts';
import { readInbound } from './inbound.ts';
import { readPush } from './reports.ts';
import { twilioForm, twilioSettings } from './settings.ts';
import { startTwilioSimulator, type TwilioSimulator } from './simulator.ts';

const accountSid = `AC${'0'.repeat(32)}`;
const { transport, close } = createNodeTransport();
let simulator: TwilioSimulator;
let operator: Operator;
let sent: TransportRequest[] = [];
let pushed: { raw: string; genuine: boolean }[] = [];
let inbox: SimulatorServer;

beforeAll(async () => {
  inbox = await startSimulatorServer(async ({ headers, path, query, body }) => {
    const url = `http://${headers.host}${path}?${query}`;
    const header = (name: string): string | null => headers[name]?.toString() ?? null;
    const genuine = (await operator.isGenuine?.({ url, body, header })) ?? false;
    pushed.push({ raw: rawReport(new URL(url).search, body), genuine });
    return { kind: 'answer', status: 200, headers: {}, body: '' };
  });
  simulator = await startTwilioSimulator();
  simulator.addName('Firma Nowak');
  operator = createTwilio(twilioSettings.parse({ accountSid, authToken: 'token', baseUrl: simulator.url }), {
    transport: (request) => {
      sent.push(request);
      return transport(request);
    },
    now: () => Date.now(),
    reportsUrl: `${inbox.url}/callbacks/twilio/secret`,
  });
});

afterEach(() => {
  simulator.faults.clear();
  simulator.reportFaults.clear();
  simulator.taken.clear();
  simulator.state.authToken = 'token';
  sent = [];
  pushed = [];
});

afterAll(async () => {
  await simulator.close();
  await close();
  await inbox.close();
});

let ids = 0;
const message = (number = '+48600100201', text = 'Zamówienie gotowe'): OutgoingMessage => {
  ids += 1;
  return { ourId: `nadpis${ids}`, number, text, parts: 1 };
};
const send = (messages: OutgoingMessage[], senderName = 'Firma Nowak') =>
  operator.send({ senderName, messages, signal: AbortSignal.timeout(10_000) });

describe('a send', () => {
  test('is a form with one recipient, signed in by Basic authentication', async () => {
    const it = message();
    const [outcome] = await send([it]);
    expect(sent[0]).toMatchObject({
      url: `${simulator.url}/2010-04-01/Accounts/${accountSid}/Messages.json`,
      headers: { authorization: `Basic ${btoa(`${accountSid}:token`)}` },
    });
    expect(Object.fromEntries(new URLSearchParams(sent[0]?.body))).toEqual({
      To: '+48600100201',
      From: 'Firma Nowak',
      Body: 'Zamówienie gotowe',
      StatusCallback: expect.stringMatching(new RegExp(`/secret\\?ourId=${it.ourId}$`)),
    });
    expect(outcome).toMatchObject({
      ourId: it.ourId,
      outcome: 'accepted',
      operatorMessageId: simulator.taken.all[0]?.operatorMessageId,
      parts: 1,
      detail: 'queued',
    });
  });

  test('a name that is not enabled, a number that is none, a text that is too long', async () => {
    expect((await send([message()], 'Nieznana'))[0]).toMatchObject({
      outcome: 'retryable',
      blame: 'sender-name',
    });
    expect((await send([message('+0')]))[0]).toMatchObject({ outcome: 'rejected', blame: 'message' });
    expect((await send([message('+48600100201', 'x'.repeat(1601))]))[0]).toMatchObject({
      outcome: 'rejected',
    });
    expect(simulator.taken.count).toBe(0);
  });

  test('a token that expires stops the account', async () => {
    simulator.state.authToken = 'another';
    expect((await send([message()]))[0]).toMatchObject({
      outcome: 'retryable',
      blame: 'auth',
      detail: 'HTTP 401: 20003 Authenticate',
    });
  });

  test('an API key signs in instead of the account’s token', async () => {
    const apiKeySid = `SK${'1'.repeat(32)}`;
    const settings = { accountSid, authToken: 'token', apiKeySid, apiKeySecret: 'secret' };
    let authorization = '';
    const keyed = createTwilio(twilioSettings.parse(settings), {
      transport: async (request) => {
        authorization = request.headers.authorization ?? '';
        return { status: 400, header: () => null, text: '{"code":21211}' };
      },
      now: () => 0,
      reportsUrl: null,
    });
    await keyed.send({ senderName: 'N', messages: [message()], signal: AbortSignal.timeout(1000) });
    expect(atob(authorization.slice(6))).toBe(`${apiKeySid}:secret`);
    expect(twilioSettings.safeParse({ accountSid, authToken: 't', apiKeySid }).success).toBe(false);
  });
});

describe('a message whose call got no answer', () => {
  const lose = async (it: OutgoingMessage) => {
    simulator.faults.next('accept-then-drop');
    const sentAt = Date.now();
    expect((await send([it]))[0]?.outcome).toBe('unknown');
    return { ...it, operatorMessageId: null, sentAt };
  };

  test('is found by number, text and day once it has gone out', async () => {
    const asked = await lose(message());
    await lose(message('+48600100201', 'inny tekst'));
    expect(await operator.reportsOf([asked])).toEqual([]);
    for (const it of simulator.taken.all) it.status = 'sent';
    sent = [];
    const [report] = await operator.reportsOf([asked]);
    expect(report).toMatchObject({
      ourId: asked.ourId,
      operatorMessageId: simulator.taken.ofOurs(asked.ourId)[0]?.operatorMessageId,
      state: 'accepted',
    });
    const day = new Date(asked.sentAt - 60_000).toISOString().slice(0, 10);
    expect(sent[0]?.url).toContain(`/Messages.json?To=%2B48600100201&DateSent%3E=${day}&`);
  });

  test('is not guessed: one candidate more than asked about, and none is taken', async () => {
    const first = await lose(message());
    const second = await lose(message());
    for (const it of simulator.taken.all) it.status = 'sent';
    expect(await operator.reportsOf([first])).toEqual([]);
    const both = await operator.reportsOf([first, second]);
    expect(new Set(both.map((it) => it.operatorMessageId)).size).toBe(2);
  });

  test('is not looked for without number, text and time', async () => {
    expect(
      await operator.reportsOf([{ ourId: 'abc', operatorMessageId: null, number: '+48600100201' }]),
    ).toEqual([]);
    expect(sent).toEqual([]);
  });

  test('is not one of another time', async () => {
    const asked = await lose(message());
    for (const it of simulator.taken.all) it.status = 'sent';
    expect(await operator.reportsOf([{ ...asked, sentAt: asked.sentAt - 3_600_000 }])).toEqual([]);
    expect(await operator.reportsOf([{ ...asked, sentAt: asked.sentAt + 3_600_000 }])).toEqual([]);
  });

  test('is known by its callback, whose address carries our id', async () => {
    const asked = await lose(message());
    await simulator.report(simulator.taken.all[0]?.operatorMessageId ?? '', 'delivered');
    expect(pushed[0]?.genuine).toBe(true);
    expect(readPush(pushed[0]?.raw ?? '')[0]).toMatchObject({ ourId: asked.ourId, state: 'delivered' });
  });
});

test('a callback without a signature, or with another body, is not Twilio’s', async () => {
  const url = 'https://sms.example.org/callbacks';
  const body = 'MessageStatus=delivered';
  expect(await operator.isGenuine?.({ url, body, header: () => null })).toBe(false);
  expect(await operator.isGenuine?.({ url, body, header: () => 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' })).toBe(false);
});

describe('delivery reports', () => {
  test('are signed, and told by status and code', async () => {
    const [outcome] = await send([message()]);
    await simulator.report(outcome?.operatorMessageId ?? '', 'undelivered');
    expect(pushed[0]?.genuine).toBe(true);
    expect(readPush(pushed[0]?.raw ?? '')).toEqual([
      {
        operatorMessageId: outcome?.operatorMessageId,
        ourId: outcome?.ourId,
        state: 'undelivered',
        parts: null,
        detail: 'undelivered: 30005',
        at: null,
      },
    ]);
    const asked = { ourId: outcome?.ourId ?? '', operatorMessageId: outcome?.operatorMessageId ?? null };
    expect(await operator.reportsOf([asked])).toMatchObject([{ state: 'undelivered', parts: 1 }]);
  });

  test.each([
    ['queued', 'accepted'],
    ['sent', 'accepted'],
    ['delivered', 'delivered'],
    ['read', 'delivered'],
    ['failed', 'rejected'],
    ['canceled', 'rejected'],
    ['partially_delivered', 'unknown'],
  ])('%s is %s', (status, state) => {
    expect(readPush(`MessageSid=SM${'0'.repeat(32)}&MessageStatus=${status}`)[0]?.state).toBe(state);
  });

  test.each([
    '',
    'MessageSid=SM1&MessageStatus=delivered',
    'MessageStatus=delivered',
    '{}',
    '%',
    `MessageSid=SM${'0'.repeat(32)}`,
  ])('noise is no report: %s', (raw) => expect(readPush(raw)).toEqual([]));

  test('an id that could leave its path is not asked about', async () => {
    await operator.reportsOf([{ ourId: 'abc', operatorMessageId: '../../Accounts' }]);
    await operator.cancel?.([{ ourId: 'abc', operatorMessageId: '../x' }]);
    expect(sent).toEqual([]);
  });

  test('an inbound text is no report, and the other way round', () => {
    const raw = `MessageSid=SM${'0'.repeat(32)}&SmsStatus=received&From=%2B48600100200&To=%2B48500600700&Body=STOP`;
    expect(readPush(raw)).toEqual([]);
    expect(readInbound(raw)).toMatchObject([{ from: '+48600100200', to: '+48500600700', text: 'STOP' }]);
    expect(readInbound(`MessageSid=SM${'0'.repeat(32)}&MessageStatus=sent&From=x&Body=`)).toEqual([]);
  });
});

test('a message is taken back while it is queued', async () => {
  const [outcome] = await send([message()]);
  const asked = [{ ourId: outcome?.ourId ?? '', operatorMessageId: outcome?.operatorMessageId ?? null }];
  expect(await operator.cancel?.(asked)).toMatchObject([{ cancelled: true }]);
  expect(await operator.cancel?.(asked)).toMatchObject([
    { cancelled: false, detail: expect.stringContaining('30409') },
  ]);
});

test('the form describes every setting, and what is secret', () => {
  expect(twilioForm.fields.map((it) => it.key).sort()).toEqual(Object.keys(twilioSettings.shape).sort());
  expect(twilioForm.fields.filter((it) => it.secret).map((it) => it.key)).toEqual([
    'authToken',
    'apiKeySecret',
  ]);
});
