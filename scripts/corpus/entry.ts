/** One number of one person, as a page shows it to whoever looks at it now. */
export interface Entry {
  /** The page, as it was asked for. */
  url: string;
  /** Address of the frame it stands in; empty in the page itself. */
  frame: string;
  e164: string;
  kind: 'mobile' | 'landline' | 'foreign' | 'unknown';
  /** Whose it is, as the page names them; empty when it does not. */
  name: string;
  /** The characters on the page. */
  shown: string;
  where: 'list' | 'form' | 'text';
  /** Identity of the list on its page; empty outside lists. */
  list: string;
  /** Identity of the row in its list; empty outside lists. */
  row: string;
  /** Column or label → what stands there. */
  fields: Record<string, string>;
}

const rank = { list: 0, form: 1, text: 2 } as const;

/** Names are the same person's however they are spaced and capitalised. */
export const personOf = ({ name }: Pick<Entry, 'name'>): string =>
  name.toLowerCase().replace(/\s+/g, ' ').trim();

/**
 * One entry per person and number: a row that is drawn twice (frozen panes, clones), an icon beside the number and a
 * heading over the record tell of the same person again. The place that says most is kept: a list, then a form.
 */
export function onePerPerson(entries: readonly Entry[]): Entry[] {
  const best = new Map<string, Entry>();
  const named = new Set(entries.filter((entry) => personOf(entry) !== '').map(({ e164 }) => e164));
  for (const entry of entries) {
    const person = personOf(entry);
    // Somebody else has given the number its name.
    if (person === '' && named.has(entry.e164)) continue;
    const key = `${entry.e164} ${person}`;
    const known = best.get(key);
    if (known === undefined || rank[entry.where] < rank[known.where]) best.set(key, entry);
  }
  return entries.filter((entry) => best.get(`${entry.e164} ${personOf(entry)}`) === entry);
}
