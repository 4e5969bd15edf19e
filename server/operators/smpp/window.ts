/** A request that was written and is not answered. */
export interface Pending<R> {
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Ends it, once. */
  settle(result: R): void;
}

/** The requests that may be unanswered at a time, and who waits for room among them, in their order. */
export class Window<R> {
  private readonly pending = new Set<Pending<R>>();
  private readonly waiting = new Set<() => void>();
  private readonly size: number;

  constructor(size: number) {
    this.size = size;
  }

  get full(): boolean {
    return this.pending.size >= this.size;
  }

  get empty(): boolean {
    return this.pending.size === 0;
  }

  /** Since when the longest has waited; `Infinity`: none does. */
  get oldest(): number {
    return Math.min(...[...this.pending].map((it) => it.since));
  }

  add(since: number, onSettled: (result: R) => void): Pending<R> {
    const pending: Pending<R> = {
      since,
      settle: (result) => {
        if (!this.pending.delete(pending)) return;
        this.wakeNext();
        onSettled(result);
      },
    };
    this.pending.add(pending);
    return pending;
  }

  /** Waits until there is room, all is over or the signal ends the wait: look again afterwards. */
  room(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.waiting.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  /** Whoever was woken and does not take its turn passes it on. */
  wakeNext(): void {
    const [next] = this.waiting;
    if (!this.full) next?.();
  }

  /** Ends all of them the same way. */
  settleAll(result: R): void {
    for (const pending of [...this.pending]) pending.settle(result);
    for (const wake of [...this.waiting]) wake();
  }
}

/** What the promise gives, or null once the signal ends the wait. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(null);
    signal.addEventListener('abort', end, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
