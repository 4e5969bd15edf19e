import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { DraftText } from './draft.ts';

const rest = 150;
const many = 300;

/**
 * The text as it is worked with. For a handful of recipients it is the text as typed; for thousands it follows when the
 * typing rests, so that merging and counting for all of them never stands between a key and its letter.
 */
export function createSettling(typed: ReadonlySignal<DraftText>, count: () => number) {
  const settled = signal(typed.peek());
  let timer: ReturnType<typeof setTimeout> | undefined;

  function now(): void {
    clearTimeout(timer);
    settled.value = typed.peek();
  }

  return {
    settled,
    /** Before anything is decided by the text: nobody sends what stood there a moment ago. */
    now,
    follow(): () => void {
      const stop = effect(() => {
        const next = typed.value;
        clearTimeout(timer);
        if (next.text === settled.peek().text || count() < many) settled.value = next;
        else timer = setTimeout(now, rest);
      });
      return () => {
        clearTimeout(timer);
        stop();
      };
    },
  };
}
