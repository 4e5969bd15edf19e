import { browser } from 'wxt/browser';
import { finalStates } from '../../shared/api/messages.ts';
import { api } from '../bridge/api.ts';
import { onMessage, type RowState } from '../bridge/messages.ts';
import { changeFollows, countFailures, type Follow, isOver, readFollows } from './follows.ts';
import { showRowStates } from './page.ts';

const soonest = 1500;
const latest = 15_000;

/**
 * Shows in the page's rows how its messages fare. The list of followed batches is in storage and every waking of the
 * service worker goes on with it; between two questions a timer shorter than the worker's 30 s of idleness runs, so no
 * `alarms` permission is needed.
 */
export function setUpFollowing(): void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let pause = soonest;

  const wait = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void goOn(), pause);
  };

  async function goOn(): Promise<void> {
    timer = null;
    const follows = await readFollows();
    if (follows.length === 0) return;
    const news = await Promise.all(follows.map(lookAt));
    pause = news.includes(true) ? soonest : Math.min(pause * 1.5, latest);
    if ((await readFollows()).length > 0) wait();
  }

  onMessage('followBatch', async ({ data, sender }) => {
    // A page's content script has no batches; only our own pages ask this.
    if (sender.id !== browser.runtime.id || (sender.tab !== undefined && !isOurs(sender.url))) return;
    const follow: Follow = { ...data, since: Date.now(), etag: null, open: 0, failed: 0 };
    await changeFollows((follows) => [...follows.filter((other) => !isSame(other, follow)), follow]);
    pause = soonest;
    wait();
  });
  browser.tabs.onRemoved.addListener((tabId) => {
    void changeFollows((follows) => follows.filter((follow) => follow.tabId !== tabId));
  });
  void goOn();
}

function isOurs(url: string | undefined): boolean {
  return url?.startsWith(browser.runtime.getURL('/')) === true;
}

function isSame(one: Follow, other: Follow): boolean {
  return one.batchId === other.batchId && one.tabId === other.tabId && one.list === other.list;
}

/** Asks about one batch and passes the news on. True when there were any. */
async function lookAt(follow: Follow): Promise<boolean> {
  const answer = await api.batches.get(follow.batchId, follow.etag);
  if (!answer.ok) {
    const isGone = answer.failure.kind === 'signed-out' || answer.failure.kind === 'problem';
    if (isGone) await changeFollows((follows) => follows.filter((other) => !isSame(other, follow)));
    return false;
  }
  if (answer.value === null) {
    if (isOver(follow, ['queued'], Date.now())) await drop(follow);
    return false;
  }
  const messages = await api.batches.messages(follow.batchId);
  if (!messages.ok) return false;

  const states: RowState[] = [];
  for (const { reference, state } of messages.value) {
    const row = follow.rows[reference];
    if (row !== undefined) states.push({ row, state });
  }
  await showRowStates(follow.tabId, { list: follow.list, states });

  const all = messages.value.map(({ state }) => state);
  if (isOver(follow, all, Date.now())) await drop(follow);
  else {
    const { etag } = answer.value;
    const open = all.filter((state) => !finalStates.has(state)).length;
    const failed = countFailures(all);
    await changeFollows((follows) =>
      follows.map((other) => (isSame(other, follow) ? { ...other, etag, open, failed } : other)),
    );
  }
  return true;
}

function drop(follow: Follow): Promise<void> {
  return changeFollows((follows) => follows.filter((other) => !isSame(other, follow)));
}
