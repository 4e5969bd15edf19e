import { signal } from '@preact/signals';

/** Where one is in the history; the filters stand in the address, so that "back" brings them back. */
export interface Route {
  screen: 'batches' | 'messages' | 'statistics' | 'batch' | 'message';
  /** Of the batch or message that is shown; empty elsewhere. */
  id: string;
  filters: Filters;
}

export const filterNames = ['company', 'state', 'origin', 'from', 'to', 'search'] as const;
export type FilterName = (typeof filterNames)[number];
/** Those that are set. `from` and `to` are days, `2026-11-24`, both included. */
export type Filters = Partial<Record<FilterName, string>>;

export const screens = ['batches', 'messages', 'statistics'] as const;

/** `#messages?state=undelivered`, `#batch/bat_1`; anything else is the list of batches. */
export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const [, kind, id = ''] = /^(batch|message)\/(\w{1,60})$/.exec(path) ?? [];
  const filters: Filters = {};
  const given = new URLSearchParams(query);
  for (const name of filterNames) {
    const value = given.get(name)?.trim() ?? '';
    if (value !== '') filters[name] = value;
  }
  if (kind === 'batch' || kind === 'message') return { screen: kind, id, filters };
  return { screen: screens.find((name) => name === path) ?? 'batches', id: '', filters };
}

export function hashOf(screen: Route['screen'], filters: Filters = {}, id = ''): string {
  const query = new URLSearchParams(filters).toString();
  return `#${screen}${id === '' ? '' : `/${id}`}${query === '' ? '' : `?${query}`}`;
}

export const route = signal<Route>(readRoute(''));

/** The page before this one, where it has been on one of ours; a link to a batch may be opened by itself. */
export const cameFrom = signal<string | null>(null);

export function followAddress(): () => void {
  let now = location.hash;
  route.value = readRoute(now);
  const read = (): void => {
    cameFrom.value = now;
    now = location.hash;
    route.value = readRoute(now);
  };
  globalThis.addEventListener('hashchange', read);
  return () => globalThis.removeEventListener('hashchange', read);
}

/** Filters change in place: they are no pages of their own to go back through. */
export function setFilters(filters: Filters): void {
  const { screen } = route.value;
  const hash = hashOf(screen, filters);
  globalThis.history.replaceState(null, '', hash);
  route.value = readRoute(hash);
}
