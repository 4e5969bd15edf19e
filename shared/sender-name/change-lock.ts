/** R28: thirty times 24 hours, whatever the clocks of the country do meanwhile. Milliseconds. */
export const changeLock = 30 * 24 * 60 * 60 * 1000;

/**
 * When the current name of a slot may be changed again: milliseconds since the epoch, null where it never was changed and
 * so may be at once. `lastChangeAt` is when the last change's statement was submitted; the first name does not count.
 */
export function nextChangeAllowedAt(lastChangeAt: number | null): number | null {
  return lastChangeAt === null ? null : lastChangeAt + changeLock;
}

/** Whether the current name may be changed `now`, by the server's clock. To the millisecond. */
export function mayChange(now: number, lastChangeAt: number | null): boolean {
  const allowedAt = nextChangeAllowedAt(lastChangeAt);
  return allowedAt === null || now >= allowedAt;
}
