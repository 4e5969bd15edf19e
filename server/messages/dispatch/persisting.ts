import type { Log } from '../../platform/platform.ts';

/** Tries, with pauses that double from a tenth of a second. */
const tries = 6;

/**
 * Writes outcomes down. One that is lost has to be asked after, or sent twice: it is worth some patience.
 * @throws what the last try threw
 */
export async function persistently(work: () => Promise<unknown>, log: Log): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await work();
      return;
    } catch (error) {
      if (attempt === tries) throw error;
      log.warn('settling failed', { attempt, error: String(error) });
      await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** attempt));
    }
  }
}
