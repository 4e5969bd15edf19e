import { browser } from 'wxt/browser';
import type { Capture } from '../bridge/capture.ts';
import { type ComposerPlace, leaveForComposer } from '../bridge/incoming.ts';

const composerPath = '/composer.html';

interface Sidebar {
  open(): Promise<void>;
}

/**
 * Opens the side panel of a browser window (Firefox: its sidebar), or where the browser refuses, the composer in a small
 * window. It must be called in the user's gesture itself, before anything is awaited: an `await` ends the gesture.
 */
export function openComposer(windowId: number): Promise<ComposerPlace> {
  return openPanel(windowId)
    .then((): ComposerPlace => `panel-${windowId}`)
    .catch(async (): Promise<ComposerPlace> => {
      await openWindow();
      return 'window';
    });
}

/** Opens the composer and gives it what was captured. */
export async function compose(
  opening: Promise<ComposerPlace>,
  capture: Capture | null,
  tabId: number | null,
): Promise<void> {
  await leaveForComposer(await opening, { capture, tabId });
}

/** Call it in the user's gesture. Rejects where the browser opens no panel. */
export function openPanel(windowId: number): Promise<void> {
  const { sidebarAction } = browser as unknown as { sidebarAction?: Sidebar };
  try {
    if (browser.sidePanel?.open !== undefined) return browser.sidePanel.open({ windowId });
    if (sidebarAction !== undefined) return sidebarAction.open();
  } catch (error) {
    // Browsers differ in whether a refusal is thrown or rejected.
    return Promise.reject(error);
  }
  return Promise.reject(new Error('this browser has no side panel'));
}

/** Opens the composer's own window, or brings it forward. */
export async function openWindow(): Promise<void> {
  const url = browser.runtime.getURL(`${composerPath}?place=window` as '/composer.html');
  const open = await browser.runtime
    .getContexts?.({ contextTypes: ['TAB'], documentUrls: [url] })
    .catch(() => []);
  const windowId = open?.[0]?.windowId;
  if (windowId !== undefined && windowId >= 0) {
    await browser.windows.update(windowId, { focused: true });
    return;
  }
  await browser.windows.create({ url, type: 'popup', width: 460, height: 820 });
}
