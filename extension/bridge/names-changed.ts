import { browser } from 'wxt/browser';

/** In `storage.session`: when a page of ours last changed a sender name. The background's badge follows it. */
export const namesChangedKey = 'names-changed';

/** Tells the rest of the extension that a sender name is another than it was. */
export async function tellNamesChanged(): Promise<void> {
  await browser.storage.session.set({ [namesChangedKey]: Date.now() });
}
