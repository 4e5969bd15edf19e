import { askInbound } from '../inbound/asking.ts';
import type { Operator } from '../operators/operator.ts';
import { deliverReports } from '../operators/sandbox/reporting.ts';
import { createSandbox } from '../operators/sandbox/sandbox.ts';
import { lapsePackages } from '../packages/lapsing.ts';
import { mailLowPackages } from '../packages/low.ts';
import type { Platform } from '../platform/platform.ts';
import { eraseOld } from '../privacy/erasing.ts';
import { fixedRouter, type Router } from './dispatch/routing.ts';
import { createDispatch, type Dispatch } from './dispatch/running.ts';
import type { DispatcherSettings } from './dispatch/settings.ts';
import { type OurIds, ourIds } from './our-id.ts';
import { createInbox } from './reports/inbox.ts';
import { takeBackDue } from './taking-back.ts';

const minute = 60_000;
const hour = 60 * minute;

export interface Delivery {
  router: Router;
  dispatch: Dispatch;
}

export interface DeliveryOptions {
  /** Who sends for whom. Without it `operators`, and without these, in the sandbox, the built-in one. */
  router?: Router;
  operators?: readonly Operator[];
  /** Milliseconds from a simulated phone's text to its report. */
  sandboxDelay?: number;
  settings?: Partial<DispatcherSettings>;
  /** See `DispatchParts.chores`. */
  chores?: Readonly<Record<string, () => Promise<unknown>>>;
  interval?: number;
  /** Where they have been read already. */
  ourIds?: OurIds;
}

/**
 * All that goes on beside the API, for one process. The platform's wake-up is to be led to `dispatch.hint`, and
 * `dispatch.start` called; where processes do not live long, `dispatch.turn` is one round.
 */
export async function createDelivery(platform: Platform, options: DeliveryOptions = {}): Promise<Delivery> {
  const { database, clock, log, newId } = platform;
  const { sandboxDelay } = options;
  const builtIn = () => (platform.sandbox ? [sandboxOf(platform, sandboxDelay)] : []);
  const router = options.router ?? fixedRouter(options.operators ?? builtIn());
  const ids = options.ourIds ?? (await ourIds(database));
  const dispatch = createDispatch({
    database,
    clock,
    log,
    newId,
    router,
    ourIds: ids,
    ...(options.settings === undefined ? {} : { settings: options.settings }),
    chores: {
      'texts that came in': seldom(clock, minute, () => askInbound(platform, router)),
      packages: seldom(clock, minute, async () => {
        await lapsePackages(database, clock.now());
        await mailLowPackages(platform);
      }),
      'taking back': async () => {
        const { operators } = await router.current();
        const parts = { database, operators, ourIds: ids, now: clock.now };
        while (await takeBackDue(parts));
      },
      keeping: seldom(clock, hour, () => eraseOld(database, clock.now())),
      ...options.chores,
    },
    ...(options.interval === undefined ? {} : { interval: options.interval }),
    ...(platform.sandbox ? { also: (now: number) => deliverReports(database, now) } : {}),
  });
  const inbox = createInbox(database, clock, dispatch.reported);
  router.listen(inbox.store);
  return { router, dispatch };
}

/** Work that need not be done in each round. Where processes do not live long, it is done whenever one begins. */
function seldom(
  clock: Platform['clock'],
  pause: number,
  work: () => Promise<unknown>,
): () => Promise<unknown> {
  let next = 0;
  return async () => {
    if (clock.now() < next) return;
    next = clock.now() + pause;
    await work();
  };
}

/** The built-in operator. @param delay milliseconds from a simulated phone's text to its report */
export const sandboxOf = ({ database, clock }: Platform, delay?: number): Operator =>
  createSandbox({ database, clock, ...(delay === undefined ? {} : { delay }) });
