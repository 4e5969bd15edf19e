import { browser } from 'wxt/browser';
import { pageScript, type ScriptPath } from './page.ts';

const id = 'page';

/** Keeps the page reader registered for exactly the sites that the user or the administrator has granted. */
export function setUpContentScripts(): void {
  const sync = (): void => void queue(registerForGrantedSites);
  browser.permissions.onAdded.addListener((added) => {
    sync();
    void readOpenTabs(added.origins ?? []);
  });
  browser.permissions.onRemoved.addListener(sync);
  browser.runtime.onInstalled.addListener(sync);
  browser.runtime.onStartup.addListener(sync);
}

let working: Promise<void> = Promise.resolve();

/** One change at a time: two at once would register the script twice, which the browser refuses. */
function queue(work: () => Promise<void>): Promise<void> {
  working = working.then(work).catch((error: unknown) => console.error('registering the page reader', error));
  return working;
}

async function registerForGrantedSites(): Promise<void> {
  const { origins = [] } = await browser.permissions.getAll();
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [id] });
  if (origins.length === 0) {
    if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [id] });
    return;
  }
  const script = {
    id,
    js: [pageScript],
    matches: origins,
    // Frames of other sites, where those are granted too; those of the page's own site are read from the page.
    allFrames: true,
    runAt: 'document_idle' as const,
    persistAcrossSessions: true,
  };
  if (registered.length > 0) await browser.scripting.updateContentScripts([script]);
  else await browser.scripting.registerContentScripts([script]);
}

/** A site that was just granted is read at once, without a reload. */
async function readOpenTabs(origins: string[]): Promise<void> {
  if (origins.length === 0) return;
  const tabs = await browser.tabs.query({ url: origins });
  await Promise.allSettled(
    tabs.map(async ({ id: tabId }) => {
      if (tabId === undefined) return;
      await browser.scripting.executeScript({ target: { tabId }, files: [`/${pageScript}` as ScriptPath] });
    }),
  );
}
