import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Cancellation, Operator } from '../operators/operator.ts';
import { accepted, troubled } from '../operators/outcomes.ts';
import { cancelBatch, cancelMessage } from './cancel.ts';
import { anna, draftTo, mobile, type Office, office } from './fixture.node.ts';
import { type OurIds, ourIds } from './our-id.ts';
import { batchById, timelineOf } from './reading.ts';
import { takeBackDue, takeBackOne } from './taking-back.ts';

type Answer = Omit<Cancellation, 'ourId'>;
const yes: Answer = { cancelled: true, detail: '' };
const no: Answer = { cancelled: false, detail: 'too late' };
const silent: Answer = { cancelled: false, detail: 'HTTP 503', again: true };

/** Takes what it is sent, one a call, and is asked back as the test says. */
class Desk {
  answer: Answer = yes;
  /** Our ids of each question. */
  asked: string[][] = [];
  /** Questions wait for it. */
  gate: Promise<void> = Promise.resolve();
  /** Sends that it does not take for now. */
  busy = new Set<string>();

  operator(name = 'desk'): Operator {
    return {
      name,
      capabilities: {
        send: true,
        personalised: true,
        cancel: true,
        reports: true,
        senders: false,
        statement: false,
        balance: false,
        inbound: false,
        deduplicates: true,
        maximumRecipients: 100,
        maximumParts: 6,
        partsPerSecond: null,
      },
      send: async ({ messages }) =>
        messages.map((message) =>
          this.busy.has(message.number)
            ? troubled(message, 'busy', 'later')
            : accepted(message, `op${message.ourId}`, message.parts, ''),
        ),
      reportsOf: async () => [],
      readReport: () => [],
      cancel: async (ids) => {
        this.asked.push(ids.map(({ ourId }) => ourId));
        await this.gate;
        return ids.map(({ ourId }) => ({ ourId, ...this.answer }));
      },
    };
  }
}

let desk: Desk;
let it: Office;
let ids: OurIds;
beforeEach(async () => {
  desk = new Desk();
  it = await office({ operator: () => desk.operator() });
  ids = await ourIds(it.database);
});
afterEach(() => it.end());

const parts = (operators = [desk.operator()]) => ({
  database: it.database,
  operators,
  ourIds: ids,
  now: () => it.clock.now(),
});
const round = () => takeBackDue(parts());

/** Of so many messages the first are with the operator, and the last waits. */
async function sentBut(count: number): Promise<string> {
  desk.busy.add(mobile(count - 1));
  const { id } = await it.send(Array.from({ length: count }, (_, at) => mobile(at)));
  await it.dispatch.turn();
  return id;
}
const cancel = (id: string) => cancelBatch(it.database, anna, id, it.clock.now());
const counts = async (id: string) =>
  (await batchById(it.database, anna, id, it.clock.now()))?.batch.askedBack;
const told = async (id = 1) => (await timelineOf(it.database, anna, id))?.askedBack;

