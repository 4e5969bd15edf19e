import type { SiteList } from '../../shared/api/sites.ts';
import {
  isSameList,
  type PatternProblem,
  parseSitePattern,
  writeSitePattern,
} from '../../shared/sites/index.ts';
import type { Actor } from '../access/actor.ts';
import { maySend, mayUseCompany, type Origin } from '../access/rules.ts';
import { invalidField } from '../api/problem-answers.ts';

export { siteOf } from '../../shared/sites/index.ts';

/** What the send gate knows of a site. */
export interface GateSite {
  hostPattern: string;
  kind: 'crm' | 'hrm';
  companyId: string | null;
  /** Of the site's own company; true where it has none. */
  hrmPermission: boolean;
}

/** Each send from a page looks at all sites of its organisation. */
export const mostSites = 500;
export const mostLists = 100;

/**
 * Where a send comes from (R30), decided here and nowhere else, in this order:
 *
 * 1. A page of an `hrm` site is HRM's, whoever sends.
 * 2. Who may send to customers sends to customers: from `crm` sites, unknown pages and no page at all.
 * 3. An API key that only notifies for HRM comes from no page, and is HRM's whatever page it names.
 * 4. A person who may only send for HRM does so from no page or an unknown one; a known `crm` site stays one, and
 *    refuses them.
 *
 * @param site null: no page, or none of the organisation's sites
 */
export function originOf(actor: Actor, site: Pick<GateSite, 'kind'> | null): Origin {
  if (site?.kind === 'hrm') return 'hrm';
  if (maySend(actor, 'crm') || !maySend(actor, 'hrm')) return 'crm';
  return actor.kind === 'api-key' || site === null ? 'hrm' : 'crm';
}

/** Columns and templates of a list are chosen by those who send from it; the rest of a site is the administrators'. */
export const maySetLists = (actor: Actor, site: { kind: Origin; companyId: string | null }): boolean =>
  maySend(actor, site.kind) && (site.companyId === null || mayUseCompany(actor, site.companyId));

/** @throws {ProblemException} `invalid-request` at `/hostPattern` */
export function checkedPattern(text: string): string {
  const pattern = parseSitePattern(text);
  if (!('problem' in pattern)) return writeSitePattern(pattern);
  throw invalidField('/hostPattern', pattern.problem.replaceAll('-', '_'), explained[pattern.problem]);
}

const explained: Record<PatternProblem, string> = {
  'not-a-host': 'It begins with a host, e.g. crm.firma.pl',
  'too-wide': 'A star stands in front only, over a name of your own: *.firma.pl',
  'not-a-pattern': 'A host with an optional port and path, without a query',
};

/**
 * The lists with the settings of one put in; settings that say nothing take it out.
 * @throws {ProblemException} `invalid-request` at `/path` when there are too many
 */
export function withList(lists: readonly SiteList[], list: SiteList): SiteList[] {
  const others = lists.filter((one) => !isSameList(one, list));
  if (list.phones.length === 0 && list.names.length === 0 && list.templateId === null) return others;
  if (others.length >= mostLists)
    throw invalidField('/path', 'too_many', `At most ${mostLists} lists of a site`);
  return [...others, list];
}
