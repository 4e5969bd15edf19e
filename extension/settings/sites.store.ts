import { signal } from '@preact/signals';
import { browser } from 'wxt/browser';
import { parseSitePattern } from '../../shared/sites/index.ts';
import { readManaged } from '../bridge/managed.ts';
import { readSites } from '../bridge/sites.ts';

/** Sites whose pages are read without a click: exactly the hosts that the browser has granted us. */
export function createSites() {
  const granted = signal<string[]>([]);
  /** Recommended by the policy or by the organisation's administrators, and not granted yet. */
  const offered = signal<string[]>([]);

  async function load(): Promise<void> {
    const [{ origins = [] }, managed, sites] = await Promise.all([
      browser.permissions.getAll(),
      readManaged(),
      readSites(),
    ]);
    granted.value = origins.toSorted();
    const recommended = sites
      .filter(({ alwaysOn }) => alwaysOn)
      .map(({ hostPattern }) => matchPattern(hostPattern));
    const all = new Set([...managed.sites, ...recommended.filter((pattern) => pattern !== null)]);
    // Granted for https alone is granted: most sites have nothing else.
    offered.value = [...all].filter(
      (pattern) => !origins.includes(pattern) && !origins.includes(pattern.replace(/^\*:/, 'https:')),
    );
  }

  return {
    granted,
    offered,
    load,
    /**
     * Asks the browser, which asks the user. Call it in the user's gesture, before any `await`. False when it was
     * refused, or when the pattern is none.
     */
    async grant(pattern: string): Promise<boolean> {
      const given = await browser.permissions.request({ origins: [pattern] }).catch(() => false);
      await load();
      return given;
    },
    async remove(pattern: string): Promise<void> {
      // What the manifest itself grants (a test build) cannot be given back.
      await browser.permissions.remove({ origins: [pattern] }).catch(() => false);
      await load();
    },
    watch(): () => void {
      const again = (): void => void load();
      browser.permissions.onAdded.addListener(again);
      browser.permissions.onRemoved.addListener(again);
      again();
      return () => {
        browser.permissions.onAdded.removeListener(again);
        browser.permissions.onRemoved.removeListener(again);
      };
    },
  };
}

/** `crm.firma.pl`, or an address copied from the address bar → the pattern of that whole site; null: neither. */
export function sitePattern(text: string): string | null {
  const trimmed = text.trim();
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (trimmed === '' || !URL.canParse(address)) return null;
  const { protocol, hostname } = new URL(address);
  if ((protocol !== 'https:' && protocol !== 'http:') || hostname === '') return null;
  if (!hostname.includes('.') && hostname !== 'localhost') return null;
  return `${protocol}//${hostname}/*`;
}

/** The match pattern of a site of the organisation: browsers grant whole hosts, whatever the port and path. */
export function matchPattern(hostPattern: string): string | null {
  const pattern = parseSitePattern(hostPattern);
  return 'problem' in pattern ? null : `*://${pattern.wildcard ? '*.' : ''}${pattern.host}/*`;
}
