import { sandboxOf } from '../../scripts/sandbox-client.ts';
import type { Nadpis } from './browser.ts';

/** Tells the extension where its server is, as its settings would. */
export const pointAt = async (nadpis: Nadpis, server: { url: string }): Promise<void> => {
  const page = await nadpis.open('options.html#account');
  await page.waitForSelector('main');
  await page.evaluate(async (url) => {
    const api = (globalThis as unknown as { browser?: typeof chrome }).browser ?? chrome;
    await api.storage.local.set({ 'server-url': url });
  }, server.url);
  await page.close();
};

/** Points the extension at the server and signs in with the code from the mail, in the extension's own settings. */
export const signIn = async (nadpis: Nadpis, server: { url: string }, email: string): Promise<void> => {
  const sandbox = sandboxOf(server);
  const before = await sandbox.newest(email);
  const page = await nadpis.open('options.html#account');
  const fill = async (selector: string, text: string) => {
    await page.waitForSelector(`${selector}:not([disabled])`);
    await page.$eval(selector, (input) => (input as HTMLInputElement).select());
    await page.focus(selector);
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  // The present address is read first; it would come in between what is typed.
  await page.waitForFunction(
    () =>
      document.querySelector<HTMLInputElement>('section[aria-labelledby=server-title] input')?.value !== '',
  );
  await fill('section[aria-labelledby=server-title] input', server.url);
  await page.waitForSelector('section[aria-labelledby=server-title] .good');
  await fill('section[aria-labelledby=sign-in-title] input[type=email]', email);
  await page.waitForSelector('input[autocomplete=one-time-code]');
  await fill('input[autocomplete=one-time-code]', await sandbox.code(email, before));
  await page.waitForSelector('section[aria-labelledby=signed-in-title]');
  await page.close();
};
