import type { Database, Row } from '../../database/database.ts';
import type { Operator } from '../../operators/operator.ts';
import type { Clock, Log } from '../../platform/platform.ts';
import { finishBatches, moveMessages } from '../moving.ts';
import type { OurIds } from '../our-id.ts';
import { type EndedCall, planCalls, type WrittenCall, writeCalls } from './calling.ts';
import { giveBackStatements } from './giving-back.ts';
import { LeaseSize } from './lease-size.ts';
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
import { persistently } from './persisting.ts';
import { CallPool } from './pool.ts';
import type { Router, Routing } from './routing.ts';
import { type DispatcherSettings, defaults } from './settings.ts';
import { breakerPause, pauseStatement, settle } from './settling.ts';
import { pausedUntil, sortOut } from './sorting.ts';
import { sweepLeases } from './sweeping.ts';

export interface DispatcherParts {
  database: Database;
  clock: Clock;
  log: Log;
  newId(prefix: string): string;
  ourIds: OurIds;
  router: Router;
  settings?: Partial<DispatcherSettings>;
  /** 0–1, for the jitter of back-offs. */
  random?: () => number;
}

/**
 * Hands the outbox to operators. The database is the truth: a dispatcher that dies loses nothing, and any number of
 * them may work on one database, for a lease belongs to one.
 */
export class Dispatcher {
  private readonly parts: DispatcherParts;
  private readonly settings: DispatcherSettings;
  private readonly random: () => number;
  private readonly owner: string;
  private readonly pools = new Map<string, CallPool>();
  private routing: Routing;
  /** Organisations that the last lease left out, as their operators had enough to do. */
  private leftOut: readonly string[] = [];
  private leases = 0;
  private readonly leaseSize: LeaseSize;
  private pauses: Pause[] = [];
  private readonly failures = new Map<string, number>();
  private ended: EndedCall[] = [];
  private endedMessages = 0;
  private settledAt = 0;
  private stopping = false;
  private hinted = false;
  private draining: Promise<void> | null = null;
  private wake: () => void = () => {};

  constructor(parts: DispatcherParts) {
    this.parts = parts;
    this.settings = { ...defaults, ...parts.settings };
    this.leaseSize = new LeaseSize(this.settings);
    this.random = parts.random ?? Math.random;
    this.owner = parts.newId('dsp');
    this.routing = parts.router.latest();
  }

  /** Sends all that is due and settles it. A call while one is under way makes that one look once more. */
  drain(): Promise<void> {
    this.hinted = true;
    this.draining ??= this.work().finally(() => {
      this.draining = null;
    });
    return this.draining;
  }

  /** Frees what dispatchers left behind that are gone. */
  async sweep(): Promise<void> {
    const { database, clock, router, log } = this.parts;
    const { operators } = await router.current();
    const freed = await sweepLeases(database, operators, clock.now());
    if (freed > 0) log.warn('leases ran out', { messages: freed });
  }

  /**
   * Takes no more messages, waits for the calls under way and settles them.
   * @param grace milliseconds after which calls are ended; their outcome is then unknown
   */
  async stop(grace = 10_000): Promise<void> {
    this.stopping = true;
    for (const pool of this.pools.values()) pool.close();
    this.wake();
    const timer = setTimeout(() => {
      for (const pool of this.pools.values()) pool.abort();
    }, grace);
    await this.draining?.catch(() => {});
    clearTimeout(timer);
  }

  private async work(): Promise<void> {
    this.settledAt = performance.now();
    let more = true;
    for (;;) {
      if (this.hinted) {
        this.hinted = false;
        more = true;
      }
      if (this.stopping) await this.giveBack(this.withdraw(() => true));
      const full = this.full();
      if (this.leftOut.some((organisation) => full?.includes(organisation) === false)) more = true;
      if (this.isTimeToSettle()) await this.settleEnded();
      else if (await this.beginReady()) continue;
      else if (more && !this.stopping && full !== null) more = await this.refill(full);
      else if (this.idle && this.endedMessages === 0) return;
      else await this.news();
    }
  }

  private get idle(): boolean {
    for (const pool of this.pools.values()) if (!pool.idle) return false;
    return true;
  }

  /** Organisations whose operator has enough to do, so that one that hangs holds up nobody else; null: all of them. */
  private full(): string[] | null {
    const full = new Set<string>();
    for (const [operator, pool] of this.pools) {
      if (pool.hungry) continue;
      const owner = this.routing.ownerOf(operator);
      if (owner === null) return null;
      full.add(owner);
    }
    return [...full];
  }

  private poolOf(operator: Operator): CallPool {
    let pool = this.pools.get(operator.name);
    if (pool === undefined) {
      const { clock, ourIds } = this.parts;
      const single = operator.capabilities.maximumRecipients === 1;
      pool = new CallPool({
        clock,
        ourIdOf: ourIds.of,
        concurrency: single ? this.settings.singleCalls : this.settings.bulkCalls,
        callTime: this.settings.callTime,
        careful: !operator.capabilities.deduplicates,
        onEnd: (ended) => this.onEnd(ended),
        onRoom: () => this.wake(),
      });
      this.pools.set(operator.name, pool);
    }
    return pool;
  }

  private withdraw(which: (call: WrittenCall) => boolean): WrittenCall[] {
    return [...this.pools.values()].flatMap((pool) => pool.withdraw(which));
  }

