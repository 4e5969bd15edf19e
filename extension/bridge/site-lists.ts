import type { Site, SiteList } from '../../shared/api/sites.ts';
import { type ListPlace, settingsOf } from '../../shared/sites/index.ts';
import { api } from './api.ts';
import type { Answer } from './failure.ts';
import { renewSites } from './sites.ts';

export type ListChange = Partial<Pick<SiteList, 'phones' | 'names' | 'templateId'>>;

/**
 * Changes what is set for one list and keeps the rest of it. The site is read first, and once more when somebody else
 * has changed it in that moment.
 */
export async function changeList(
  siteId: string,
  place: ListPlace,
  change: ListChange,
): Promise<Answer<Site>> {
  const first = await changeOnce(siteId, place, change);
  const isLate = !first.ok && first.failure.kind === 'problem' && first.failure.problem.code === 'conflict';
  const answer = isLate ? await changeOnce(siteId, place, change) : first;
  if (answer.ok) await renewSites();
  return answer;
}

async function changeOnce(siteId: string, place: ListPlace, change: ListChange): Promise<Answer<Site>> {
  const read = await api.sites.get(siteId);
  if (!read.ok) return read;
  const { value: site, etag } = read.value;
  // A list that has lost or won a column keeps its entry.
  const before = settingsOf(site.lists, place) ?? {
    path: place.path,
    headings: [...place.headings],
    phones: [],
    names: [],
    templateId: null,
  };
  return api.sites.setList(siteId, { ...before, ...change }, etag);
}
