/** Work in slices that leave every frame its time, under a budget for the whole page. */

/** The longest stretch of work (ms): half a frame. */
const slice = 8;
/** Processor time after which a page is left alone (ms); two of them come back with every second that passes. */
const budget = 6_000;
const regained = 0.02;

export interface Pacer {
  /** Takes a generator's steps to the end, pausing between slices. Pieces of work run one after the other. */
  run(steps: Generator<undefined, void>): Promise<void>;
  /** Processor time used so far (ms). */
  spent(): number;
}

export function createPacer(signal: AbortSignal, onExhausted: () => void): Pacer {
  let spent = 0;
  let owed = 0;
  let since = 0;
  let last: Promise<void> = Promise.resolve();

  async function work(steps: Generator<undefined, void>): Promise<void> {
    for (;;) {
      if (signal.aborted) return;
      const started = performance.now();
      let done = false;
      try {
        while (!done && performance.now() - started < slice) {
          // A few steps between two looks at the clock.
          for (let step = 0; step < 8 && !done; step += 1) done = steps.next().done === true;
        }
      } catch {
        // One place that cannot be read is no reason to stop reading others.
        done = true;
      }
      const now = performance.now();
      spent += now - started;
      owed = Math.max(0, owed - (now - since) * regained) + (now - started);
      since = now;
      if (owed > budget) {
        onExhausted();
        return;
      }
      if (done) return;
      await breathe();
    }
  }

  return {
    spent: () => spent,
    run(steps) {
      last = last.then(() => work(steps));
      return last;
    },
  };
}

interface Scheduling {
  scheduler?: { yield?(): Promise<void> };
}

const breathe = (): Promise<void> =>
  (globalThis as Scheduling).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));
