import { browser } from 'wxt/browser';

/** What an administrator set by policy (`public/managed-schema.json`). */
export interface Managed {
  /** The server's address; people cannot change it then. */
  serverUrl: string | null;
  /** Sites offered as "always on", as match patterns. The browser's own prompt still asks. */
  sites: string[];
}

/** Reads the policy. Firefox rejects where no policy exists, Chromium may first answer with nothing. */
export async function readManaged(): Promise<Managed> {
  const policy: Record<string, unknown> = await browser.storage.managed
    .get(['serverUrl', 'sites'])
    .catch(() => ({}));
  const { serverUrl, sites } = policy;
  return {
    serverUrl: typeof serverUrl === 'string' ? checkServerUrl(serverUrl) : null,
    sites: Array.isArray(sites) ? sites.filter((site): site is string => typeof site === 'string') : [],
  };
}

/**
 * The address in its plain form, without a path, or null. The token travels with every call, so plain HTTP is taken only
 * on this very machine.
 */
export function checkServerUrl(text: string): string | null {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) return null;
  const url = new URL(trimmed);
  if (url.username !== '' || url.password !== '') return null;
  const isThisMachine = ['localhost', '127.0.0.1'].includes(url.hostname);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine)) return url.origin;
  return null;
}
