import { browser } from 'wxt/browser';
import { onMessage, type PageSettings } from '../bridge/messages.ts';
import { changeList } from '../bridge/site-lists.ts';
import { readSiteOf } from '../bridge/sites.ts';

/** Tells pages what the organisation has set for their site: no more than reading them needs. */
export function setUpSites(): void {
  onMessage('pageSettings', async ({ sender }): Promise<PageSettings | null> => {
    if (sender.id !== browser.runtime.id || sender.tab === undefined) return null;
    // Where the browser says it is: a page cannot ask for the settings of another.
    const site = await readSiteOf(sender.url ?? '');
    return site === null ? null : { region: site.region, lists: site.lists };
  });
  onMessage('keepColumn', async ({ data: { role, place, column }, sender }): Promise<PageSettings | null> => {
    if (sender.id !== browser.runtime.id || sender.tab === undefined) return null;
    const site = await readSiteOf(sender.url ?? '');
    if (site === null) return null;
    const change = role === 'phone' ? { phones: [column] } : { names: [column] };
    const answer = await changeList(site.id, place, change);
    return answer.ok ? { region: answer.value.region, lists: answer.value.lists } : null;
  });
}
