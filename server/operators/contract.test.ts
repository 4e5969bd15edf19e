import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Blame, Operator, Outcome, OutgoingMessage, SendOutcome } from './operator.ts';
import type { Fault } from './simulator-faults.ts';
import { type Subject, senderName, subjects } from './simulator-subjects.ts';

/** What each fault must come to, where it is told; `null`: depends on the message of the call. */
const expected: Readonly<Record<Fault, { outcome: Outcome | null; blame?: Blame }>> = {
  busy: { outcome: 'retryable', blame: 'operator' },
  'rate-limited': { outcome: 'retryable', blame: 'operator' },
  'refused-message': { outcome: 'rejected', blame: 'message' },
  'sender-pending': { outcome: 'retryable', blame: 'sender-name' },
  'no-credit': { outcome: 'retryable', blame: 'credit' },
  'token-expired': { outcome: 'retryable', blame: 'auth' },
  'unknown-code': { outcome: 'rejected', blame: 'operator' },
  'some-unsent': { outcome: null },
  'credit-mid-batch': { outcome: null },
  'drop-before-taking': { outcome: 'unknown', blame: 'operator' },
  'accept-then-drop': { outcome: 'unknown', blame: 'operator' },
  'half-answer': { outcome: 'unknown', blame: 'operator' },
  'half-json': { outcome: 'unknown', blame: 'operator' },
  'never-answers': { outcome: 'unknown', blame: 'operator' },
  'server-error': { outcome: 'unknown', blame: 'operator' },
  'server-error-before-taking': { outcome: 'unknown', blame: 'operator' },
  html: { outcome: 'unknown', blame: 'operator' },
  empty: { outcome: 'unknown', blame: 'operator' },
  huge: { outcome: 'unknown', blame: 'operator' },
  nonsense: { outcome: 'unknown', blame: 'operator' },
  moved: { outcome: 'unknown', blame: 'operator' },
  'wrong-content-type': { outcome: 'accepted' },
  'negative-parts': { outcome: 'accepted' },
  'parts-as-string': { outcome: 'accepted' },
  'success-without-items': { outcome: null },
};

let ids = 0;

