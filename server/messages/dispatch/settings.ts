/** How much is done at once, and for how long. */
export interface DispatcherSettings {
  /** Calls in flight to an operator that takes one recipient a call. */
  singleCalls: number;
  /** Calls in flight to one that takes many. */
  bulkCalls: number;
  /** Messages leased at a time, at least: see `LeaseSize`. */
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

/** Found on a machine with two cores and a file: more in flight gained nothing there. */
export const defaults: DispatcherSettings = {
  singleCalls: 64,
  bulkCalls: 6,
  leased: 256,
  settled: 128,
  settleWithin: 15,
  callTime: 30_000,
  leaseTime: 90_000,
  breaker: 10,
};
