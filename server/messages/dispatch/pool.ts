import type { Clock } from '../../platform/platform.ts';
import { Bucket } from './bucket.ts';
import { type EndedCall, makeCall, type WrittenCall } from './calling.ts';

export interface PoolParts {
  clock: Clock;
  ourIdOf(messageId: number): string;
  /** Calls in flight at once, at most. */
  concurrency: number;
  /** Milliseconds that a call may take. */
  callTime: number;
  /**
   * Calls are begun by `begin` alone, after `ready` has named them: for an operator that takes our id twice, so that
   * none is written down that is not about to be made, and a crash leaves no more in doubt than was under way.
   */
  careful: boolean;
  onEnd(ended: EndedCall): void;
  /** A careful pool could begin more. */
  onRoom(): void;
}

/** Makes written calls, so many at a time, no faster than their operator takes parts. */
export class CallPool {
  private readonly parts: PoolParts;
  private waiting: WrittenCall[] = [];
  private flying = 0;
  private closed = false;
  private readonly ending = new AbortController();
  private readonly buckets = new Map<string, Bucket>();
  private signal: { at: number; signal: AbortSignal } | null = null;

  constructor(parts: PoolParts) {
    this.parts = parts;
  }

  get idle(): boolean {
    return this.flying === 0 && this.waiting.length === 0;
  }

  /** Room for another lease's worth: what waits would be in flight at once. */
  get hungry(): boolean {
    return this.waiting.length < this.parts.concurrency;
  }

  get empty(): boolean {
    return this.waiting.length === 0;
  }

  add(calls: readonly WrittenCall[]): void {
    this.waiting.push(...calls);
    if (!this.parts.careful) this.pump();
  }

  /** Calls that a careful pool may begin now. A quarter of its width at a time, so that they share a commit. */
  ready(): WrittenCall[] {
    const room = this.parts.concurrency - this.flying;
    const ready: WrittenCall[] = [];
    if (!this.parts.careful || this.closed || (room < this.parts.concurrency / 4 && this.flying > 0))
      return ready;
    for (let call = this.waiting[0]; call !== undefined && ready.length < room; call = this.waiting[0]) {
      if (!this.hasTokens(call)) break;
      this.waiting.shift();
      ready.push(call);
    }
    return ready;
  }

  begin(calls: readonly WrittenCall[]): void {
    for (const call of calls) this.fly(call);
  }

  /** Takes back calls that were not begun. */
  withdraw(which: (call: WrittenCall) => boolean): WrittenCall[] {
    const withdrawn = this.waiting.filter(which);
    if (withdrawn.length > 0) this.waiting = this.waiting.filter((call) => !which(call));
    return withdrawn;
  }

  /** Begins no more calls. */
  close(): void {
    this.closed = true;
  }

  /** Ends the calls under way. */
  abort(): void {
    this.ending.abort();
  }

  private pump(): void {
    while (!this.closed && this.flying < this.parts.concurrency) {
      const call = this.waiting[0];
      if (call === undefined || !this.hasTokens(call)) return;
      this.waiting.shift();
      this.fly(call);
    }
  }

  private fly(call: WrittenCall): void {
    this.flying++;
    void makeCall(call, this.parts.ourIdOf, this.callSignal()).then((ended) => {
      this.flying--;
      // The next call first: the operator works on it while this one's end is looked at.
      if (!this.parts.careful) this.pump();
      this.parts.onEnd(ended);
      if (this.parts.careful && this.waiting.length > 0) this.parts.onRoom();
    });
  }

  /** Calls that begin in the same second share a signal: a timer for each would cost more than the call's own work. */
  private callSignal(): AbortSignal {
    const now = Date.now();
    if (this.signal === null || now - this.signal.at > 1000) {
      const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(this.parts.callTime)]);
      this.signal = { at: now, signal };
    }
    return this.signal.signal;
  }

  /** Parts a second of the account, as the operator declares them. */
  private hasTokens(call: WrittenCall): boolean {
    const rate = call.operator.capabilities.partsPerSecond;
    if (rate === null) return true;
    let bucket = this.buckets.get(call.operator.name);
    if (bucket === undefined) {
      bucket = new Bucket(rate, this.parts.clock.now());
      this.buckets.set(call.operator.name, bucket);
    }
    let parts = 0;
    for (const message of call.messages) parts += message.parts;
    const wait = bucket.take(parts, this.parts.clock.now());
    if (wait > 0) setTimeout(() => (this.parts.careful ? this.parts.onRoom() : this.pump()), wait);
    return wait === 0;
  }
}
