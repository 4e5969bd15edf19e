import { browser } from 'wxt/browser';
import { checkServerUrl, readManaged } from './managed.ts';

export const defaultServerUrl = 'http://127.0.0.1:8787';

const key = 'server-url';

export interface ServerUrl {
  url: string;
  /** Set by the administrator's policy. */
  managed: boolean;
}

/** The policy's address, else the one chosen here, else this machine's. */
export async function readServerUrl(): Promise<ServerUrl> {
  const { serverUrl } = await readManaged();
  if (serverUrl !== null) return { url: serverUrl, managed: true };
  const stored = (await browser.storage.local.get(key))[key];
  const own = typeof stored === 'string' ? checkServerUrl(stored) : null;
  return { url: own ?? defaultServerUrl, managed: false };
}

/** `url` has passed `checkServerUrl`. */
export async function writeServerUrl(url: string): Promise<void> {
  await browser.storage.local.set({ [key]: url });
}