  /** Accounts come, change, are stopped and go while the server runs. */
  private async readRouting(seen?: Row): Promise<void> {
    const routing = await this.parts.router.current(seen);
    if (routing === this.routing) return;
    this.routing = routing;
    const now = new Set(routing.operators);
    // Calls that wait were written for an account as it was.
    await this.giveBack(
      this.withdraw(({ operator }) => !now.has(operator) || routing.isStopped(operator.name)),
    );
    for (const [name, pool] of this.pools) {
      if (pool.idle && !routing.operators.some((it) => it.name === name)) this.pools.delete(name);
    }
  }

  /** Leases, checks once more, writes the calls down and starts them. Returns whether more may be due. */
  private async refill(without: readonly string[]): Promise<boolean> {
    const { database, clock } = this.parts;
    const now = clock.now();
    const until = now + this.settings.leaseTime;
    const most = this.leaseSize.next(this.routing.operators, performance.now());
    const owner = `${this.owner}.${++this.leases}`;
    const [single, bulk] = await database.batch(lease({ owner, now, until, most, without }));
    this.leftOut = without;
    const leased = [...leasedOf(single?.rows ?? [], until), ...leasedOf(bulk?.rows ?? [], until)];
    this.leaseSize.got(leased.length);
    if (leased.length === 0) {
      if (!this.idle) await this.readRouting();
      return false;
    }
    const stops = await this.stopsOf(leased);
    const { routing } = this;
    const sorted = sortOut(leased, stops, routing, now);
    if (sorted.moves.length > 0) {
      const statements = sorted.moves.flatMap((move) => moveMessages(move));
      await database.batch([...statements, finishBatches(sorted.batchIds)]);
    }
    const planned = [...sorted.byOperator].flatMap(([operator, messages]) => planCalls(operator, messages));
    const careful = planned.filter(({ operator }) => !operator.capabilities.deduplicates);
    const others = planned.filter(({ operator }) => operator.capabilities.deduplicates);
    if (others.length > 0) this.handOver(await writeCalls(database, others, now, until));
    this.handOver(careful.map((call) => ({ ...call, id: 0 })));
    return leased.length >= most;
  }

  /** What stops messages, and who sends now: one round trip, unless routes have begun to look at companies just now. */
  private async stopsOf(leased: readonly Leased[]): Promise<Stops> {
    const { database, router } = this.parts;
    const { byCompany } = this.routing;
    const { stops, seen } = await readStops(database, leased, byCompany, router.changes);
    this.pauses = stops.pauses;
    await this.readRouting(seen);
    return this.routing.byCompany === byCompany ? stops : await this.stopsOf(leased);
  }

  /** Writes down and begins what careful pools have room for. Returns whether there was any. */
  private async beginReady(): Promise<boolean> {
    const { database, clock } = this.parts;
    let any = false;
    for (const pool of this.pools.values()) {
      const ready = pool.ready();
      if (ready.length === 0) continue;
      any = true;
      const now = clock.now();
      pool.begin(await writeCalls(database, ready, now, now + this.settings.leaseTime));
    }
    return any;
  }

  private handOver(calls: readonly WrittenCall[]): void {
    for (const [operator, list] of Map.groupBy(calls, (call) => call.operator))
      this.poolOf(operator).add(list);
  }

  private onEnd(ended: EndedCall): void {
    this.ended.push(ended);
    this.endedMessages += ended.outcomes.length;
    const { name } = ended.call.operator;
    const failed = ended.outcomes.every((it) => it.outcome === 'retryable' && it.blame === 'operator');
    this.failures.set(name, failed ? (this.failures.get(name) ?? 0) + 1 : 0);
    const pool = this.pools.get(name);
    if (this.endedMessages >= this.settings.settled || pool === undefined || pool.hungry) this.wake();
  }

  private isTimeToSettle(): boolean {
    if (this.endedMessages === 0) return false;
    if (this.endedMessages >= this.settings.settled || this.idle) return true;
    return performance.now() - this.settledAt >= this.settings.settleWithin;
  }

  private async settleEnded(): Promise<void> {
    const { database, clock, log } = this.parts;
    const { ended } = this;
    this.ended = [];
    this.endedMessages = 0;
    const now = clock.now();
    const { statements, pauses } = settle(ended, this.pauses, now, this.random);
    for (const [operator, failures] of this.failures) {
      if (failures < this.settings.breaker) continue;
      this.failures.set(operator, 0);
      const pause = breakerPause(operator, failures, this.pauses, now);
      pauses.push(pause);
      statements.push(pauseStatement(pause, now));
    }
    await persistently(() => database.batch(statements), log);
    this.settledAt = performance.now();
    if (pauses.length === 0) return;
    for (const pause of pauses) log.error('sending paused', { ...pause });
    this.pauses = (await database.query(pausesStatement)).map(pauseOf);
    // To be stopped at the next lease, which knows for how long.
    await this.giveBack(
      this.withdraw(
        ({ operator, senderName }) =>
          pausedUntil(this.pauses, operator.name, '', now) > 0 ||
          pausedUntil(this.pauses, operator.name, senderName, now) > 0,
      ),
    );
  }

  /** Calls that are written down and were not made: as if they had never been planned. */
  private async giveBack(calls: readonly WrittenCall[]): Promise<void> {
    if (calls.length === 0) return;
    await this.parts.database.batch(giveBackStatements(calls, this.parts.clock.now()));
  }

  /** Until a call ends that matters, a hint comes, or the time to settle has come. */
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
