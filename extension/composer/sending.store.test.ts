import { describe, expect, test } from 'vitest';
import type { BatchAccepted, BatchDraftInput } from '../../shared/api/batches.ts';
import { type ProblemCode, problems } from '../../shared/api/problems.ts';
import type { Answer, Failure } from '../bridge/failure.ts';
import type { PendingSend } from './draft.storage.ts';
import { createSending } from './sending.store.ts';

const body: BatchDraftInput = { companyId: 'c', text: 'a', recipients: [{ number: '600100200' }] };
const accepted: BatchAccepted = { id: 'b', senderName: 'N', messages: 1, parts: 1, balance: 9, skipped: [] };
const ok: Answer<BatchAccepted> = { ok: true, value: accepted };
const silence: Failure = { kind: 'unreachable', why: 'timeout' };
const failed = (failure: Failure): Answer<BatchAccepted> => ({ ok: false, failure });

function problem(code: ProblemCode): Failure {
  const { status, title, fix } = problems[code];
  return {
    kind: 'problem',
    problem: { type: '', code, status, title, detail: '', fix, errors: [], facts: {}, requestId: '' },
  };
}

/** A sending whose answers are given in order; `sent` are the keys and bodies that left. */
function sendingWith(...answers: Answer<BatchAccepted>[]) {
  const sent: { key: string; body: BatchDraftInput }[] = [];
  const kept: (PendingSend | null | 'spent')[] = [];
  let keys = 0;
  const sending = createSending({
    send: async (what, key) => {
      sent.push({ key, body: what });
      return answers.shift() ?? ok;
    },
    keep: async (pending) => void kept.push(pending),
    spend: async () => void kept.push('spent'),
    now: () => 5,
    newKey: () => `key ${++keys}`,
  });
  return { sending, sent, kept };
}

describe('a send goes once', () => {
  test('it is written down before it leaves, and forgotten when it is answered', async () => {
    const { sending, kept } = sendingWith(ok);
    await sending.start(body);
    expect(kept).toEqual([{ key: 'key 1', body, at: 5 }, 'spent']);
    expect(sending.state.value).toEqual({ kind: 'sent', accepted });
  });

  test('a double click sends once', async () => {
    const { sending, sent } = sendingWith(ok);
    await Promise.all([sending.start(body), sending.start(body)]);
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['a time-out', silence],
    ['a broken connection', { kind: 'unreachable', why: 'network' } as const],
    ['a page of a proxy', { kind: 'broken', status: 502 } as const],
    ['a failure inside the server', problem('internal')],
    ['a server that is not ready', problem('unavailable')],
  ])('after %s the retry repeats the same key and body', async (_, failure) => {
    const { sending, sent } = sendingWith(failed(failure), failed(failure), ok);
    await sending.start(body);
    expect(sending.state.value).toEqual({ kind: 'in-doubt', failure, at: 5 });
    await sending.retry();
    await sending.retry();
    expect(new Set(sent.map(({ key }) => key))).toEqual(new Set(['key 1']));
    expect(sent.every((one) => one.body === body)).toBe(true);
    expect(sending.state.value.kind).toBe('sent');
  });

  test('nothing else can be sent while one is in doubt', async () => {
    const { sending, sent } = sendingWith(failed(silence));
    await sending.start(body);
    await sending.start({ ...body, text: 'other' });
    expect(sent).toHaveLength(1);
  });

  test('a composer opened after a crash takes up the send in doubt', async () => {
    const { sending, sent } = sendingWith(ok);
    sending.resume({ key: 'key of before', body, at: 1 });
    expect(sending.state.value).toEqual({ kind: 'in-doubt', failure: null, at: 1 });
    await sending.retry();
    expect(sent).toEqual([{ key: 'key of before', body }]);
  });
});

describe('a refusal is an answer', () => {
  test.each([
    'insufficient-parts',
    'hrm-not-permitted',
    'invalid-request',
    'idempotency-key-reused',
  ] as const)('after %s the draft goes on, and the next send has its own key', async (code) => {
    const { sending, sent, kept } = sendingWith(failed(problem(code)), ok);
    await sending.start(body);
    expect(sending.state.value.kind).toBe('refused');
    expect(kept.at(-1)).toBeNull();
    sending.reset();
    await sending.start(body);
    expect(sent.map(({ key }) => key)).toEqual(['key 1', 'key 2']);
  });

  test('a session that has ended leaves the draft as it was', async () => {
    const { sending } = sendingWith(failed({ kind: 'signed-out' }));
    await sending.start(body);
    expect(sending.state.value.kind).toBe('refused');
  });
});

test('giving up a send in doubt is the user’s word; the next one has its own key', async () => {
  const { sending, sent } = sendingWith(failed(silence), ok);
  await sending.start(body);
  await sending.giveUp();
  expect(sending.state.value).toEqual({ kind: 'idle' });
  await sending.start(body);
  expect(sent.map(({ key }) => key)).toEqual(['key 1', 'key 2']);
});
