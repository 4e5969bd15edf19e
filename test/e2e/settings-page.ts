import type { ElementHandle, Page } from 'puppeteer-core';
import type { Nadpis } from './browser.ts';

/** A screen of the settings, found by the words that a person reads. */
export interface SettingsPage {
  page: Page;
  /** Goes to a screen as its link in the navigation does. */
  go(screen: string): Promise<void>;
  /** The button with exactly these words, once it can be pressed. */
  press(words: string, times?: number): Promise<void>;
  /** The button with these words as it stands. */
  isDisabled(words: string): Promise<boolean>;
  /** Replaces what stands in the field with this label. */
  fill(label: string, text: string): Promise<void>;
  choose(label: string, value: string): Promise<void>;
  /** Waits until the field with this label holds that. */
  holds(label: string, value: string): Promise<void>;
  tick(label: string): Promise<void>;
  /** Waits until the screen says these words. */
  says(words: string): Promise<void>;
  text(): Promise<string>;
}

/** Elements by what is read of them: the name of a button, the label of a field. */
const control = async (
  page: Page,
  kind: 'button' | 'field',
  words: string,
  mustBeEnabled = false,
): Promise<ElementHandle<HTMLElement>> => {
  const found = await page.waitForFunction(
    (sort: string, wanted: string, enabled: boolean) => {
      const read = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
      if (sort === 'button')
        return [...document.querySelectorAll('button')].find(
          (one) =>
            read(one.getAttribute('aria-label') ?? one.textContent) === wanted && !(enabled && one.disabled),
        );
      const label = [...document.querySelectorAll('label')].find((one) => {
        const own = one.querySelector(':scope > span');
        return read((own ?? one).textContent) === wanted;
      });
      return label?.control ?? undefined;
    },
    {},
    kind,
    words,
    mustBeEnabled,
  );
  return found as ElementHandle<HTMLElement>;
};

export const settingsOn = (page: Page): SettingsPage => {
  const button = (words: string) => control(page, 'button', words);
  const field = (label: string) => control(page, 'field', label);
  return {
    page,
    go: async (screen) => {
      await page.evaluate((name) => {
        location.hash = name;
      }, screen);
      await page.waitForFunction(
        () => document.querySelector('main h1') !== null && document.querySelector('.loading') === null,
      );
    },
    press: async (words, times = 1) => {
      const found = await control(page, 'button', words, true);
      await found.click({ count: times });
    },
    isDisabled: async (words) => (await button(words)).evaluate((one) => (one as HTMLButtonElement).disabled),
    fill: async (label, text) => {
      const found = await field(label);
      await found.evaluate((one) => {
        (one as HTMLInputElement).focus();
        (one as HTMLInputElement).select();
      });
      await page.keyboard.press('Backspace');
      await page.keyboard.type(text);
    },
    choose: async (label, value) => {
      const found = await field(label);
      await found.select(value);
    },
    holds: async (label, value) => {
      const found = await field(label);
      await page.waitForFunction(
        (one, wanted) => (one as HTMLInputElement).value === wanted,
        {},
        found,
        value,
      );
    },
    tick: async (label) => {
      const found = await field(label);
      await found.click();
    },
    says: async (words) => {
      await page.waitForFunction(
        (wanted) => document.body.textContent.replace(/\s+/g, ' ').includes(wanted),
        {},
        words,
      );
    },
    text: () => page.evaluate(() => document.body.textContent.replace(/\s+/g, ' ')),
  };
};

/** Signs in by a token that the test holds, at the server that it belongs to. */
export const signInWith = async (nadpis: Nadpis, server: { url: string; token: string }): Promise<void> => {
  const page = await nadpis.open('options.html#account');
  await page.waitForSelector('main');
  await page.evaluate(async ({ url, token }) => {
    await chrome.storage.local.set({ 'server-url': url });
    await chrome.storage.local.set({ 'session-token': token });
  }, server);
  await page.close();
};
