import { browser } from 'wxt/browser';
import { finalStates, type MessageState } from '../../shared/api/messages.ts';

/** A batch whose messages' states go back to the rows that they were sent from. */
export interface Follow {
  batchId: string;
  tabId: number;
  list: string;
  /** Recipient's reference → row. */
  rows: Record<string, string>;
  /** Milliseconds since the epoch. */
  since: number;
  etag: string | null;
  /** Messages without a final state, for the badge. */
  open: number;
  failed: number;
}

const key = 'follows';

/** In storage, because the service worker may be ended between two questions to the server. */
export async function readFollows(): Promise<Follow[]> {
  const stored = (await browser.storage.session.get(key))[key];
  return Array.isArray(stored) ? (stored as Follow[]) : [];
}

let writing: Promise<unknown> = Promise.resolve();

/** Read, change, write as one step: a new batch must not be lost to a poll that ends at the same moment. */
export function changeFollows(change: (follows: Follow[]) => Follow[]): Promise<void> {
  const step = writing.then(async () => {
    await browser.storage.session.set({ [key]: change(await readFollows()) });
  });
  writing = step.catch(() => undefined);
  return step;
}

/** After half an hour without an end, delivery reports are no longer news for somebody looking at the list. */
export const longestFollow = 30 * 60_000;

/** Whether nothing more will be shown of a batch. */
export function isOver(follow: Follow, states: MessageState[], now: number): boolean {
  return states.every((state) => finalStates.has(state)) || now - follow.since > longestFollow;
}

const failures: ReadonlySet<MessageState> = new Set<MessageState>(['undelivered', 'expired', 'rejected']);

export function countFailures(states: MessageState[]): number {
  return states.filter((state) => failures.has(state)).length;
}
