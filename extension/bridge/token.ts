import { browser } from 'wxt/browser';

/**
 * Where the session's token is kept: never where a content script could read it.
 *
 * - Chromium: `storage.local`, closed to content scripts by `setAccessLevel`, so one sign-in outlives a restart.
 * - Firefox has no access levels and lets content scripts read `storage.local`; it keeps `storage.session` to extension
 *   pages and the background. The token stands there, so a new start of the browser asks for a sign-in.
 */
const key = 'session-token';

interface Area {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
  onChanged: typeof browser.storage.local.onChanged;
  setAccessLevel?: (options: { accessLevel: 'TRUSTED_CONTEXTS' }) => Promise<void>;
}

async function area(): Promise<Area> {
  const local: Area = browser.storage.local;
  if (typeof local.setAccessLevel !== 'function') return browser.storage.session;
  await local.setAccessLevel({ accessLevel: 'TRUSTED_CONTEXTS' });
  return local;
}

/** Closes `storage.local` to content scripts where the browser can; drafts with people's data stand there too. */
export async function closeStorageToPages(): Promise<void> {
  await area();
}

export async function readToken(): Promise<string | null> {
  const stored = (await (await area()).get(key))[key];
  return typeof stored === 'string' && stored !== '' ? stored : null;
}

export async function writeToken(token: string): Promise<void> {
  await (await area()).set({ [key]: token });
}

export async function forgetToken(): Promise<void> {
  await (await area()).remove(key);
}

/** Calls back when somebody signed in or out in any page of the extension. Returns how to stop listening. */
export function onTokenChanged(changed: () => void): () => void {
  const listener = (changes: Record<string, unknown>): void => {
    if (key in changes) changed();
  };
  browser.storage.local.onChanged.addListener(listener);
  browser.storage.session.onChanged.addListener(listener);
  return () => {
    browser.storage.local.onChanged.removeListener(listener);
    browser.storage.session.onChanged.removeListener(listener);
  };
}
