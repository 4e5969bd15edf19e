import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Operator, OutgoingMessage } from '../operator.ts';
import { createSmpp } from './adapter.node.ts';
import { smppForm, smppSettings } from './settings.ts';
import { type SmppSimulator, startSmppSimulator } from './simulator.ts';

let simulator: SmppSimulator;
let operator: Operator & { tick(): void };
let stored: string[] = [];
let now = 0;
const others: { close?(): Promise<void> }[] = [];

const settings = (more: object = {}) =>
  smppSettings.parse({
    host: simulator.host,
    port: simulator.port,
    tls: false,
    systemId: 'nadpis',
    password: 'secret',
    ...more,
  });

beforeEach(async () => {
  simulator = await startSmppSimulator();
  simulator.addName('Firma Nowak');
  stored = [];
  now = Date.now();
  operator = createSmpp(settings(), { now: () => now });
  operator.listen?.(async (raw) => {
    stored.push(raw);
  });
});

afterEach(async () => {
  for (const other of others.splice(0)) await other.close?.();
  await operator.close?.();
  await simulator.close();
});

let ids = 0;
const message = (text = 'Zamowienie gotowe', number = '+48600100201'): OutgoingMessage => {
  ids += 1;
  return { ourId: `nadpis${ids}`, number, text, parts: 1 };
};
const send = (messages: OutgoingMessage[], signal = AbortSignal.timeout(10_000), by: Operator = operator) =>
  by.send({ senderName: 'Firma Nowak', messages, signal });
