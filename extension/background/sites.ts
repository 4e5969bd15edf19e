import { browser } from 'wxt/browser';
import { onMessage, type PageSettings } from '../bridge/messages.ts';
import { readSiteOf } from '../bridge/sites.ts';

/** Tells pages what the organisation has set for their site: no more than reading them needs. */
export function setUpSites(): void {
  onMessage('pageSettings', async ({ sender }): Promise<PageSettings | null> => {
    if (sender.id !== browser.runtime.id || sender.tab === undefined) return null;
    // Where the browser says it is: a page cannot ask for the settings of another.
    const site = await readSiteOf(sender.url ?? '');
    return site === null ? null : { region: site.region, lists: site.lists };
  });
}
