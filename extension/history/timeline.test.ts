import { describe, expect, test } from 'vitest';
import type { MessageTimeline } from '../../shared/api/messages.ts';
import { eventsOf } from './timeline.ts';

const attempt = (at: number, outcome: MessageTimeline['attempts'][number]['outcome'], detail = '') => ({
  at,
  operator: 'sandbox',
  outcome,
  detail,
  operatorMessageId: outcome === 'accepted' ? 'op-1' : '',
});

const message = (over: Partial<MessageTimeline>): MessageTimeline => ({
  id: 'msg_1',
  batchId: 'bat_1',
  reference: '',
  recipientName: 'Jan',
  number: '+48600100200',
  text: 'Witaj',
  parts: 1,
  state: 'queued',
  reason: '',
  stateAt: 100,
  attempts: [],
  reports: [],
  askedBack: null,
  ...over,
});

const told = (over: Partial<MessageTimeline>) =>
  eventsOf(message(over)).map((event) =>
    event.kind === 'attempt'
      ? `${event.at} try ${event.outcome}`
      : event.kind === 'asked-back'
        ? `${event.at} asked back`
        : event.kind === 'take-back'
          ? `${event.at} operator ${event.outcome} ${event.detail}`.trim()
          : `${event.at} ${event.kind} ${event.state}`,
  );

describe('the timeline of a message', () => {
  test('tells tries and reports in their order, also when a report came before its answer', () => {
    expect(
      told({
        state: 'delivered',
        stateAt: 30,
        attempts: [attempt(5, 'retryable'), attempt(20, 'accepted')],
        reports: [
          { at: 30, state: 'delivered', detail: '' },
          { at: 10, state: 'accepted', detail: '' },
        ],
      }),
    ).toEqual(['5 try retryable', '10 report accepted', '20 try accepted', '30 report delivered']);
  });

  test('ends with the present state where nothing else says it', () => {
    expect(told({ state: 'cancelled', stateAt: 40, reason: 'cancelled' })).toEqual(['40 state cancelled']);
    expect(told({ state: 'queued', attempts: [], stateAt: 1 })).toEqual(['1 state queued']);
    expect(told({ state: 'expired', stateAt: 90, attempts: [attempt(5, 'retryable')] })).toEqual([
      '5 try retryable',
      '90 state expired',
    ]);
  });

  test('tells that it was asked back, and what the operator said', () => {
    const wish = {
      requestedAt: 20,
      askedAt: null,
      operator: 'sandbox',
      tries: 0,
      detail: '',
      answeredAt: null,
    };
    const taken = { state: 'accepted' as const, attempts: [attempt(5, 'accepted')] };
    expect(told({ ...taken, askedBack: { ...wish, outcome: null } })).toEqual([
      '5 try accepted',
      '20 asked back',
    ]);
    const silent = { ...wish, askedAt: 30, tries: 1, detail: 'HTTP 503', outcome: null };
    expect(told({ ...taken, askedBack: silent }).at(-1)).toBe('30 operator waiting HTTP 503');
    expect(
      told({
        ...taken,
        state: 'cancelled',
        stateAt: 40,
        askedBack: { ...silent, detail: '', outcome: 'given-back', answeredAt: 40 },
      }),
    ).toEqual(['5 try accepted', '20 asked back', '40 operator given-back', '40 state cancelled']);
  });

  test('says no state twice', () => {
    expect(told({ state: 'queued', stateAt: 6, attempts: [attempt(5, 'retryable')] })).toEqual([
      '5 try retryable',
    ]);
    expect(told({ state: 'sending', stateAt: 5, attempts: [attempt(5, null)] })).toEqual(['5 try null']);
    expect(told({ state: 'rejected', stateAt: 6, attempts: [attempt(5, 'rejected')] })).toEqual([
      '5 try rejected',
    ]);
  });
});
