import { browser } from 'wxt/browser';
import { leaveForComposer, takeBack } from '../bridge/incoming.ts';
import { onMessage } from '../bridge/messages.ts';
import { compose, openComposer } from './composer-place.ts';
import { captureFrom } from './page.ts';

/** What pages and the popup ask of us. Everything in the capture is a stranger's text: the composer and the server judge it. */
export function setUpRequests(): void {
  onMessage('openComposer', ({ data: capture, sender }) => {
    // Only our own content script, in a tab: another extension or a frame of ours has no rows to text.
    if (sender.id !== browser.runtime.id || sender.tab?.windowId === undefined) return;
    return compose(openComposer(sender.tab.windowId), capture, sender.tab.id ?? null);
  });
  onMessage('fillComposer', async ({ data: { tabId, place, insteadOf }, sender }) => {
    if (sender.id !== browser.runtime.id || sender.tab !== undefined) return;
    if (insteadOf !== null) await takeBack(insteadOf);
    const capture = await captureFrom(tabId, 'captureList');
    if (capture !== null) await leaveForComposer(place, { capture, tabId });
  });
}
