import type { Database } from '../../database/database.ts';
import type { Operator } from '../../operators/operator.ts';
import type { Clock, Log } from '../../platform/platform.ts';
import { finishBatches, type Move, moveMessages } from '../moving.ts';
import type { OurIds } from '../our-id.ts';
import { type EndedCall, makeCall, planCalls, type WrittenCall, writeCalls } from './calling.ts';
import {
  type Leased,
  lease,
  leasedOf,
  type Pause,
  pauseOf,
  pausesStatement,
  readStops,
  type Stops,
} from './leasing.ts';
import { pauseStatement, settle } from './settling.ts';
import { sweepLeases } from './sweeping.ts';
import { pauseLength } from './verdicts.ts';

export interface DispatcherParts {
  database: Database;
  clock: Clock;
  log: Log;
  newId(prefix: string): string;
  ourIds: OurIds;
  /** In the order in which they are tried; the next only when one has proven that it did not take a message. */
  operators: readonly Operator[];
  settings?: Partial<DispatcherSettings>;
  random?: () => number;
}

export interface DispatcherSettings {
  /** Calls in flight to an operator that takes one recipient a call. */
  singleCalls: number;
  /** Calls in flight to one that takes many. */
  bulkCalls: number;
  /** Messages leased at a time. */
  leased: number;
  /** Outcomes that are settled together, or those of so many milliseconds. */
  settled: number;
  settleWithin: number;
  /** Milliseconds that a call may take; a lease lasts `leaseTime` and must be longer. */
  callTime: number;
  leaseTime: number;
  /** Failed calls in a row that open the circuit. */
  breaker: number;
}

const defaults: DispatcherSettings = {
  singleCalls: 64,
  bulkCalls: 6,
  leased: 256,
  settled: 128,
  settleWithin: 15,
  callTime: 30_000,
  leaseTime: 90_000,
  breaker: 10,
};

/** A company whose effective name is pending keeps its messages so long before they are looked at again. */
const holdTime = 60_000;

/**
 * Hands the outbox to operators. The database is the truth: a dispatcher that dies loses nothing, and any number of
 * them may work on one database, for a lease belongs to one.
 */
export class Dispatcher {
  private readonly parts: DispatcherParts;
  private readonly settings: DispatcherSettings;
  private readonly random: () => number;
  private readonly owner: string;
  private leases = 0;
  private pauses: Pause[] = [];
  private failures = new Map<string, number>();
  private stopping = false;
  private draining: Promise<number> | null = null;
  private hinted = false;
  private readonly ending = new AbortController();
  private ready: WrittenCall[] = [];
  private inFlight = 0;
  private ended: EndedCall[] = [];
  private endedMessages = 0;
  private sent = 0;
  private wake: () => void = () => {};
  private readonly buckets = new Map<string, Bucket>();
  private signal: { at: number; signal: AbortSignal } | null = null;

  constructor(parts: DispatcherParts) {
    this.parts = parts;
    this.settings = { ...defaults, ...parts.settings };
    this.random = parts.random ?? Math.random;
    this.owner = parts.newId('dsp');
  }

  /**
   * Sends all that is due and settles it. A call while one is under way makes that one look once more.
   * @returns messages handed to operators
   */
  drain(): Promise<number> {
    this.hinted = true;
    this.draining ??= this.work().finally(() => {
      this.draining = null;
    });
    return this.draining;
  }

  /** Frees what dispatchers left behind that are gone. */
  async sweep(): Promise<void> {
    const { database, clock, operators, log } = this.parts;
    const freed = await sweepLeases(database, operators, clock.now());
    if (freed > 0) log.warn('leases ran out', { messages: freed });
  }

  /**
   * Takes no more messages, waits for the calls under way and settles them.
   * @param grace milliseconds after which calls are ended; their outcome is then unknown
   */
  async stop(grace = 10_000): Promise<void> {
    this.stopping = true;
    this.wake();
    const timer = setTimeout(() => this.ending.abort(), grace);
    await this.draining?.catch(() => {});
    clearTimeout(timer);
  }