describe('what operators have of a cancelled batch', () => {
  test('is written down with the cancellation, and asked back after a restart', async () => {
    const id = await sentBut(3);
    await cancel(id);
    expect(desk.asked).toEqual([]);
    expect(await counts(id)).toEqual({ messages: 2, waiting: 2, givenBack: 0 });
    // Nothing of the first server is left but its database.
    await round();
    expect(desk.asked).toEqual([[ids.of(1), ids.of(2)]]);
    expect(await it.states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(await it.sum('balances', 'parts')).toBe(300);
    expect(await counts(id)).toEqual({ messages: 2, waiting: 0, givenBack: 2 });
    expect(await told()).toMatchObject({ operator: 'desk', tries: 1, outcome: 'given-back' });
    expect(await round()).toBe(false);
    expect(desk.asked).toHaveLength(1);
  });

  test('is not asked back again when it is cancelled a second time', async () => {
    const id = await sentBut(2);
    await cancel(id);
    await round();
    desk.answer = no;
    await cancel(id);
    await round();
    expect(desk.asked).toHaveLength(1);
  });

  test('goes on where the operator refuses, and its timeline has the operator’s words', async () => {
    desk.answer = no;
    const id = await sentBut(2);
    const before = (await batchById(it.database, anna, id, it.clock.now()))?.version ?? 0;
    await cancel(id);
    await round();
    it.clock.forward(24 * 3_600_000);
    await round();
    expect(desk.asked).toHaveLength(1);
    expect(await it.states()).toEqual(['accepted', 'cancelled']);
    expect(await told()).toMatchObject({ outcome: 'refused', detail: 'too late', tries: 1 });
    expect(await counts(id)).toEqual({ messages: 1, waiting: 0, givenBack: 0 });
    // Who polls the batch sees it: its tag is another one after the wish and after the answer.
    expect((await batchById(it.database, anna, id, it.clock.now()))?.version).toBeGreaterThanOrEqual(
      before + 2,
    );
  });

  test('is asked for ever more rarely while the operator is down, and given back when it is up again', async () => {
    desk.answer = silent;
    const id = await sentBut(2);
    await cancel(id);
    await round();
    await round();
    expect(desk.asked).toHaveLength(1);
    expect(await told()).toMatchObject({ outcome: null, detail: 'HTTP 503', tries: 1, answeredAt: null });
    it.clock.forward(10_000);
    await round();
    it.clock.forward(10_000);
    await round();
    expect(desk.asked).toHaveLength(2);
    desk.answer = yes;
    it.clock.forward(20_000);
    await round();
    expect(await it.states()).toEqual(['cancelled', 'cancelled']);
    expect(await told()).toMatchObject({ outcome: 'given-back', tries: 3 });
  });

  test('is given up at last when the operator never answers', async () => {
    desk.answer = silent;
    await cancel(await sentBut(2));
    for (let hours = 0; hours < 24; hours++) {
      for (let minutes = 0; minutes < 60; minutes += 10) {
        await round();
        it.clock.forward(600_000);
      }
    }
    expect(desk.asked).toHaveLength(8);
    expect(await told()).toMatchObject({ outcome: 'no-answer', detail: 'HTTP 503', tries: 8 });
    expect(await it.states()).toEqual(['accepted', 'cancelled']);
  });

  test('is asked for by one of two servers', async () => {
    const id = await sentBut(5);
    await cancel(id);
    let open = () => {};
    desk.gate = new Promise((resolve) => {
      open = resolve;
    });
    const rounds = [round(), round(), round()];
    await new Promise((resolve) => setTimeout(resolve, 50));
    // The first is still asking; a round later nobody else asks for the same.
    it.clock.forward(90_000);
    rounds.push(round());
    await new Promise((resolve) => setTimeout(resolve, 50));
    open();
    await Promise.all(rounds);
    expect(desk.asked.flat().sort()).toEqual([1, 2, 3, 4].map(ids.of).sort());
    expect(await counts(id)).toEqual({ messages: 4, waiting: 0, givenBack: 4 });
  });

  test('is asked for again when the server died while it was asking', async () => {
    await cancel(await sentBut(2));
    desk.gate = new Promise(() => {});
    void round();
    await new Promise((resolve) => setTimeout(resolve, 50));
    desk.gate = Promise.resolve();
    it.clock.forward(60_000);
    await round();
    expect(desk.asked).toHaveLength(1);
    it.clock.forward(60_000);
    // It was given back to the one that died: its operator says no now, and is asked what became of it.
    desk.answer = no;
    await round();
    expect(desk.asked).toHaveLength(2);
    expect(await told()).toMatchObject({ outcome: 'refused', tries: 2 });
    expect(await it.rows('SELECT due_at FROM messages WHERE id = 1')).toEqual([{ due_at: it.clock.now() }]);
  });

  test('is no more asked for once a report has come', async () => {
    desk.answer = silent;
    const id = await sentBut(3);
    await cancel(id);
    await it.rows(`UPDATE messages SET state = 'delivered' WHERE id = 1`);
    await round();
    expect(desk.asked).toEqual([[ids.of(2)]]);
    expect(await told(1)).toBeNull();
    await it.rows(`UPDATE messages SET state = 'delivered' WHERE id = 2`);
    it.clock.forward(60_000);
    await round();
    expect(desk.asked).toHaveLength(1);
    expect(await told(2)).toMatchObject({ outcome: 'too-late' });
  });

  test('and what was on its way just then is asked back as soon as the operator has it', async () => {
    const id = await sentBut(3);
    await it.rows(`UPDATE messages SET state = 'sending' WHERE id = 1`);
    await cancel(id);
    await round();
    expect(desk.asked).toEqual([[ids.of(2)]]);
    await it.rows(`UPDATE messages SET state = 'accepted' WHERE id = 1`);
    it.clock.forward(2000);
    await round();
    expect(desk.asked).toEqual([[ids.of(2)], [ids.of(1)]]);
    expect(await it.states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
  });

  test('of an operator that gives nothing back, or is there no more, goes on', async () => {
    await cancel(await sentBut(2));
    const { cancel: _, ...unable } = desk.operator();
    await takeBackDue(parts([unable]));
    expect(await told()).toMatchObject({ outcome: 'not-possible' });
    expect(await it.states()).toEqual(['accepted', 'cancelled']);
  });

  test('waits for one operator that is down, and not for the others', async () => {
    const { id } = await it.send(Array.from({ length: 251 }, (_, at) => mobile(at)));
    await it.dispatch.turn();
    await it.rows(`UPDATE batches SET state = 'sending'`);
    await it.rows(`UPDATE messages SET operator = 'other' WHERE id > 200`);
    await cancel(id);
    desk.answer = silent;
    const other = new Desk();
    const both = parts([desk.operator(), other.operator('other')]);
    while (await takeBackDue(both));
    await takeBackDue(both);
    expect(desk.asked.map((one) => one.length)).toEqual([100]);
    expect(other.asked.flat()).toHaveLength(51);
  });
});

describe('one message', () => {
  const one = () =>
    cancelMessage(it.database, anna, 1, it.clock.now(), (record) => takeBackOne(parts(), 1, record));
  const records = () => it.rows(`SELECT subject, detail FROM audit WHERE act = 'message.cancelled'`);

  beforeEach(async () => {
    await it.acceptance.send({
      actor: anna,
      draft: draftTo([mobile(1)]),
      idempotencyKey: 'one',
      fingerprint: 'one',
    });
    await it.dispatch.turn();
  });

  test('is asked back at once, and who wanted it stands in the audit', async () => {
    await one();
    expect(await it.states()).toEqual(['cancelled']);
    expect(await told()).toMatchObject({ outcome: 'given-back', tries: 1 });
    expect(await records()).toEqual([{ subject: 'msg_1', detail: '{"askedBack":true}' }]);
  });

  test('is asked for again later by whoever is there, when its operator is down', async () => {
    desk.answer = silent;
    await one();
    expect(await told()).toMatchObject({ outcome: null, detail: 'HTTP 503' });
    // Pressed once more: it is on the list already.
    it.clock.forward(1);
    await one();
    expect(desk.asked).toHaveLength(1);
    desk.answer = yes;
    it.clock.forward(10_000);
    await round();
    expect(await it.states()).toEqual(['cancelled']);
    expect(await records()).toHaveLength(1);
  });

  test('that is refused may be asked for once more', async () => {
    desk.answer = no;
    await expect(one()).rejects.toMatchObject({ code: 'conflict' });
    desk.answer = yes;
    it.clock.forward(1000);
    await one();
    expect(await it.states()).toEqual(['cancelled']);
  });
});
