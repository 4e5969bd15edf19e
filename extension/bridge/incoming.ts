import { browser } from 'wxt/browser';
import type { Capture } from './capture.ts';

/** Which composer a capture is for: the side panel of a browser window, by its id, or the composer's own window. */
export type ComposerPlace = `panel-${number}` | 'window';

/** What waits for a composer. `capture` null: the user asked for a number and there was none to find. */
export interface Incoming {
  capture: Capture | null;
  /** The tab that it was read from, for the results shown back in its rows. */
  tabId: number | null;
}

const keyOf = (place: ComposerPlace): string => `incoming-${place}`;

/** In `storage.session`: content scripts cannot read it, and it ends with the browser. */
export async function leaveForComposer(place: ComposerPlace, incoming: Incoming): Promise<void> {
  await browser.storage.session.set({ [keyOf(place)]: incoming });
}

/** Takes back what waits at a place where no composer opened after all. */
export async function takeBack(place: ComposerPlace): Promise<void> {
  await browser.storage.session.remove(keyOf(place));
}

/** Hands over each capture once, those that wait and those that come. Returns how to stop. */
export function receiveCaptures(place: ComposerPlace, receive: (incoming: Incoming) => void): () => void {
  const key = keyOf(place);
  let queue: Promise<void> = Promise.resolve();
  const take = (): void => {
    queue = queue.then(async () => {
      const stored = (await browser.storage.session.get(key))[key];
      if (stored === undefined) return;
      await browser.storage.session.remove(key);
      receive(stored as Incoming);
    });
  };
  const listener = (changes: Record<string, { newValue?: unknown }>): void => {
    if (changes[key]?.newValue !== undefined) take();
  };
  browser.storage.session.onChanged.addListener(listener);
  take();
  return () => browser.storage.session.onChanged.removeListener(listener);
}