  private async work(): Promise<number> {
    const { database } = this.parts;
    this.sent = 0;
    this.pauses = (await database.query(pausesStatement)).map(pauseOf);
    let exhausted = false;
    for (;;) {
      if (this.hinted) {
        this.hinted = false;
        exhausted = false;
      }
      const idle = this.inFlight === 0 && this.ready.length === 0;
      if (
        this.endedMessages >= this.settings.settled ||
        (this.endedMessages > 0 && (idle || this.settleDue()))
      ) {
        await this.settleEnded();
        continue;
      }
      if (!this.stopping && !exhausted && this.hasRoom()) {
        exhausted = (await this.refill()) < this.settings.leased;
        continue;
      }
      if (this.stopping) await this.giveBackReady();
      if (this.inFlight === 0 && this.ready.length === 0 && this.endedMessages === 0) {
        if (this.hinted && !this.stopping) continue;
        return this.sent;
      }
      await this.news();
    }
  }

  // Filling ------------------------------------------------------------------------------------------------------

  private hasRoom(): boolean {
    return this.ready.length < this.concurrency();
  }

  private concurrency(): number {
    const [first] = this.parts.operators;
    return first?.capabilities.maximumRecipients === 1 ? this.settings.singleCalls : this.settings.bulkCalls;
  }

  /** Operators whose account is not paused. */
  private open(now: number): Operator[] {
    return this.parts.operators.filter((operator) => !this.pausedUntil(operator.name, '', now));
  }

  private pausedUntil(operator: string, senderName: string, now: number): number {
    const pause = this.pauses.find((it) => it.operator === operator && it.senderName === senderName);
    return pause !== undefined && pause.until > now ? pause.until : 0;
  }

  /** Leases, checks once more, writes the calls down and starts them. Returns how many were leased. */
  private async refill(): Promise<number> {
    const { database, clock } = this.parts;
    const now = clock.now();
    const until = now + this.settings.leaseTime;
    const most = this.settings.leased * this.recipientsAtOnce();
    const owner = `${this.owner}.${++this.leases}`;
    const [single, bulk] = await database.batch(lease({ owner, now, until, most }));
    const leased = [...leasedOf(single?.rows ?? [], until), ...leasedOf(bulk?.rows ?? [], until)];
    if (leased.length === 0) return 0;
    const stops = await readStops(database, leased);
    this.pauses = stops.pauses;
    const byOperator = await this.sortOut(leased, stops, now);
    const planned = [...byOperator].flatMap(([operator, messages]) => planCalls(operator, messages));
    if (planned.length > 0) {
      this.ready.push(...(await writeCalls(database, planned, now)));
      this.pump();
    }
    return leased.length === most ? this.settings.leased : 0;
  }

  /** Bulk operators are leased for by calls, not by messages; at most 8 calls' worth, so that memory stays flat. */
  private recipientsAtOnce(): number {
    const [first] = this.parts.operators;
    const recipients = first?.capabilities.maximumRecipients ?? 1;
    return Math.max(1, Math.min(recipients * 8, 4000) / this.settings.leased);
  }

