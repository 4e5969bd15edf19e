import { browser } from 'wxt/browser';
import type { PageSettings } from './messages.ts';

/**
 * What the script that reads a page asks of the background, in the browser's own messages: that script is in every page
 * that is allowed, and whatever it can do without it does without.
 */
interface Questions {
  /** How to read the page, null when its site is not known; and whether people were chosen on other pages of it. */
  settings: { site: PageSettings | null; hasBasket: boolean };
  /** The user has something to do here: put the script that acts into this frame. False: it could not be. */
  acts: boolean;
  /** The page shows numbers: put the script that underlines them into this frame. */
  underlines: boolean;
}

type Question = keyof Questions;
type Sender = Parameters<Parameters<typeof browser.runtime.onMessage.addListener>[0]>[1];

/** Rejects when nobody answers: the extension is gone, or was renewed under the page. */
export const ask = <Q extends Question>(question: Q): Promise<Questions[Q]> =>
  browser.runtime.sendMessage({ reading: question });

/** In the background; only our own scripts in tabs are answered. */
export function answerReading(
  answers: {
    [Q in Question]: (sender: Sender) => Promise<Questions[Q]>;
  },
): void {
  browser.runtime.onMessage.addListener((message: { reading?: Question }, sender, respond) => {
    const question = message?.reading;
    if (!question || !(question in answers) || sender.id !== browser.runtime.id || !sender.tab) return;
    answers[question](sender).then(respond, () => respond(null));
    return true;
  });
}
