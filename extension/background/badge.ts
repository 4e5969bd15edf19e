import { browser } from 'wxt/browser';
import { type Follow, readFollows } from './follows.ts';
import { setUpNameBadge } from './name-badge.ts';

/** Number of messages on their way, on the tab that they were sent from; amber when some have failed. Under it, for all tabs, news of sender names. */
export function setUpBadge(): void {
  setUpNameBadge();
  browser.storage.session.onChanged.addListener((changes) => {
    if (changes.follows === undefined) return;
    const before = (changes.follows.oldValue ?? []) as Follow[];
    void showBadges(before);
  });
}

async function showBadges(before: Follow[]): Promise<void> {
  const follows = await readFollows();
  const tabs = new Set([...before, ...follows].map(({ tabId }) => tabId));
  for (const tabId of tabs) {
    const here = follows.filter((follow) => follow.tabId === tabId);
    const open = here.reduce((sum, follow) => sum + follow.open, 0);
    const failed = here.reduce((sum, follow) => sum + follow.failed, 0);
    // The tab may be closed by now.
    await Promise.allSettled([
      browser.action.setBadgeText({ tabId, text: badgeOf(open) }),
      browser.action.setBadgeBackgroundColor({ tabId, color: failed > 0 ? '#b45309' : '#4f46e5' }),
      browser.action.setBadgeTextColor?.({ tabId, color: '#ffffff' }),
    ]);
  }
}

/** A tab without a text of its own shows the badge of all tabs (name-badge.ts): null says so, which the types leave out. */
const none = null as unknown as string;

function badgeOf(open: number): string {
  if (open === 0) return none;
  return open > 999 ? '999+' : String(open);
}
