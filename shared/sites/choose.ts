import {
  compareSpecificity,
  covers,
  isWithin,
  parseSitePattern,
  placeOfPage,
  type SitePattern,
} from './pattern.ts';

/** What is needed of a site to tell whether a page is its own. */
export interface Matched {
  hostPattern: string;
  kind: 'crm' | 'hrm';
}

/**
 * The site that a page belongs to: the most specific pattern wins. Where two fit and neither lies within the other
 * (`*.firma.pl/kadry` and `erp.firma.pl`), the page is HRM's if either says so: a page of employees is never taken for
 * one of customers. Null: a page that the organisation does not know, or none.
 *
 * The server decides by this what is HRM-origin (R30); the extension only shows and uses the same.
 */
export function siteOf<Site extends Matched>(pageUrl: string | null, sites: readonly Site[]): Site | null {
  const page = pageUrl === null || sites.length === 0 ? null : placeOfPage(pageUrl);
  if (page === null) return null;
  const fitting: { site: Site; pattern: SitePattern }[] = [];
  for (const site of sites) {
    const pattern = patternOf(site.hostPattern);
    if (pattern !== null && covers(pattern, page)) fitting.push({ site, pattern });
  }
  fitting.sort((a, b) => compareSpecificity(a.pattern, b.pattern));
  const [first] = fitting;
  if (first === undefined) return null;
  const hrm = fitting.find(({ site, pattern }) => site.kind === 'hrm' && !isWithin(first.pattern, pattern));
  return (hrm ?? first).site;
}

/** Patterns read before: each send from a page looks at all of its organisation's. */
const read = new Map<string, SitePattern | null>();
const mostRead = 5000;

function patternOf(text: string): SitePattern | null {
  const known = read.get(text);
  if (known !== undefined) return known;
  const parsed = parseSitePattern(text);
  const pattern = 'problem' in parsed ? null : parsed;
  if (read.size >= mostRead) read.clear();
  read.set(text, pattern);
  return pattern;
}