/** Waits for what must happen; how long it takes decides nothing. */
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a send', () => {
  test('says what it is explicitly: name, number, alphabet, receipt', async () => {
    const [outcome] = await send([message('ó')]);
    expect(outcome).toMatchObject({ outcome: 'accepted', operatorMessageId: '2561', parts: 1 });
    expect(simulator.state.submits[0]).toMatchObject({
      source_addr_ton: 5,
      source_addr_npi: 0,
      source_addr: 'Firma Nowak',
      dest_addr_ton: 1,
      dest_addr_npi: 1,
      destination_addr: '48600100201',
      data_coding: 8,
      registered_delivery: 1,
      esm_class: 0,
    });
    expect(simulator.taken.all[0]?.text).toBe('ó');
  });

  test('the octets are those of the specification', async () => {
    const seen: Buffer[] = [];
    const server = createServer((socket: Socket) => {
      socket.on('data', (bytes) => {
        seen.push(bytes);
        // bind_transceiver_resp, or submit_sm_resp with id "7".
        const id = bytes.readUInt32BE(4);
        const body = id === 9 ? '00' : '3700';
        const answer = Buffer.alloc(16);
        answer.writeUInt32BE(16 + body.length / 2, 0);
        answer.writeUInt32BE(id + 0x80000000, 4);
        answer.writeUInt32BE(bytes.readUInt32BE(12), 12);
        socket.write(Buffer.concat([answer, Buffer.from(body, 'hex')]));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const raw = createSmpp(settings({ port }), { now: () => now });
    const [outcome] = await send([message('a{')], undefined, raw);
    expect(outcome).toMatchObject({ outcome: 'accepted', operatorMessageId: '7' });
    const bind = '6e616470697300' + '73656372657400' + '00' + '34' + '00' + '00' + '00';
    expect(seen[0]?.subarray(16).toString('hex')).toBe(bind);
    const name = `0500${Buffer.from('Firma Nowak').toString('hex')}00`;
    const number = `0101${Buffer.from('48600100201').toString('hex')}00`;
    const body = `00${name}${number}000000000001000000${'03611b28'}020400020001`;
    expect(seen[1]?.subarray(16).toString('hex')).toBe(body);
    await raw.close?.();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each(['udh', 'payload'])('a long text arrives whole (%s)', async (longTexts) => {
    const long = createSmpp(settings({ longTexts }), { now: () => now });
    others.push(long);
    const text = 'Dzień dobry, Państwa zamówienie czeka na odbiór w naszym sklepie. '.repeat(4);
    const [outcome] = await send([message(text)], undefined, long);
    expect(outcome).toMatchObject({ outcome: 'accepted', parts: longTexts === 'udh' ? 4 : null });
    expect(simulator.taken.all.at(-1)?.text).toBe(text);
    const receipts = simulator.state.submits.map((pdu) => pdu.registered_delivery);
    expect(receipts).toEqual(longTexts === 'udh' ? [0, 0, 0, 1] : [1]);
    expect(outcome?.operatorMessageId).toBe(simulator.taken.all.at(-1)?.operatorMessageId);
  });

  test('the first part refused, nothing of the text is out; a later one, and the outcome is unknown', async () => {
    const text = 'a'.repeat(400);
    simulator.faults.next('busy');
    expect((await send([message(text)]))[0]).toMatchObject({ outcome: 'retryable', blame: 'operator' });
    expect(simulator.taken.count).toBe(0);
    simulator.faults.next(null);
    simulator.faults.next('refused-message');
    expect((await send([message(text)]))[0]).toMatchObject({
      outcome: 'unknown',
      detail: '2 of 3 parts were taken',
    });
    expect(simulator.taken.count).toBe(2);
  });

  test('a later part waits out a full queue', async () => {
    simulator.faults.next(null);
    simulator.faults.next('busy', 2);
    expect((await send([message('a'.repeat(400))]))[0]).toMatchObject({ outcome: 'accepted', parts: 3 });
    expect(simulator.taken.all.at(-1)?.text).toBe('a'.repeat(400));
  });

  test('no more are unanswered than the window holds', async () => {
    const narrow = createSmpp(settings({ window: 3 }), { now: () => now });
    others.push(narrow);
    simulator.faults.next('answer-late', 3);
    const messages = Array.from({ length: 8 }, () => message());
    const sending = send(messages, undefined, narrow);
    await until(() => simulator.state.submits.length === 3);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(simulator.state.submits).toHaveLength(3);
    simulator.release();
    expect((await sending).map((it) => it.outcome)).toEqual(messages.map(() => 'accepted'));
  });

  test('given up before there was room: never written, may be sent again', async () => {
    const narrow = createSmpp(settings({ window: 1 }), { now: () => now });
    others.push(narrow);
    simulator.faults.next('never-answers');
    const controller = new AbortController();
    const sending = send([message(), message()], controller.signal, narrow);
    await until(() => simulator.state.submits.length === 1);
    controller.abort();
    expect((await sending).map((it) => it.outcome)).toEqual(['unknown', 'retryable']);
    expect(simulator.taken.count).toBe(1);
  });

  test('a refused login stops the account', async () => {
    simulator.state.password = 'another';
    const refused = createSmpp(settings(), { now: () => now });
    others.push(refused);
    const [outcome] = await send([message()], undefined, refused);
    expect(outcome).toMatchObject({
      outcome: 'retryable',
      blame: 'auth',
      detail: 'bind: 0x0E ESME_RINVPASWD',
    });
    const [again] = await send([message()], undefined, refused);
    expect(again).toMatchObject({ outcome: 'retryable', blame: 'operator' });
    expect(again?.retryAfter).toBeGreaterThan(0);
    expect(simulator.taken.count).toBe(0);
  });

  test('an operator that takes the connection and says nothing took no message', async () => {
    simulator.state.blackHole = true;
    const lost = createSmpp(settings(), { now: () => now });
    others.push(lost);
    const controller = new AbortController();
    const sending = send([message()], controller.signal, lost);
    await until(() => simulator.state.binds === 2);
    controller.abort();
    expect((await sending)[0]?.outcome).toBe('retryable');
  });

  test('generic_nack is a refusal', async () => {
    simulator.faults.next('generic-nack');
    expect((await send([message()]))[0]).toMatchObject({ outcome: 'rejected', blame: 'operator' });
  });
});

describe('the connection', () => {
  test('lost, it comes back; what was on its way is unknown, what comes after is sent', async () => {
    await send([message()]);
    simulator.faults.next('accept-then-drop');
    expect((await send([message()]))[0]?.outcome).toBe('unknown');
    const [soon] = await send([message()]);
    expect(soon).toMatchObject({ outcome: 'retryable', blame: 'operator' });
    now += 60_000;
    expect((await send([message()]))[0]?.outcome).toBe('accepted');
    expect(simulator.state.binds).toBe(2);
    expect(simulator.taken.count).toBe(3);
  });

  test('is kept awake, and ended when the operator is silent', async () => {
    await send([message()]);
    operator.tick();
    await until(() => simulator.state.enquiries === 1);
    // The answer to that one is in once this is.
    await send([message()]);
    simulator.state.blackHole = true;
    operator.tick();
    await until(() => simulator.state.enquiries === 2);
    operator.tick();
    await until(() => simulator.sessions() === 0);
  });

  test('is ended when an answer is owed for a minute', async () => {
    simulator.faults.next('never-answers');
    const sending = send([message()]);
    await until(() => simulator.taken.count === 1);
    now += 61_000;
    operator.tick();
    expect((await sending)[0]?.outcome).toBe('unknown');
  });
});

describe('receipts', () => {
  test('are stored before they are acknowledged', async () => {
    const [outcome] = await send([message()]);
    simulator.report(outcome?.operatorMessageId ?? '', 'DELIVRD');
    await until(() => stored.length === 1);
    expect(operator.readReport(stored[0] ?? '')).toMatchObject([
      { operatorMessageId: outcome?.operatorMessageId, state: 'delivered', detail: 'DELIVRD' },
    ]);
  });

  test('that could not be stored are left with the operator', async () => {
    const full = createSmpp(settings(), { now: () => now });
    others.push(full);
    full.listen?.(() => Promise.reject(new Error('disk full')));
    const [outcome] = await send([message()], undefined, full);
    simulator.report(outcome?.operatorMessageId ?? '', 'DELIVRD');
    await until(() => simulator.state.receiptsRefused > 0);
  });

  test.each(['decimal', 'hex'] as const)(
    'ids written in %s meet those of the answers',
    async (receiptIds) => {
      const odd = await startSmppSimulator({ ids: receiptIds });
      odd.addName('Firma Nowak');
      const other = createSmpp(settings({ port: odd.port, receiptIds }), { now: () => now });
      let raw = '';
      other.listen?.(async (it) => {
        raw = it;
      });
      const [outcome] = await send([message()], undefined, other);
      odd.report(odd.taken.all[0]?.operatorMessageId ?? '', 'DELIVRD');
      await until(() => raw !== '');
      expect(other.readReport(raw)[0]?.operatorMessageId).toBe(outcome?.operatorMessageId);
      await other.close?.();
      await odd.close();
    },
  );

  test('of a message that was never answered name it by the reference that travelled', async () => {
    const lost = message();
    simulator.faults.next('accept-then-drop');
    expect((await send([lost]))[0]?.outcome).toBe('unknown');
    now += 60_000;
    await send([message()]);
    simulator.report(simulator.taken.all[0]?.operatorMessageId ?? '', 'DELIVRD');
    await until(() => stored.length === 1);
    expect(operator.readReport(stored[0] ?? '')).toMatchObject([{ ourId: lost.ourId, state: 'delivered' }]);
  });

  test('a late answer is stored, and tells the id of an unknown message', async () => {
    const late = message();
    simulator.faults.next('answer-late');
    const controller = new AbortController();
    const sending = send([late], controller.signal);
    await until(() => simulator.taken.count === 1);
    controller.abort();
    expect((await sending)[0]?.outcome).toBe('unknown');
    simulator.release();
    await until(() => stored.length === 1);
    expect(operator.readReport(stored[0] ?? '')).toMatchObject([
      { ourId: late.ourId, operatorMessageId: simulator.taken.all[0]?.operatorMessageId, state: 'accepted' },
    ]);
  });

  test('before the answer, twice and out of order are stored as they come', async () => {
    simulator.reportFaults.next('report-before-answer');
    const early = message();
    const [outcome] = await send([early]);
    simulator.reportFaults.next('report-twice');
    simulator.reportFaults.next('reports-out-of-order');
    simulator.report(outcome?.operatorMessageId ?? '', 'DELIVRD');
    await until(() => stored.length === 4);
    expect(stored.map((raw) => operator.readReport(raw)[0]?.state)).toEqual([
      'delivered',
      'delivered',
      'delivered',
      'accepted',
    ]);
    expect(operator.readReport(stored[0] ?? '')[0]?.ourId).toBe(early.ourId);
  });

  test('a text that comes in is no receipt; its header is not part of it', async () => {
    await send([message()]);
    simulator.write('48600100200', '48500600700', Buffer.from('STOP'), 0);
    simulator.write('48600100200', '48500600700', Buffer.from('050003010201' + '0053', 'hex'), 8, 0x40);
    await until(() => stored.length === 2);
    expect(stored.flatMap((raw) => operator.readReport(raw))).toEqual([]);
    expect(stored.flatMap((raw) => operator.readInbound?.(raw) ?? []).map((it) => it.text)).toEqual([
      'STOP',
      'S',
    ]);
  });
});

test('the form describes every setting, and what is secret', () => {
  expect(smppForm.fields.map((it) => it.key).sort()).toEqual(Object.keys(smppSettings.shape).sort());
  expect(smppForm.fields.filter((it) => it.secret).map((it) => it.key)).toEqual(['password']);
});
