import { signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import type { Site } from '../../shared/api/sites.ts';
import { openPanel, openWindow } from '../background/composer-place.ts';
import { summaryOf } from '../background/page.ts';
import type { ComposerPlace } from '../bridge/incoming.ts';
import { type PageSummary, sendMessage } from '../bridge/messages.ts';
import { readSiteOf } from '../bridge/sites.ts';

export type PageState =
  | { kind: 'reading' }
  /** The browser lets no extension in here. */
  | { kind: 'closed' }
  | { kind: 'read'; summary: PageSummary };

/** The tab that the popup was opened on. */
export function createPage() {
  const state = signal<PageState>({ kind: 'reading' });
  const pattern = signal<string | null>(null);
  const isAlwaysOn = signal(false);
  /** Null: the organisation does not know the page. Undefined: not asked yet, or no web page. */
  const site = signal<Site | null | undefined>(undefined);
  let tab: { id: number; windowId: number } | null = null;

  async function load(): Promise<void> {
    const [active] = await browser.tabs.query({ active: true, currentWindow: true });
    if (active?.id === undefined) {
      state.value = { kind: 'closed' };
      return;
    }
    tab = { id: active.id, windowId: active.windowId };
    pattern.value = patternOf(active.url);
    if (pattern.value !== null && active.url !== undefined) void showSite(active.url);
    await checkAlwaysOn();
    const summary = await summaryOf(active.id);
    state.value = summary === null ? { kind: 'closed' } : { kind: 'read', summary };
  }

  async function showSite(url: string): Promise<void> {
    site.value = await readSiteOf(url);
  }

  async function checkAlwaysOn(): Promise<void> {
    isAlwaysOn.value =
      pattern.value !== null && (await browser.permissions.contains({ origins: [pattern.value] }));
  }

  return {
    state,
    pattern,
    isAlwaysOn,
    site,
    load,
    /**
     * Opens the composer with the ticked rows of the list last touched. Call it in the user's gesture. The browser may
     * close the popup as soon as the panel opens, so the background does the rest.
     */
    async openComposer(): Promise<void> {
      if (tab === null) return;
      const { id: tabId, windowId } = tab;
      const panel: ComposerPlace = `panel-${windowId}`;
      const opening = openPanel(windowId);
      const filling = sendMessage('fillComposer', { tabId, place: panel, insteadOf: null });
      try {
        await opening;
        await filling;
      } catch {
        await openWindow();
        await sendMessage('fillComposer', { tabId, place: 'window', insteadOf: panel });
      }
    },
    /** The page lets the user point at a column; the popup is in the way then. */
    async pickColumn(role: 'phone' | 'name'): Promise<void> {
      if (tab !== null) await sendMessage('pickColumn', role, tab.id).catch(() => undefined);
    },
    /** Grants or gives back the site. Call it in the user's gesture: the browser asks. */
    async setAlwaysOn(on: boolean): Promise<void> {
      if (pattern.value === null) return;
      const origins = [pattern.value];
      await (on ? browser.permissions.request({ origins }) : browser.permissions.remove({ origins })).catch(
        () => false,
      );
      await checkAlwaysOn();
    },
  };
}

export type Page = ReturnType<typeof createPage>;

/** The whole site of an address; null where there is none to grant. */
function patternOf(url: string | undefined): string | null {
  if (url === undefined || !URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || protocol === 'http:' ? `${protocol}//${hostname}/*` : null;
}
