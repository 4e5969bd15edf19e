import type { Nadpis } from './browser.ts';

/**
 * Points the extension at the server and signs in with the code from the mail, in the extension's own settings.
 * @param code asks the mail catcher for the newest code to that address
 */
export const signIn = async (
  nadpis: Nadpis,
  server: string,
  email: string,
  code: (email: string) => Promise<string>,
): Promise<void> => {
  const page = await nadpis.open('options.html#account');
  const fill = async (selector: string, text: string) => {
    await page.waitForSelector(`${selector}:not([disabled])`);
    await page.$eval(selector, (input) => (input as HTMLInputElement).select());
    await page.focus(selector);
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };
  await fill('section[aria-labelledby=server-title] input', server);
  await page.waitForSelector('section[aria-labelledby=server-title] .good');
  await fill('section[aria-labelledby=sign-in-title] input[type=email]', email);
  await page.waitForSelector('input[autocomplete=one-time-code]');
  await fill('input[autocomplete=one-time-code]', await code(email));
  await page.waitForSelector('section[aria-labelledby=signed-in-title]');
  await page.close();
};
