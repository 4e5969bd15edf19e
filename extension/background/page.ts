import { browser } from 'wxt/browser';
import { sendMessage } from '../bridge/messages.ts';

/** Where the build puts `entrypoints/page.content.ts`. */
export type ScriptPath = NonNullable<Parameters<typeof browser.scripting.executeScript>[0]['files']>[number];
export const pageScript = 'content-scripts/page.js';

/**
 * Makes sure that a tab's page can be asked. On a site that is not "always on", the user's act (`activeTab`) permits it
 * for this visit. False where the browser lets nobody in: its own pages, stores, PDF viewers.
 */
export async function ensurePageIsRead(tabId: number): Promise<boolean> {
  if (await answers(tabId)) return true;
  try {
    await browser.scripting.executeScript({ target: { tabId }, files: [`/${pageScript}` as ScriptPath] });
  } catch {
    return false;
  }
  return answers(tabId);
}

async function answers(tabId: number): Promise<boolean> {
  try {
    await sendMessage('summarisePage', undefined, tabId);
    return true;
  } catch {
    return false;
  }
}