  /** By operator, without those that may not go out now; these are moved at once. */
  private async sortOut(
    leased: readonly Leased[],
    stops: Stops,
    now: number,
  ): Promise<Map<Operator, Leased[]>> {
    const byOperator = new Map<Operator, Leased[]>();
    const moves = new Map<string, Move & { messages: Map<number, null> }>();
    const overdue: Leased[] = [];
    const stopped = new Set<string>();
    const stop = (message: Leased, more: Pick<Move, 'to' | 'reason' | 'settle' | 'dueAt'>) => {
      const key = JSON.stringify([more, message.attempt]);
      const move = moves.get(key) ?? {
        messages: new Map(),
        from: ['sending'] as const,
        attempt: message.attempt,
        at: now,
        ...more,
      };
      move.messages.set(message.id, null);
      moves.set(key, move);
      stopped.add(message.batchId);
    };
    const open = this.open(now);
    for (const message of leased) {
      const name = stops.names.get(message.batchId);
      if (message.expiresAt <= now) overdue.push(message);
      else if (name === 'gone')
        stop(message, { to: 'rejected', reason: 'sender-name-not-authorised', settle: 0 });
      else if (name === 'hrm') stop(message, { to: 'cancelled', reason: 'hrm-not-permitted', settle: 0 });
      else if (stops.optedOut.has(message.id))
        stop(message, { to: 'rejected', reason: 'opted-out', settle: 0 });
      else if (name === 'pending') {
        stop(message, {
          to: 'queued',
          reason: 'sender-name-not-authorised',
          dueAt: Math.min(now + holdTime, message.expiresAt),
        });
      } else {
        const possible = open.filter((it) => message.operator === null || it.name === message.operator);
        const operator = possible.find((it) => !this.pausedUntil(it.name, message.senderName, now));
        if (operator === undefined) {
          const until = this.parts.operators.map((it) =>
            Math.max(this.pausedUntil(it.name, message.senderName, now), this.pausedUntil(it.name, '', now)),
          );
          const dueAt = Math.min(Math.max(Math.min(...until), now + 1000), message.expiresAt);
          stop(message, { to: 'queued', reason: 'paused', dueAt });
        } else {
          const list = byOperator.get(operator);
          if (list === undefined) byOperator.set(operator, [message]);
          else list.push(message);
        }
      }
    }
    for (const message of overdue) {
      // Sent perhaps, though nobody saw it: its parts are not given back.
      const unsure = message.operator !== null;
      stop(
        message,
        unsure
          ? { to: 'unknown', reason: 'expired', dueAt: now }
          : { to: 'expired', reason: 'expired', settle: 0 },
      );
    }
    if (moves.size > 0) {
      const statements = [...moves.values()].flatMap((move) => moveMessages(move));
      await this.parts.database.batch([...statements, finishBatches(stopped)]);
    }
    return byOperator;
  }

  // Calling ------------------------------------------------------------------------------------------------------

  private pump(): void {
    while (this.inFlight < this.concurrency() && this.ready.length > 0 && !this.stopping) {
      const call = this.ready[0];
      if (call === undefined || !this.hasTokens(call)) return;
      this.ready.shift();
      this.inFlight++;
      void makeCall(call, this.parts.ourIds.of, this.callSignal()).then((ended) => this.onEnd(ended));
    }
  }

  private onEnd(ended: EndedCall): void {
    this.inFlight--;
    this.ended.push(ended);
    this.endedMessages += ended.outcomes.length;
    for (const outcome of ended.outcomes) if (outcome.outcome === 'accepted') this.sent++;
    this.countFailures(ended);
    this.pump();
    if (this.endedMessages >= this.settings.settled || this.ready.length === 0) this.wake();
  }

