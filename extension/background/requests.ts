import { browser } from 'wxt/browser';
import { onMessage } from '../bridge/messages.ts';
import { compose, openComposer } from './composer-place.ts';

/** What pages ask of us. Everything in the capture is a stranger's text: the composer and the server judge it. */
export function setUpRequestsFromPages(): void {
  onMessage('openComposer', ({ data: capture, sender }) => {
    // Only our own content script, in a tab: another extension or a frame of ours has no rows to text.
    if (sender.id !== browser.runtime.id || sender.tab?.windowId === undefined) return;
    return compose(openComposer(sender.tab.windowId), capture, sender.tab.id ?? null);
  });
}
