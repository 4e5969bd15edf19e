import type { Operator } from '../operators/operator.ts';
import { deliverReports } from '../operators/sandbox/reporting.ts';
import { createSandbox } from '../operators/sandbox/sandbox.ts';
import type { Platform } from '../platform/platform.ts';
import type { DispatcherSettings } from './dispatch/dispatcher.ts';
import { createDispatch, type Dispatch } from './dispatch/running.ts';
import { ourIds } from './our-id.ts';
import { createInbox } from './reports/inbox.ts';

export interface Delivery {
  /** In the order in which they are tried. */
  operators: readonly Operator[];
  dispatch: Dispatch;
}

export interface DeliveryOptions {
  /** None, in the sandbox: the built-in operator. */
  operators?: readonly Operator[];
  /** Milliseconds from a simulated phone's text to its report. */
  sandboxDelay?: number;
  settings?: Partial<DispatcherSettings>;
  interval?: number;
}

/**
 * All that goes on beside the API, for one process. The platform's wake-up is to be led to `dispatch.hint`, and
 * `dispatch.start` called; where processes do not live long, `dispatch.turn` is one round.
 */
export async function createDelivery(platform: Platform, options: DeliveryOptions = {}): Promise<Delivery> {
  const { database, clock, log, newId } = platform;
  const { operators = [], sandboxDelay } = options;
  const used =
    operators.length === 0 && platform.sandbox
      ? [createSandbox({ database, clock, ...(sandboxDelay === undefined ? {} : { delay: sandboxDelay }) })]
      : operators;
  const dispatch = createDispatch({
    database,
    clock,
    log,
    newId,
    operators: used,
    ourIds: await ourIds(database),
    ...(options.settings === undefined ? {} : { settings: options.settings }),
    ...(options.interval === undefined ? {} : { interval: options.interval }),
    ...(platform.sandbox ? { also: (now: number) => deliverReports(database, now) } : {}),
  });
  const inbox = createInbox(database, clock, dispatch.reported);
  // Operators that report over their own connection.
  for (const operator of used) operator.listen?.((raw) => inbox.store(operator.name, raw));
  return { operators: used, dispatch };
}

/** What the composer is told of the operator. */
export const describeOperator = (operator: Operator, sandbox: boolean) => ({
  name: operator.name,
  maximumParts: operator.capabilities.maximumParts,
  sandbox,
});
