import type { DispatcherSettings } from '../messages/dispatch/settings.ts';

/**
 * How a Worker dispatches. Six connections of an invocation may be open at once, and some are the database's. Settling
 * is a call over the network: it waits a moment for what else may come.
 */
export const workerSettings = {
  singleCalls: 4,
  bulkCalls: 4,
  settled: 1000,
  settleWithin: 250,
} as const satisfies Partial<DispatcherSettings>;
