import type { Capture, CapturedPerson, Collected } from '../bridge/capture.ts';

/** Where some of the recipients come from, for the results shown back in its rows and for the server's HRM check. */
export interface Origin {
  tabId: number | null;
  list: string | null;
  page: { url: string; title: string };
  where: Capture['where'];
  collected: Collected | null;
  columns: string[];
}

export interface DraftPerson extends CapturedPerson {
  /** Unique in the draft; also the recipient's reference to the server. */
  key: string;
  /** Index in `origins`. */
  origin: number;
}

/** Recipients change rarely and may be ten thousand: they are stored apart from what is typed. */
export interface DraftPeople {
  origins: Origin[];
  people: DraftPerson[];
  /** Keys of people whom the user took out. */
  removed: string[];
  /** Key → index of the number to use, where a person has several. */
  chosen: Record<string, number>;
}

export interface DraftText {
  text: string;
  foldPolishLetters: boolean;
  /** Null: the only company, or none chosen yet. */
  companyId: string | null;
  templateId: string | null;
}

export const noPeople: DraftPeople = { origins: [], people: [], removed: [], chosen: {} };
export const noText: DraftText = { text: '', foldPolishLetters: false, companyId: null, templateId: null };

/** The recipients of a capture, in place of those before. */
export function takeCapture(capture: Capture, tabId: number | null): DraftPeople {
  return addCapture(noPeople, capture, tabId);
}

/** The recipients of a capture, after those before. */
export function addCapture(before: DraftPeople, capture: Capture, tabId: number | null): DraftPeople {
  const origin = before.origins.length;
  const { page, where, list, collected, columns } = capture;
  // Unlike those of any capture before, so that an answer about other recipients is never taken for one about these.
  const prefix = `${origin}.${capture.id.slice(0, 36)}`;
  const people = capture.people.map((person, at) => ({ ...person, key: `${prefix}.${at}`, origin }));
  return {
    ...before,
    origins: [...before.origins, { tabId, list, page, where, collected, columns }],
    people: [...before.people, ...people],
  };
}

/**
 * Whether a capture may join the recipients at hand: the server decides by the page whether a batch is HRM's, and a batch
 * names one page, so recipients of two sites must not travel together.
 */
export function mayJoin(
  before: DraftPeople,
  capture: Capture,
  groupOf: (url: string) => string = hostOf,
): boolean {
  const group = groupOf(capture.page.url);
  return before.origins.every((origin) => groupOf(origin.page.url) === group);
}

/** The page that the server judges by; null when the recipients were pasted. */
export function pageOf({ origins }: DraftPeople): string | null {
  return origins.find(({ where }) => where !== 'paste')?.page.url.slice(0, 2000) ?? null;
}

/** Merge fields on offer, in the order of the page's columns. */
export function columnsOf({ origins }: DraftPeople): string[] {
  return [...new Set(origins.flatMap(({ columns }) => columns))];
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