describe.each(Object.keys(subjects))('the contract of an operator: %s', (name) => {
  let subject: Subject;
  let operator: Operator;

  beforeAll(async () => {
    const start = subjects[name];
    if (start === undefined) throw new Error(name);
    subject = await start();
    operator = subject.operator;
  });
  afterAll(() => subject.close());

  const messages = (fault: Fault | null = null): OutgoingMessage[] =>
    Array.from({ length: Math.min(4, operator.capabilities.maximumRecipients) }, () => {
      ids += 1;
      const number = subject.numberFor?.(fault, ids) ?? `+48600${100_000 + ids}`;
      return { ourId: `nadpis${ids}`, number, text: 'Zamowienie gotowe', parts: 1 };
    });

  const send = (some: readonly OutgoingMessage[], signal = AbortSignal.timeout(20_000)) =>
    operator.send({ senderName, messages: some, signal });

  /** What holds of any answer to a send, whatever the operator did. */
  async function holds(some: readonly OutgoingMessage[], outcomes: readonly SendOutcome[]): Promise<void> {
    expect(outcomes.map((it) => it.ourId)).toEqual(some.map((it) => it.ourId));
    for (const [at, message] of some.entries()) {
      const outcome = outcomes[at];
      if (outcome === undefined) throw new Error('no outcome');
      const times = await subject.taken(message);
      const facts = `${JSON.stringify(outcome)}, taken ${times} times`;
      expect(times, facts).toBeLessThanOrEqual(1);
      if (times > 0) expect(['accepted', 'unknown'], facts).toContain(outcome.outcome);
      if (outcome.outcome === 'accepted') expect(times, facts).toBe(1);
      else expect(outcome.parts, facts).toBeNull();
      expect(outcome.parts ?? 1, facts).toBeGreaterThanOrEqual(1);
      expect(outcome.detail.length, facts).toBeLessThanOrEqual(200);
      expect(outcome.detail).not.toContain(message.number.slice(1));
      expect(outcome.detail).not.toContain(message.text);
    }
  }

  test('what it declares it can do, it does', () => {
    const { cancel, senders, statement, balance, inbound } = operator.capabilities;
    expect(cancel).toBe(operator.cancel !== undefined);
    expect(senders).toBe(operator.senders !== undefined && operator.addSender !== undefined);
    expect(statement).toBe(operator.statementText !== undefined);
    expect(balance).toBe(operator.balance !== undefined);
    expect(inbound).toBe(operator.inbound !== undefined || operator.readInbound !== undefined);
  });

  test('an honest send is accepted, each with its own id, and taken once', async () => {
    const some = messages();
    const outcomes = await send(some);
    await holds(some, outcomes);
    expect(outcomes.map((it) => it.outcome)).toEqual(some.map(() => 'accepted'));
    expect(new Set(outcomes.map((it) => it.operatorMessageId)).size).toBe(some.length);
    expect(outcomes.map((it) => it.parts)).toEqual(some.map(() => 1));
  });

  test('a delivery is known by push or by asking, under our id or the operator’s', async () => {
    const some = messages();
    const outcomes = await send(some);
    const pushed = (await subject.deliver(some)).flatMap((raw) => operator.readReport(raw));
    for (const report of pushed) {
      const about = outcomes.find((it) => it.operatorMessageId === report.operatorMessageId);
      expect(about).toBeDefined();
      if (report.ourId !== null) expect(report.ourId).toBe(about?.ourId);
      expect(report.state).toBe(report.hint ? 'accepted' : 'delivered');
    }
    const asked = outcomes.map(({ ourId, operatorMessageId }) => ({ ourId, operatorMessageId }));
    const told = await operator.reportsOf(asked);
    for (const report of told) expect(report.state).toBe('delivered');
    const known = new Set([...told, ...pushed].map((it) => it.operatorMessageId));
    expect(known).toEqual(new Set(outcomes.map((it) => it.operatorMessageId)));
    // A hint alone would leave the message where it is.
    if (pushed.some((it) => it.hint)) expect(told).toHaveLength(some.length);
  });

  test('nothing to send is nothing sent; nothing to ask, nothing asked', async () => {
    expect(await send([])).toEqual([]);
    expect(await operator.reportsOf([])).toEqual([]);
  });

  test('a message that the operator never had is left out of its reports', async () => {
    const never = {
      ourId: 'neverSent0',
      operatorMessageId: null,
      number: '+48600999999',
      text: 'x',
      sentAt: 0,
    };
    expect(await operator.reportsOf([never])).toEqual([]);
  });

  describe.each(Object.keys(expected) as Fault[])('%s', (fault) => {
    test('ends as it must', async (context) => {
      if (!subject.plays.includes(fault)) return context.skip();
      await subject.play(fault);
      const some = messages(fault);
      const controller = new AbortController();
      const sending = send(some, fault === 'never-answers' ? controller.signal : undefined);
      if (fault === 'never-answers') {
        // Given up only once the operator has everything: the moment decides nothing.
        while ((await Promise.all(some.map(subject.taken))).some((times) => times === 0)) {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        controller.abort();
      }
      const outcomes = await sending;
      await holds(some, outcomes);
      const { outcome, blame } = expected[fault];
      if (outcome !== null) expect(outcomes.map((it) => it.outcome)).toEqual(some.map(() => outcome));
      if (blame !== undefined) expect(outcomes.map((it) => it.blame)).toEqual(some.map(() => blame));
      if (fault === 'negative-parts') expect(outcomes.every((it) => it.parts === null)).toBe(true);
      if (fault === 'parts-as-string') expect(outcomes.every((it) => it.parts === 1)).toBe(true);
      const half = some.map((_, at) => (at < some.length / 2 ? 'accepted' : 'retryable'));
      if (fault === 'credit-mid-batch') expect(outcomes.map((it) => it.outcome)).toEqual(half);
      const odd = some.map((_, at) => (at % 2 === 0 ? 'accepted' : 'rejected'));
      if (fault === 'some-unsent') expect(outcomes.map((it) => it.outcome)).toEqual(odd);
    });
  });

  test('an operator that refuses our id the second time: sent again after unknown, and there once', async (context) => {
    if (!operator.capabilities.deduplicates) return context.skip();
    await subject.play('accept-then-drop');
    const some = messages('accept-then-drop');
    expect((await send(some)).map((it) => it.outcome)).toEqual(some.map(() => 'unknown'));
    const again = await send(some);
    await holds(some, again);
    expect(again.map((it) => it.outcome)).toEqual(some.map(() => 'accepted'));
  });
});
