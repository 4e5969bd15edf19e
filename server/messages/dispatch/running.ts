import { askOperators } from '../reports/asking.ts';
import { matchReports } from '../reports/matching.ts';
import { Dispatcher, type DispatcherParts } from './dispatcher.ts';

/** What runs beside the API: hands out what is due, matches reports, sweeps. All of it may run in many processes. */
export interface Dispatch {
  /** There may be something to send. */
  hint(): void;
  /** There may be reports to match. */
  reported(): void;
  /** One round of everything; resolves when nothing is due. What a cron or a queue message calls. */
  turn(): Promise<void>;
  /** Sends what is due and throws what stops it; what a hint asks for where processes do not live long. */
  drain(): Promise<void>;
  /** Matches the reports that have come, in the same way. */
  match(): Promise<void>;
  /** Goes on by itself: on hints at once, else every second. */
  start(): void;
  /** Takes no more and waits for what is under way; see `Dispatcher.stop`. */
  stop(grace?: number): Promise<void>;
}

export interface DispatchParts extends DispatcherParts {
  /** Milliseconds between looks when nobody hints; 1,000 by default. */
  interval?: number;
  /** More to be done in each round, e.g. the sandbox's delivery reports. */
  also?: (now: number) => Promise<unknown>;
  /** What is to be done beside it, each by itself, so that one that waits holds up no other. */
  chores?: Readonly<Record<string, () => Promise<unknown>>>;
}

export function createDispatch(parts: DispatchParts): Dispatch {
  const { database, clock, log, ourIds, router } = parts;
  const interval = parts.interval ?? 1000;
  const dispatcher = new Dispatcher(parts);
  const chores = [
    chore('sending', () => dispatcher.drain()),
    chore('leases', () => dispatcher.sweep()),
    chore('reports', match),
    chore('asking', () => more(async () => askOperators(await known(), clock.now()))),
    ...(parts.also === undefined ? [] : [chore('also', () => also(parts.also))]),
    ...Object.entries(parts.chores ?? {}).map(([name, work]) => chore(name, work)),
  ];
  const [sending, , reports] = chores;
  let timer: ReturnType<typeof setInterval> | undefined;

  async function known() {
    const { operators } = await router.current();
    return { database, operators, ourIds };
  }

  /** Runs one at a time; asked again meanwhile, it runs once more. */
  function chore(name: string, work: () => unknown) {
    let running: Promise<void> | null = null;
    let again = false;
    const run = async (): Promise<void> => {
      do {
        again = false;
        try {
          await work();
        } catch (error) {
          log.error('dispatch failed', {
            chore: name,
            error: error instanceof Error ? (error.stack ?? '') : String(error),
          });
        }
      } while (again);
      running = null;
    };
    return {
      run: (): Promise<void> => {
        again = running !== null;
        running ??= run();
        return running;
      },
      ended: (): Promise<void> => running ?? Promise.resolve(),
    };
  }

  async function also(work: DispatchParts['also']): Promise<void> {
    await work?.(clock.now());
    // It may have put reports into the inbox.
    await reports?.run();
  }

  function match(): Promise<void> {
    return more(async () => matchReports(await known(), clock.now()));
  }

  async function more(work: () => Promise<boolean>): Promise<void> {
    while (await work());
  }

  const turn = async (): Promise<void> => {
    for (const it of chores) await it.run();
  };

  return {
    hint: () => {
      if (timer !== undefined) void sending?.run();
    },
    reported: () => {
      if (timer !== undefined) void reports?.run();
    },
    turn,
    drain: () => dispatcher.drain(),
    match,
    start: () => {
      timer ??= setInterval(() => {
        for (const it of chores) void it.run();
      }, interval);
      for (const it of chores) void it.run();
    },
    stop: async (grace) => {
      clearInterval(timer);
      timer = undefined;
      await dispatcher.stop(grace);
      await Promise.all(chores.map((it) => it.ended()));
    },
  };
}
