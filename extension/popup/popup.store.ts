import { signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import { compose, openComposer } from '../background/composer-place.ts';
import { ensurePageIsRead } from '../background/page.ts';
import { type PageSummary, sendMessage } from '../bridge/messages.ts';

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
  let tab: { id: number; windowId: number } | null = null;

  async function load(): Promise<void> {
    const [active] = await browser.tabs.query({ active: true, currentWindow: true });
    if (active?.id === undefined) {
      state.value = { kind: 'closed' };
      return;
    }
    tab = { id: active.id, windowId: active.windowId };
    pattern.value = patternOf(active.url);
    await checkAlwaysOn();
    const isRead = await ensurePageIsRead(active.id);
    const summary = isRead
      ? await sendMessage('summarisePage', undefined, active.id).catch(() => null)
      : null;
    state.value = summary === null ? { kind: 'closed' } : { kind: 'read', summary };
  }

  async function checkAlwaysOn(): Promise<void> {
    isAlwaysOn.value =
      pattern.value !== null && (await browser.permissions.contains({ origins: [pattern.value] }));
  }

  return {
    state,
    pattern,
    isAlwaysOn,
    load,
    /** Opens the composer with the ticked rows of the list last touched. Call it in the user's gesture. */
    async openComposer(): Promise<void> {
      if (tab === null) return;
      const { id, windowId } = tab;
      const opening = openComposer(windowId);
      const capture =
        state.value.kind === 'read'
          ? await sendMessage('captureList', undefined, id).catch(() => null)
          : null;
      if (capture === null) await opening;
      else await compose(opening, capture, id);
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
