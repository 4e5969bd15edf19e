import { browser } from 'wxt/browser';
import { type BasketList, mostInBasket } from '../bridge/basket.ts';
import { onMessage } from '../bridge/messages.ts';

/**
 * Baskets of chosen people, one key a list, so that a tick writes one list and not all. In `storage.session`: content
 * scripts cannot read it, it outlives the service worker and ends with the browser.
 */
const keyOf = (tabId: number, origin: string, list = ''): string => `basket ${tabId} ${origin} ${list}`;

export function setUpBaskets(): void {
  onMessage('keepBasket', async ({ data, sender }) => {
    const place = placeOf(sender);
    if (place === null) return false;
    const key = keyOf(place.tabId, place.origin, data.list);
    if (data.people.length === 0) {
      await browser.storage.session.remove(key);
      return true;
    }
    const others = (await basketOf(place.tabId, place.origin)).filter(({ list }) => list !== data.list);
    const all = others.reduce((sum, { people }) => sum + people.length, data.people.length);
    if (all > mostInBasket) return false;
    // A full storage refuses; what was kept before stays.
    return browser.storage.session.set({ [key]: data }).then(
      () => true,
      () => false,
    );
  });
  onMessage('readBasket', async ({ sender }) => {
    const place = placeOf(sender);
    return place === null ? [] : basketOf(place.tabId, place.origin);
  });
  browser.tabs.onRemoved.addListener((tabId) => void forget(tabId));
}

/** Where the browser says that the asking page is: a page cannot reach the basket of another site. */
function placeOf(sender: {
  id?: string | undefined;
  url?: string | undefined;
  tab?: { id?: number | undefined } | undefined;
}): { tabId: number; origin: string } | null {
  const tabId = sender.tab?.id;
  if (sender.id !== browser.runtime.id || tabId === undefined || !URL.canParse(sender.url ?? '')) return null;
  return { tabId, origin: new URL(sender.url ?? '').origin };
}

async function basketOf(tabId: number, origin: string): Promise<BasketList[]> {
  const stored = await browser.storage.session.get(null);
  const prefix = keyOf(tabId, origin);
  return Object.entries(stored)
    .filter(([key]) => key.startsWith(prefix))
    .map(([, list]) => list as BasketList);
}

/** Is anybody chosen on this site in this tab? */
export async function hasBasket(tabId: number, url: string): Promise<boolean> {
  return URL.canParse(url) && (await basketOf(tabId, new URL(url).origin)).length > 0;
}

async function forget(tabId: number): Promise<void> {
  const stored = await browser.storage.session.get(null);
  const gone = Object.keys(stored).filter((key) => key.startsWith(`basket ${tabId} `));
  if (gone.length > 0) await browser.storage.session.remove(gone);
}
