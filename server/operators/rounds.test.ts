import { describe, expect, test } from 'vitest';
import type { OutgoingMessage, SendOutcome } from './operator.ts';
import { accepted, partsOf, shortened, troubled } from './outcomes.ts';
import { chunksOf, roundsOfDistinctNumbers, sendApart } from './rounds.ts';

const message = (ourId: string, number = '+48600100200'): OutgoingMessage => ({
  ourId,
  number,
  text: 'x',
  parts: 1,
});

describe('rounds', () => {
  test('a number stands once in a round, in order', () => {
    const messages = ['a1', 'b1', 'a2', 'a3', 'b2'].map((id) => message(id, id[0]));
    expect(roundsOfDistinctNumbers(messages).map((round) => round.map((it) => it.ourId))).toEqual([
      ['a1', 'b1'],
      ['a2', 'b2'],
      ['a3'],
    ]);
    expect(roundsOfDistinctNumbers([])).toEqual([]);
  });

  test('chunks', () => {
    expect(chunksOf([1, 2, 3], 2)).toEqual([[1, 2], [3]]);
    expect(chunksOf([], 2)).toEqual([]);
  });
});

describe('a request refused for an id that was there', () => {
  const there = new Set(['b', 'e']);
  const settle = (it: OutgoingMessage): Promise<SendOutcome> =>
    Promise.resolve(accepted(it, null, null, 'there'));

  test('is sent in halves until the ids that were there stand alone', async () => {
    const sent: string[] = [];
    const outcomes = await sendApart(
      ['a', 'b', 'c', 'd', 'e'].map((id) => message(id)),
      async (messages) => {
        if (messages.some((it) => there.has(it.ourId))) return 'duplicate';
        sent.push(...messages.map((it) => it.ourId));
        return messages.map((it) => accepted(it, `id-${it.ourId}`, 1, ''));
      },
      settle,
    );
    expect(outcomes.map((it) => [it.ourId, it.operatorMessageId])).toEqual([
      ['a', 'id-a'],
      ['b', null],
      ['c', 'id-c'],
      ['d', 'id-d'],
      ['e', null],
    ]);
    expect(sent).toEqual(['a', 'c', 'd']);
  });

  test('leaves unknown what could not be asked again: it may be there', async () => {
    let calls = 0;
    const outcomes = await sendApart(
      [message('a'), message('b')],
      async (messages) => {
        calls += 1;
        return calls === 1 ? 'duplicate' : messages.map((it) => troubled(it, 'busy', 'full'));
      },
      settle,
    );
    expect(outcomes.map((it) => it.outcome)).toEqual(['unknown', 'unknown']);
  });
});

describe('what an operator says is not believed blindly', () => {
  test.each([
    [1, 1],
    ['3', 3],
    [255, 255],
    [0, null],
    [-1, null],
    [256, null],
    [1.5, null],
    ['-2', null],
    ['', null],
    [Number.NaN, null],
    [null, null],
    [{}, null],
    ['1e2', null],
  ])('parts %j are %j', (given, parts) => expect(partsOf(given)).toBe(parts));

  test('its words are one short line', () => {
    expect(shortened(' a\r\nb\t c ')).toBe('a b c');
    expect(shortened('x'.repeat(1_000_000))).toHaveLength(200);
  });
});
