import { browser } from 'wxt/browser';
import { onMessage, type PageSettings } from '../bridge/messages.ts';
import { changeList } from '../bridge/site-lists.ts';
import { readSiteOf } from '../bridge/sites.ts';

/** What the organisation has set for a page's site: no more than reading it needs. @param url where the browser says it is */
export async function settingsOfPage(url: string): Promise<PageSettings | null> {
  const site = await readSiteOf(url);
  return site === null ? null : { region: site.region, lists: site.lists };
}

/** Keeps the columns that people point at. */
export function setUpSites(): void {
  onMessage('keepColumn', async ({ data: { role, place, column }, sender }): Promise<PageSettings | null> => {
    if (sender.id !== browser.runtime.id || sender.tab === undefined) return null;
    const site = await readSiteOf(sender.url ?? '');
    if (site === null) return null;
    const change = role === 'phone' ? { phones: [column] } : { names: [column] };
    const answer = await changeList(site.id, place, change);
    return answer.ok ? { region: answer.value.region, lists: answer.value.lists } : null;
  });
}
