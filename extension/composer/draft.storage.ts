import { browser } from 'wxt/browser';
import type { BatchDraftInput } from '../../shared/api/batches.ts';
import type { ComposerPlace } from '../bridge/incoming.ts';
import { type DraftPeople, type DraftText, noPeople, noText } from './draft.ts';

/** A send that has left, or was about to: kept until its answer is known, so that a retry repeats it exactly. */
export interface PendingSend {
  key: string;
  body: BatchDraftInput;
  /** Milliseconds since the epoch. */
  at: number;
}

export interface StoredDraft {
  people: DraftPeople;
  text: DraftText;
  pending: PendingSend | null;
}

const parts = ['people', 'text', 'pending'] as const;
type Part = (typeof parts)[number];
const prefix = 'draft';
const keyOf = (part: Part, place: string): string => `${prefix}:${part}:${place}`;

/** Drafts left lying are people's data: they go after a week. */
const longestDraft = 7 * 24 * 3_600_000;

/**
 * The draft of one composer. A side panel whose browser window is new takes over the newest draft whose window is gone,
 * so that a crash or a restart loses nothing.
 */
export async function readDraft(place: ComposerPlace): Promise<StoredDraft> {
  const all = await browser.storage.local.get(null);
  const from = hasDraft(all, place) ? place : await orphan(all);
  const part = (name: Part): unknown => (from === null ? undefined : storedValue(all[keyOf(name, from)]));
  const draft: StoredDraft = {
    people: { ...noPeople, ...(part('people') as Partial<DraftPeople> | undefined) },
    text: { ...noText, ...(part('text') as Partial<DraftText> | undefined) },
    pending: (part('pending') as PendingSend | undefined) ?? null,
  };
  if (from !== null && from !== place) {
    await writeDraft(place, draft);
    await forgetDraft(from);
  }
  return draft;
}

/** Writes the parts given. Rejects when the browser's quota is used up. */
export async function writeDraft(place: ComposerPlace, draft: Partial<StoredDraft>): Promise<void> {
  const items: Record<string, unknown> = {};
  for (const part of parts) {
    if (part in draft) items[keyOf(part, place)] = { at: Date.now(), value: draft[part] };
  }
  await browser.storage.local.set(items);
}

export async function forgetDraft(place: string): Promise<void> {
  await browser.storage.local.remove(parts.map((part) => keyOf(part, place)));
}

export async function forgetAllDrafts(): Promise<void> {
  await forgetOldDrafts(Number.POSITIVE_INFINITY);
}

/** Removes what has not been touched for a week. */
export async function forgetOldDrafts(now: number): Promise<void> {
  const all = await browser.storage.local.get(null);
  const old = Object.keys(all).filter(
    (key) => key.startsWith(`${prefix}:`) && now - timeOf(all[key]) > longestDraft,
  );
  if (old.length > 0) await browser.storage.local.remove(old);
}

function hasDraft(all: Record<string, unknown>, place: string): boolean {
  return parts.some((part) => keyOf(part, place) in all);
}

/** The place of the newest draft whose window no longer exists. */
async function orphan(all: Record<string, unknown>): Promise<string | null> {
  const windows = await browser.windows.getAll();
  const living = new Set(windows.map(({ id }) => `panel-${id}`));
  let newest: { place: string; at: number } | null = null;
  for (const key of Object.keys(all)) {
    const place = key.startsWith(`${prefix}:`) ? key.split(':')[2] : undefined;
    if (place === undefined || !place.startsWith('panel-') || living.has(place)) continue;
    const at = timeOf(all[key]);
    if (newest === null || at > newest.at) newest = { place, at };
  }
  return newest?.place ?? null;
}

function timeOf(stored: unknown): number {
  const at = (stored as { at?: unknown } | undefined)?.at;
  return typeof at === 'number' ? at : 0;
}

function storedValue(stored: unknown): unknown {
  return (stored as { value?: unknown } | undefined)?.value;
}
