import { browser } from 'wxt/browser';
import type { Site } from '../../shared/api/sites.ts';
import { siteOf } from '../../shared/sites/index.ts';
import { api } from './api.ts';
import type { Answer } from './failure.ts';
import { readToken } from './token.ts';

/** The organisation's sites, for our own pages and the background. */

interface Known {
  /** Whose they are: the session that read them, as a hash. */
  session: string;
  /** Milliseconds since the epoch. */
  at: number;
  sites: Site[];
}

/** In `storage.session`: content scripts cannot read it, and it ends with the browser. */
const key = 'sites';
/** What was read is used for so long without a look at the server, and after that while a look is on its way. */
const fresh = 60_000;

/**
 * What is known, else what the server says. Somebody who is signed out has none; while the server is silent, what was
 * known before still serves.
 */
export async function readSites(now = Date.now()): Promise<Site[]> {
  const session = await sessionOf();
  if (session === null) return [];
  const known = await remembered(session);
  if (known === null) {
    const answer = await renewSites();
    return answer.ok ? answer.value : [];
  }
  if (now - known.at > fresh) void renewSites();
  return known.sites;
}

/** The site of a page, by the rules of the server. */
export async function readSiteOf(pageUrl: string): Promise<Site | null> {
  return siteOf(pageUrl, await readSites());
}

let renewing: Promise<Answer<Site[]>> | null = null;

/** Asks the server. Questions at once share one answer. */
export function renewSites(): Promise<Answer<Site[]>> {
  renewing ??= (async () => {
    const session = await sessionOf();
    const answer = await api.sites.list();
    if (answer.ok && session !== null) {
      const known: Known = { session, at: Date.now(), sites: answer.value };
      await browser.storage.session.set({ [key]: known }).catch(() => undefined);
    }
    return answer;
  })().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function remembered(session: string): Promise<Known | null> {
  const stored = (await browser.storage.session.get(key))[key] as Known | undefined;
  return stored?.session === session ? stored : null;
}

/** A name for the session that says nothing of its token; null: signed out. */
async function sessionOf(): Promise<string | null> {
  const token = await readToken();
  if (token === null) return null;
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
