import { answerReading } from '../bridge/reading.ts';
import { hasBasket } from './baskets.ts';
import { act, underline } from './page.ts';
import { settingsOfPage } from './sites.ts';

/** What the scripts in pages ask of us; a page cannot ask for the settings of another, nor for scripts elsewhere. */
export function setUpReading(): void {
  answerReading({
    settings: async ({ url = '', tab }) => ({
      site: await settingsOfPage(url),
      hasBasket: await hasBasket(tab?.id ?? -1, url),
    }),
    async acts({ tab, frameId = 0 }) {
      if (tab?.id === undefined) return false;
      return (await act({ tabId: tab.id, frameIds: [frameId] })).length > 0;
    },
    async underlines({ tab, frameId = 0 }) {
      return tab?.id !== undefined && (await underline({ tabId: tab.id, frameIds: [frameId] }));
    },
  });
}