  /** Calls that start in the same second share a signal: a timer for each would cost more than the call's own work. */
  private callSignal(): AbortSignal {
    const now = Date.now();
    if (this.signal === null || now - this.signal.at > 1000) {
      const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(this.settings.callTime)]);
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
    if (wait === 0) return true;
    setTimeout(() => {
      this.pump();
      this.wake();
    }, wait);
    return false;
  }

  /** An operator that fails call after call is left alone for a while; the next in the order takes over. */
  private countFailures({ call, outcomes }: EndedCall): void {
    const failed = outcomes.every((it) => it.outcome === 'retryable' && it.blame === 'operator');
    this.failures.set(call.operator.name, failed ? (this.failures.get(call.operator.name) ?? 0) + 1 : 0);
  }

  // Settling -----------------------------------------------------------------------------------------------------

  private settleFrom = 0;

  private settleDue(): boolean {
    return performance.now() - this.settleFrom >= this.settings.settleWithin;
  }

  private async settleEnded(): Promise<void> {
    const { database, clock, log } = this.parts;
    const ended = this.ended;
    this.ended = [];
    this.endedMessages = 0;
    const now = clock.now();
    const settlement = settle(ended, this.pauses, now, this.random);
    for (const [operator, failures] of this.failures) {
      if (failures < this.settings.breaker) continue;
      this.failures.set(operator, 0);
      const times = this.pauses.find((it) => it.operator === operator && it.senderName === '')?.times ?? 0;
      const pause = {
        operator,
        senderName: '',
        times: times + 1,
        until: now + pauseLength('operator', times),
        blame: 'operator' as const,
        detail: `${failures} calls failed in a row`,
      };
      settlement.pauses.push(pause);
      settlement.statements.push(pauseStatement(pause, now));
    }
    await this.settleFor(() => database.batch(settlement.statements));
    for (const { blame, detail, operator, senderName, until } of settlement.pauses) {
      log.error('sending paused', { operator, senderName, blame, detail, until });
    }
    if (settlement.pauses.length > 0) {
      this.pauses = (await database.query(pausesStatement)).map(pauseOf);
      await this.giveBackPaused(now);
    }
    this.settleFrom = performance.now();
  }

  /** An outcome that is lost would be asked after later or sent twice: it is worth some patience. */
  private async settleFor(work: () => Promise<unknown>): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        await work();
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        this.parts.log.warn('settling failed', { attempt, error: String(error) });
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
      }
    }
  }

  /** Calls that are written but not made, to what is paused now: back into the queue, to be stopped at the next lease. */
  private async giveBackPaused(now: number): Promise<void> {
    const paused = this.ready.filter(
      (call) =>
        this.pausedUntil(call.operator.name, '', now) ||
        this.pausedUntil(call.operator.name, call.senderName, now),
    );
    this.ready = this.ready.filter((call) => !paused.includes(call));
    await this.giveBack(paused);
  }

  private async giveBackReady(): Promise<void> {
    const calls = this.ready;
    this.ready = [];
    await this.giveBack(calls);
  }

  private async giveBack(calls: readonly WrittenCall[]): Promise<void> {
    if (calls.length === 0) return;
    const now = this.parts.clock.now();
    const moves = new Map<number, Move & { messages: Map<number, null> }>();
    for (const message of calls.flatMap((call) => call.messages)) {
      const move = moves.get(message.attempt) ?? {
        messages: new Map(),
        from: ['sending'] as const,
        to: 'queued' as const,
        attempt: message.attempt,
        at: now,
        dueAt: now,
      };
      move.messages.set(message.id, null);
      moves.set(message.attempt, move);
    }
    const ids = JSON.stringify(calls.map((call) => call.id));
    await this.parts.database.batch([
      { sql: 'DELETE FROM attempts WHERE call_id IN (SELECT value FROM json_each(?))', args: [ids] },
      { sql: 'DELETE FROM operator_calls WHERE id IN (SELECT value FROM json_each(?))', args: [ids] },
      ...[...moves.values()].flatMap((move) => moveMessages(move)),
    ]);
  }

  /** Until a call ends that matters, or the time to settle has come. */
  private news(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.settings.settleWithin);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve();
      };
    });
  }
}

/** A token bucket that may go into debt for one call larger than it: large calls are not starved. */
class Bucket {
  private readonly rate: number;
  private tokens: number;
  private at: number;

  constructor(rate: number, now: number) {
    this.rate = rate;
    this.tokens = rate;
    this.at = now;
  }

  /** Milliseconds to wait; 0: taken. */
  take(amount: number, now: number): number {
    this.tokens = Math.min(this.rate, this.tokens + ((now - this.at) * this.rate) / 1000);
    this.at = now;
    const needed = Math.min(amount, this.rate);
    if (this.tokens < needed) return Math.max(1, Math.ceil(((needed - this.tokens) * 1000) / this.rate));
    this.tokens -= amount;
    return 0;
  }
}
