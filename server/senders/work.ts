import type { Platform } from '../platform/platform.ts';
import { mailNotices } from './notices.ts';
import { dueRounds } from './operator-rounds.ts';
import type { SenderOperators } from './sender-operators.ts';

export interface SenderNameWork {
  /** One turn: ask the operators where that is due, and mail administrators. Where processes do not live long, a cron calls it. */
  turn(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

/**
 * What goes on beside the API for sender names. Of many servers over one database, each does a part and nothing is done
 * twice.
 *
 * @param interval milliseconds between turns; 5,000 by default, 1,000 in the sandbox
 */
export function createSenderNameWork(
  platform: Platform,
  operators: SenderOperators,
  interval = platform.sandbox ? 1000 : 5000,
): SenderNameWork {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let stopped = false;

  async function turn(): Promise<void> {
    try {
      await dueRounds(platform, operators);
      await mailNotices(platform);
    } catch (error) {
      platform.log.error('work on sender names failed', {
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }

  function next(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      running = turn().finally(next);
    }, interval);
  }

  return {
    turn,
    start: next,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
