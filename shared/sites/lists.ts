/** A list of a site, told in words that outlive one page view: where it lives and what its columns are called. */
export interface ListPlace {
  /** Path of the page, with a star for each id of a record: that of customer 17 is that of customer 18. */
  path: string;
  /** Headings of its columns, in the order of the page; empty for cards. */
  headings: readonly string[];
}

const longestPath = 300;
const longestHeading = 120;
const mostHeadings = 60;
/** Users hide and move columns, and grids draw only those in view: this share of headings makes it the same list. */
const enough = 0.6;

/** @param pathname of the page that the list stands on, as the browser has it */
export function describeList(pathname: string, headings: readonly string[]): ListPlace {
  const path = pathname
    .replace(/;[^/]*/g, '')
    .split('/')
    .map((segment) => (isId(segment) ? '*' : segment))
    .join('/')
    .replace(/\/+$/, '');
  return {
    path: (path === '' ? '/' : path).slice(0, longestPath),
    headings: headings.slice(0, mostHeadings).map((heading) => heading.trim().slice(0, longestHeading)),
  };
}

/** Numbers, UUIDs and long hexadecimal words name records; what people named has letters of its own. */
const isId = (segment: string): boolean =>
  /^\d+$/.test(segment) ||
  /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(segment) ||
  /^(?=.*\d)[0-9a-f]{12,}$/i.test(segment);

/** The settings for a list as it stands on the page now; of several that fit, those with most headings in common. */
export function settingsOf<List extends ListPlace>(lists: readonly List[], place: ListPlace): List | null {
  let best: { list: List; share: number } | null = null;
  for (const list of lists) {
    if (list.path !== place.path) continue;
    const share = likeness(list.headings, place.headings);
    if (share >= enough && (best === null || share > best.share)) best = { list, share };
  }
  return best?.list ?? null;
}

/** Whether two descriptions are of exactly one list, for writing its settings. */
export const isSameList = (a: ListPlace, b: ListPlace): boolean =>
  a.path === b.path && a.headings.join('\n') === b.headings.join('\n');

/** Share of headings that both have, of all that either has: 0…1. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const [one, other] = [new Set(a.map(folded)), new Set(b.map(folded))];
  const all = new Set([...one, ...other]);
  if (all.size === 0) return 1;
  return [...one].filter((heading) => other.has(heading)).length / all.size;
}

const folded = (heading: string): string => heading.trim().toLowerCase();
