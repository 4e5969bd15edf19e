import { browser } from 'wxt/browser';
import type { Capture } from '../bridge/capture.ts';
import { compose, openComposer } from './composer-place.ts';
import { captureFrom } from './page.ts';

type AskedOfPage = 'captureAtFocus' | 'captureList';

/** Keyboard: a text to the number at hand, and the composer with the ticked rows. */
export function setUpCommands(): void {
  browser.commands.onCommand.addListener((command, tab) => {
    if (tab?.id === undefined) return;
    if (command === 'text-number') void textFromPage(tab.id, tab.windowId, 'captureAtFocus');
    if (command === 'open-composer') void textFromPage(tab.id, tab.windowId, 'captureList');
  });
}

/**
 * Opens the composer, then asks the page: the other way round the user's gesture would be over. `otherwise` serves
 * where the page finds nothing.
 */
export async function textFromPage(
  tabId: number,
  windowId: number,
  ask: AskedOfPage,
  otherwise: Capture | null = null,
): Promise<void> {
  const opening = openComposer(windowId);
  const capture = (await captureFrom(tabId, ask)) ?? otherwise;
  // The composer opened without rows keeps what it holds; only a number that was asked for is missed.
  if (capture === null && ask === 'captureList') {
    await opening;
    return;
  }
  await compose(opening, capture, tabId);
}
