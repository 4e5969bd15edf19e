import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import puppeteer, { type Browser, type Page, type Target } from 'puppeteer-core';
import { chromiumFlags, unthrottled } from '../../scripts/browser-flags.ts';
import { buildExtension, extensionFolder } from '../../scripts/demo/extension.ts';
import { findBrowser } from '../../scripts/setup/browsers.mjs';

/** Pages of the extension. */
export type ExtensionPage = 'composer.html' | 'options.html' | 'popup.html' | 'sidepanel.html';

export interface Nadpis {
  kind: 'chromium' | 'firefox';
  browser: Browser;
  /** Address of a page of the extension. */
  url(page: string): string;
  /** A page of the extension in a tab. */
  open(page: string): Promise<Page>;
  /** A tab of the web. */
  visit(url: string): Promise<Page>;
  /** Waits for a page that opens by itself: the composer in its window or panel. */
  appears(matches: (url: string) => boolean): Promise<Page>;
  close(): Promise<void>;
}

export interface LaunchOptions {
  /** Of the extension; by default the browser's own where it is Polish or English, as for a user. */
  language?: 'pl' | 'en';
  /** A window on the screen, for people. */
  headful?: boolean;
  /** Kept between runs; by default a profile of its own that is thrown away. */
  profile?: string;
}

const out = join(import.meta.dirname, '..', '..', 'out');
const patience = 60_000;
const viewport = { width: 1440, height: 860 };

/** Firefox names extensions by a UUID of the profile: pinned, so that we know the address of our pages. */
const geckoId = 'nadpis@nadpis.example';
const geckoUuid = '5c0f6a0e-6e61-4470-8973-6e6164706973';

const program = (kind: 'chromium' | 'firefox') => {
  const found = findBrowser(kind);
  if (found === null) throw new Error(`No ${kind} on this machine: run \`npm run setup\`.`);
  return found;
};

/** Prompts and the first-run pages of Firefox would cover what we test; the network is not ours to use. */
const firefoxPrefs = {
  'extensions.webextensions.uuids': JSON.stringify({ [geckoId]: geckoUuid }),
  'extensions.webextOptionalPermissionPrompts': false,
  'extensions.ui.notifyHidden': false,
  'app.normandy.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.newtabpage.enabled': false,
  'browser.startup.homepage': 'about:blank',
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'signon.rememberSignons': false,
  'ui.prefersReducedMotion': 1,
};

const launchBrowser = (kind: 'chromium' | 'firefox', { headful = false, profile }: LaunchOptions) => {
  const common = {
    executablePath: program(kind),
    headless: !headful,
    defaultViewport: headful ? null : viewport,
    protocolTimeout: 180_000,
    ...(profile === undefined ? {} : { userDataDir: profile }),
  };
  return kind === 'chromium'
    ? puppeteer.launch({
        ...common,
        pipe: true,
        enableExtensions: true,
        // People get the window as they know it; tests get one that does not move.
        ...(headful ? { ignoreDefaultArgs: ['--enable-automation'] } : {}),
        args: [
          ...chromiumFlags,
          ...(headful
            ? // Without its bar about the flags that a container needs.
              ['--start-maximized', '--test-type']
            : [...unthrottled, '--force-prefers-reduced-motion']),
        ],
      })
    : puppeteer.launch({
        ...common,
        browser: 'firefox',
        args: ['--remote-allow-system-access'],
        extraPrefsFirefox: firefoxPrefs,
      });
};

/**
 * The extension in one language only: browsers have the language packs that their system gave them, and an extension
 * speaks the browser's language where it can.
 */
const inLanguage = (folder: string, language: 'pl' | 'en'): string => {
  mkdirSync(join(out, 'extensions'), { recursive: true });
  const copy = mkdtempSync(join(out, 'extensions', `${language}-`));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  const [other, own] = language === 'pl' ? ['en', 'pl'] : ['pl', 'en'];
  rmSync(join(copy, '_locales', other), { recursive: true });
  // What the manifest falls back to must be there: it then speaks the only language.
  if (language === 'en')
    cpSync(join(copy, '_locales', own), join(copy, '_locales', other), { recursive: true });
  return copy;
};

/** A real browser with the extension, built when needed. */
export const launch = async (kind: 'chromium' | 'firefox', options: LaunchOptions = {}): Promise<Nadpis> => {
  const target = kind === 'chromium' ? 'chrome' : 'firefox';
  await buildExtension(target);
  const browser = await launchBrowser(kind, options);
  try {
    const folder = extensionFolder(target);
    const { language } = options;
    const id = await browser.installExtension(language === undefined ? folder : inLanguage(folder, language));
    const base = kind === 'chromium' ? `chrome-extension://${id}` : `moz-extension://${geckoUuid}`;
    return drive(kind, browser, base);
  } catch (error) {
    await browser.close();
    throw error;
  }
};

const targetThat = async (browser: Browser, matches: (url: string) => boolean): Promise<Page> => {
  const target = await browser.waitForTarget((one: Target) => matches(one.url()), { timeout: patience });
  // A side panel is no tab, and yet a page.
  return (await target.page()) ?? (await target.asPage());
};

/** Firefox does not tell where its own and extension pages are: each page is asked. */
const pageThat = async (browser: Browser, matches: (url: string) => boolean): Promise<Page> => {
  for (const until = Date.now() + patience; Date.now() < until; await wait(100)) {
    for (const page of await browser.pages()) {
      const url = await page.evaluate(() => location.href).catch(() => '');
      if (matches(url)) return page;
    }
  }
  throw new Error('No page of the extension appeared');
};

const drive = (kind: Nadpis['kind'], browser: Browser, base: string): Nadpis => {
  const url = (page: string) => `${base}/${page}`;
  const goTo = async (address: string) => {
    const page = await browser.newPage();
    page.setDefaultTimeout(patience);
    // Only what is in front is drawn, and virtual lists make their rows when they are drawn.
    await page.bringToFront();
    // Firefox tells nothing of the loading of extension pages: what is waited for is on the page.
    const own = kind === 'firefox' && address.startsWith(base);
    await page.goto(address, own ? { waitUntil: [] } : { waitUntil: 'load', timeout: patience });
    return page;
  };
  return {
    kind,
    browser,
    url,
    open: (page) => goTo(url(page)),
    visit: goTo,
    appears: async (matches) => {
      const page = kind === 'firefox' ? await pageThat(browser, matches) : await targetThat(browser, matches);
      page.setDefaultTimeout(patience);
      return page;
    },
    close: () => browser.close(),
  };
};
