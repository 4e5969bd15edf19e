import { z } from 'zod';
import { Instant, pageOf } from './paging.ts';

/** Rows of one list. */
export const longestBlockedList = 100_000;

/** A list of reserved names as CSV: its first column, or the one headed name, nazwa, nadpis or nadawca. */
export const BlockedImport = z
  .object({
    /** Whose list it is, e.g. `CSIRT NASK`. A later list of the same source takes its place. */
    source: z.string().trim().min(1).max(120),
    /** The day of the list: `2026-03-01`. */
    listedOn: z.iso.date(),
    csv: z.string().max(8_000_000),
  })
  .meta({ id: 'BlockedImport' });

export const BlockedImported = z
  .object({
    id: z.string(),
    source: z.string(),
    listedOn: z.string(),
    names: z.number().int(),
    importedAt: Instant,
    importedBy: z.string(),
  })
  .meta({ id: 'BlockedImported' });
export type BlockedImported = z.infer<typeof BlockedImported>;

/** One reserved name with the list that it comes from. */
export const BlockedEntry = z
  .object({ name: z.string(), line: z.number().int(), source: z.string(), listedOn: z.string() })
  .meta({ id: 'BlockedEntry' });

export const BlockedPage = pageOf(BlockedEntry);
