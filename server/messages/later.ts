/** Lets others have their turn in the middle of much work. */
export const turn = (): Promise<void> => new Promise(later);

/**
 * Calls back once everything that has already arrived has been read, so that what came together is worked on
 * together. Node has a phase for that; elsewhere the next task is as near as one gets.
 */
export function later(work: () => void): void {
  const { setImmediate } = globalThis as { setImmediate?: (work: () => void) => unknown };
  if (setImmediate !== undefined) setImmediate(work);
  else setTimeout(work, 0);
}
