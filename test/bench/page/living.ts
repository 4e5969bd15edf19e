import { createReader } from '../../../extension/page/index.ts';
import { start } from '../../e2e/reader/in-page.ts';

/** The reader as it lives in a page, with what a user does there brought in, so that nothing of ours is missing. */

let running: ReturnType<typeof start> | null = null;
let timers = 0;

/** Counts our own timers: those of this world, which the page does not share. */
function countTimers(): void {
  for (const name of ['setTimeout', 'setInterval', 'requestAnimationFrame', 'requestIdleCallback'] as const) {
    const original = globalThis[name] as (...given: unknown[]) => number;
    Object.assign(globalThis, {
      [name]: (...given: unknown[]) => {
        timers += 1;
        return original(...given);
      },
    });
  }
}

Object.assign(globalThis, {
  nadpisLiving: {
    /** @returns how many rows of people were found */
    async start(): Promise<number> {
      running = start();
      await running.page.ready;
      await running.page.acts();
      return running.page.reader
        .lists()
        .filter((list) => list.people)
        .reduce((all, list) => all + list.rows, 0);
    },
    /** Reads once, and draws nothing. */
    async read(): Promise<void> {
      const ending = new AbortController();
      await createReader({ document, signal: ending.signal }).ready;
      ending.abort();
    },
    /** Processor time of reading so far (ms). */
    spent: () => running?.page.reader.spent() ?? 0,
    countTimers(): void {
      timers = 0;
      countTimers();
    },
    timers: () => timers,
    off: () => running?.page.reader.off ?? null,
  },
});
