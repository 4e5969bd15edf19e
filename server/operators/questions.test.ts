import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testRuntime } from '../database/temporary.node.ts';
import { createNodeTransport } from '../platform/http.node.ts';
import { operators } from './catalogue.node.ts';
import type { Operator } from './operator.ts';
import { json, type Reply, type SimulatorServer, startSimulatorServer } from './simulator-server.ts';

const http = createNodeTransport();
const troubles: string[] = [];
const required: Readonly<Record<string, object>> = {
  serwersms: { token: 'token' },
  smsapi: { token: 'token' },
  twilio: { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' },
};

function operatorAt(name: string, baseUrl: string): Operator {
  const kind = operators.find((it) => it.name === name);
  if (kind === undefined) throw new Error(name);
  return kind.create(
    { ...required[name], baseUrl },
    {
      transport: http.transport,
      now: Date.now,
      reportsUrl: null,
      onTrouble: (what, detail) => troubles.push(`${what}: ${detail}`),
    },
  );
}

const page = (status: number, type: string, body: string | Uint8Array): Reply => ({
  kind: 'answer',
  status,
  headers: { 'content-type': type },
  body,
});
const deep = '['.repeat(20_000);
const hostile: Readonly<Record<string, Reply>> = {
  'a page': page(200, 'text/html', '<!doctype html><p>Przerwa'),
  nothing: page(200, 'application/json', ''),
  'half an answer': { kind: 'half', body: '{"success":true,"items":[{' },
  'cut JSON': page(200, 'application/json', '{"success":true,"list":[{"id":'),
  'ten megabytes': page(200, 'application/json', new Uint8Array(10 * 1024 * 1024).fill(0x5b)),
  'JSON nested 20,000 times': page(200, 'application/json', deep + deep.replaceAll('[', ']')),
  null: json(null),
  'a number': json(7),
  'a list': json([null, 'x', { id: [] }]),
  'an empty object': json({}),
  'fields of other types': json({
    success: 'true',
    queued: '4',
    unsent: null,
    items: { length: 4 },
    list: 'x',
    points: {},
    collection: 7,
    messages: [7, null, {}],
    content: [],
    sid: 7,
    count: -1,
    paging: { count: 1e9 },
  }),
  'lists of nonsense': json({
    success: true,
    items: [{ id: {}, phone: 7, status: [], parts: -1, error_code: 'x' }, null],
    list: [{ id: null, number: [], status: 7, error: 'x' }],
  }),
  'the prototype': page(200, 'application/json', '{"__proto__":{"success":true},"constructor":{"list":[1]}}'),
  'an error without a code': json({ error: { message: 'x' } }),
  'an error of another type': json({ error: [13], code: {} }),
  'server error': page(500, 'text/html', 'x'),
  'bad gateway': page(502, 'text/html', '<html>'),
  'not found as a page': page(404, 'text/html', '<html>'),
  'a redirection': { kind: 'answer', status: 301, headers: { location: 'http://127.0.0.1:9/' }, body: '' },
  'no content': page(204, 'application/json', ''),
  'a dropped connection': { kind: 'drop' },
};

let server: SimulatorServer;
let reply: Reply = json({});
beforeAll(async () => {
  server = await startSimulatorServer(() => reply);
});
afterAll(async () => {
  await server.close();
  await http.close();
});

const message = { ourId: 'nadpis1', number: '+48600100200', text: 'Zamowienie gotowe', parts: 1 };
const asked = [
  { ...message, operatorMessageId: `SM${'0'.repeat(32)}`, sentAt: Date.now() },
  { ...message, operatorMessageId: null, sentAt: Date.now() },
];
const send = (operator: Operator) =>
  operator.send({ senderName: 'Firma', messages: [message], signal: AbortSignal.timeout(20_000) });

describe.each(Object.keys(required))('%s, answered by', (name) => {
  test.each(Object.keys(hostile))('%s: claims nothing, throws nothing', async (answer) => {
    reply = hostile[answer] ?? json({});
    const operator = operatorAt(name, server.url);
    const [outcome] = await send(operator);
    // Whoever could have been taken is not told to go again, and nobody was seen to be taken.
    expect(outcome?.outcome === 'unknown' || outcome?.outcome === 'rejected', outcome?.detail).toBe(true);
    expect(await operator.reportsOf(asked)).toEqual([]);
    for (const it of (await operator.cancel?.(asked)) ?? []) expect(it.cancelled).toBe(false);
    for (const question of [operator.senders?.(), operator.statementText?.(), operator.balance?.()]) {
      const told = await question;
      if (told !== undefined) expect(told.ok, JSON.stringify(told)).toBe(false);
    }
    // `{"success": true}` is all that SerwerSMS says to a name that it took; authorised that is not.
    const added = await operator.addSender?.('Firma');
    if (added?.ok) expect(added.value.state).toBe('pending');
    const inbound = await operator.inbound?.(0);
    if (inbound?.ok) expect(inbound.value).toEqual([]);
    await operator.block?.('+48600100200');
  });
});

describe('an operator that cannot be reached', () => {
  test.each(Object.keys(required))('%s: nothing was written, so the message may go again', async (name) => {
    const closed = await startSimulatorServer(() => reply);
    await closed.close();
    const operator = operatorAt(name, closed.url);
    troubles.length = 0;
    // The fetch of a Worker does not tell whether anything was written.
    const outcome = testRuntime() === 'workerd' ? 'unknown' : 'retryable';
    expect((await send(operator))[0]).toMatchObject({ outcome, blame: 'operator' });
    expect(await operator.reportsOf(asked)).toEqual([]);
    expect(troubles.length).toBeGreaterThan(0);
    // Only what the operator could know by its own id is worth asking for again.
    for (const it of (await operator.cancel?.(asked.slice(0, 1))) ?? []) {
      expect(it).toMatchObject({ cancelled: false, again: true });
    }
  });

  test.each(Object.keys(required))(
    '%s: asked for many back, it is asked until the time is over',
    async (name) => {
      const closed = operatorAt(name, server.url);
      const many = Array.from({ length: 50 }, (_, at) => ({
        ...message,
        ourId: `n${at}`,
        operatorMessageId: `SM${'0'.repeat(32)}`,
      }));
      const answers = (await closed.cancel?.(many, AbortSignal.abort())) ?? [];
      expect(answers.every((it) => it.again === true && !it.cancelled)).toBe(true);
    },
  );

  test.each(Object.keys(required))('%s: a call that was ended before it began may go again', async (name) => {
    const operator = operatorAt(name, server.url);
    const ended = operator.send({ senderName: 'Firma', messages: [message], signal: AbortSignal.abort() });
    expect((await ended)[0]?.outcome).toBe('retryable');
  });
});

describe('any raw report', () => {
  const words = fc.constantFrom(
    ...['MsgId', 'status', '404', 'delivered', 'id', 'MessageSid', `SM${'0'.repeat(32)}`, 'MessageStatus'],
    ...['sms_text', 'idx', '=', '&', ',', '%', '%E0', '{"kind":"deliver_sm"', '}', '\u0000', '__proto__'],
  );
  const raws = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words).map((it) => it.join('')),
  );

  test.each(operators.map((it) => it.name))('%s: is read or left, never an error', (name) => {
    const login = { host: '127.0.0.1', systemId: 'nadpis', password: 'x' };
    const kind = operators.find((it) => it.name === name);
    const settings = required[name] ?? login;
    const operator = kind?.create(settings, { transport: http.transport, now: Date.now, reportsUrl: null });
    if (operator === undefined) throw new Error(name);
    fc.assert(
      fc.property(raws, (raw) => {
        for (const report of operator.readReport(raw)) {
          expect(report.operatorMessageId ?? report.ourId).toBeTruthy();
          expect(report.detail.length).toBeLessThanOrEqual(200);
          if (report.hint) expect(['accepted', 'unknown']).toContain(report.state);
        }
        operator.readInbound?.(raw);
      }),
    );
    void operator.close?.();
  });
});

test('every kind describes itself in both languages', () => {
  for (const { form, name } of operators) {
    for (const { pl, en } of [form.title, form.intro, ...form.fields.flatMap((it) => [it.label, it.help])]) {
      expect(pl.length * en.length, name).toBeGreaterThan(0);
    }
    for (const field of form.fields) expect(field.kind === 'secret').toBe(field.secret);
  }
  expect(new Set(operators.map((it) => it.name)).size).toBe(operators.length);
});
