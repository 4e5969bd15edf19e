import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noText } from './draft.ts';
import { createSettling } from './settling.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function settlingFor(count: number) {
  const typed = signal(noText);
  const settling = createSettling(typed, () => count);
  return { typed, settling, stop: settling.follow() };
}

test('for a few recipients the text counts at once', () => {
  const { typed, settling } = settlingFor(5);
  typed.value = { ...noText, text: 'a' };
  expect(settling.settled.value.text).toBe('a');
});

test('for thousands it counts when the typing rests', () => {
  const { typed, settling } = settlingFor(10_000);
  for (const text of ['a', 'ab', 'abc']) typed.value = { ...noText, text };
  expect(settling.settled.value.text).toBe('');
  vi.runAllTimers();
  expect(settling.settled.value).toBe(typed.value);
});

test('but before a send it counts at once, and a switch that is no typing does too', () => {
  const { typed, settling } = settlingFor(10_000);
  typed.value = { ...noText, text: 'a' };
  settling.now();
  expect(settling.settled.value).toBe(typed.value);
  typed.value = { ...typed.value, foldPolishLetters: true };
  expect(settling.settled.value).toBe(typed.value);
});

test('a composer that is closed works nothing out any more', () => {
  const { typed, settling, stop } = settlingFor(10_000);
  typed.value = { ...noText, text: 'a' };
  stop();
  vi.runAllTimers();
  expect(settling.settled.value.text).toBe('');
});
