import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { Site, SiteList } from '../../shared/api/sites.ts';
import { describeList, type ListPlace, settingsOf, siteOf } from '../../shared/sites/index.ts';
import { api } from '../bridge/api.ts';
import type { Answer } from '../bridge/failure.ts';
import { changeList } from '../bridge/site-lists.ts';
import { readSites } from '../bridge/sites.ts';
import { type DraftPeople, type DraftText, hostOf } from './draft.ts';

/** Where the recipients come from, as the organisation knows it. */
export interface Here {
  site: Site;
  /** The list; null where they come from a form or running text. */
  place: ListPlace | null;
  /** What is set for that list. */
  list: SiteList | null;
}

export interface SiteChoiceParts {
  people: ReadonlySignal<DraftPeople>;
  text: ReadonlySignal<DraftText>;
  change(change: Partial<DraftText>): void;
}

/** What follows from the site that recipients come from: the company, and the template to begin with. */
export function createSiteChoice({ people, text, change }: SiteChoiceParts) {
  const sites = signal<Site[]>([]);
  const here = computed(() => whereIs(people.value, sites.value));

  async function load(): Promise<void> {
    sites.value = await readSites();
  }

  return {
    here,
    load,
    /** Recipients of two of these must not travel together: a batch names one page. */
    groupOf: (url: string): string => siteOf(url, sites.value)?.id ?? hostOf(url),

    /**
     * New recipients have come. The site's company is chosen with them; a text that somebody has begun stays theirs.
     */
    async follow(): Promise<void> {
      const come = people.value;
      await load();
      const found = here.value;
      if (found === null || people.value.origins !== come.origins) return;
      const { companyId } = found.site;
      if (companyId !== null && companyId !== text.value.companyId) change({ companyId });
      const templateId = found.list?.templateId ?? null;
      if (templateId === null || text.value.text.trim() !== '') return;
      const template = await api.templates.get(templateId);
      // Deleted meanwhile, or not to be had: the user writes.
      if (!template.ok || people.value.origins !== come.origins || text.value.text.trim() !== '') return;
      change({ text: template.value.value.text, templateId });
    },

    /** Makes a template the one that everybody begins with on this list. */
    async remember(templateId: string): Promise<Answer<Site> | null> {
      if (here.value?.place == null) return null;
      const answer = await changeList(here.value.site.id, here.value.place, { templateId });
      if (answer.ok) await load();
      return answer;
    },
  };
}

export type SiteChoice = ReturnType<typeof createSiteChoice>;

function whereIs({ origins }: DraftPeople, sites: readonly Site[]): Here | null {
  const origin = origins.find(({ where }) => where !== 'paste');
  const site = origin === undefined ? null : siteOf(origin.page.url, sites);
  if (origin === undefined || site === null) return null;
  if (origin.where !== 'list') return { site, place: null, list: null };
  const place = describeList(new URL(origin.page.url).pathname, origin.columns);
  return { site, place, list: settingsOf(site.lists, place) };
}
