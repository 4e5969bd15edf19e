import { browser } from 'wxt/browser';
import type { Capture } from '../bridge/capture.ts';
import { type PageSummary, type RowState, sendMessage } from '../bridge/messages.ts';

/** Where the build puts `entrypoints/page.content.ts`, which reads a page, and the scripts that come after it. */
export type ScriptPath = NonNullable<Parameters<typeof browser.scripting.executeScript>[0]['files']>[number];
export const pageScript = 'content-scripts/page.js';
const readPath = `/${pageScript}` as ScriptPath;
const actPath = '/acts.js' as ScriptPath;
const underlinePath = '/underlines.js' as ScriptPath;

type Target = Parameters<typeof browser.scripting.executeScript>[0]['target'];

/** Makes sure that a frame can be acted in. @returns the frames of the target that are read; a frame in one that is read may be read from there */
export async function act(target: Target): Promise<number[]> {
  const frames = await browser.scripting.executeScript({ target, files: [actPath] });
  return frames.filter(({ result }) => result === true).map(({ frameId }) => frameId);
}

/** Makes sure that the numbers of a frame can be underlined. @returns false where nobody reads it */
export async function underline(target: Target): Promise<boolean> {
  const frames = await browser.scripting.executeScript({ target, files: [underlinePath] });
  return frames.some(({ result }) => result === true);
}

/**
 * Makes sure that a tab's page can be asked. On a site that is not "always on", the user's act (`activeTab`) permits it
 * for this visit. @returns the frames that can be asked, the page's own first; none where the browser lets nobody in: its
 * own pages, stores, PDF viewers
 */
export async function ensurePageIsRead(tabId: number): Promise<number[]> {
  const target = { tabId, allFrames: true };
  try {
    const frames = await act(target);
    if (frames.includes(0)) return frames.sort((a, b) => a - b);
    await browser.scripting.executeScript({ target: { tabId }, files: [readPath] });
    return (await act(target)).sort((a, b) => a - b);
  } catch {
    return [];
  }
}

/** Asks each frame of a tab for people, until one has some. Null also where the page cannot be asked. */
export async function captureFrom(
  tabId: number,
  ask: 'captureAtFocus' | 'captureList',
): Promise<Capture | null> {
  for (const frameId of await ensurePageIsRead(tabId)) {
    const capture = await sendMessage(ask, undefined, { tabId, frameId }).catch(() => null);
    if (capture !== null) return capture;
  }
  return null;
}

/** What was read in a tab, all its frames together; null where nobody is let in. */
export async function summaryOf(tabId: number): Promise<PageSummary | null> {
  const frames = await ensurePageIsRead(tabId);
  const summaries = await Promise.all(
    frames.map((frameId) => sendMessage('summarisePage', undefined, { tabId, frameId }).catch(() => null)),
  );
  const [page, ...inner] = summaries.filter((summary) => summary !== null);
  if (page === undefined) return null;
  return inner.reduce(
    (all, one) => ({
      off: all.off ?? (one.off === 'opted-out' ? null : one.off),
      lists: [...all.lists, ...one.lists],
      numbers: all.numbers + one.numbers,
    }),
    page,
  );
}

/** Tells a tab how its messages fare. A page that has been left or loaded anew since may not be ours to tell any more. */
export async function showRowStates(
  tabId: number,
  result: { list: string; states: RowState[] },
): Promise<void> {
  try {
    await act({ tabId, allFrames: true });
    await sendMessage('showRowStates', result, tabId);
  } catch {
    // Nobody is left to see it.
  }
}
