import { z } from 'zod';
import { Instant } from './paging.ts';

/** `purchase` adds parts, `reserve` takes them for a batch, `settle` corrects to the operator's count, `release` gives back. */
export const LedgerKind = z
  .enum(['purchase', 'reserve', 'settle', 'release', 'correct'])
  .meta({ id: 'LedgerKind' });

/** One line of the ledger. `parts` is the change of the balance: negative for a reservation. */
export const LedgerEntry = z
  .object({
    id: z.string(),
    kind: LedgerKind,
    parts: z.number().int(),
    balance: z.number().int(),
    batchId: z.string().nullable(),
    note: z.string(),
    at: Instant,
  })
  .meta({ id: 'LedgerEntry' });
export type LedgerEntry = z.infer<typeof LedgerEntry>;

/** A bought package, recorded by an administrator. */
export const Purchase = z
  .object({
    parts: z.number().int().min(1).max(100_000_000),
    /** Price in grosze (1/100 PLN), net. */
    price: z.number().int().nonnegative().optional(),
    invoice: z.string().trim().max(120).default(''),
    validUntil: Instant.optional(),
  })
  .meta({ id: 'Purchase' });

export const Balance = z.object({ parts: z.number().int() }).meta({ id: 'Balance' });

/** A bought package as it stands. What is used comes off the one that ends first. */
export const BoughtPackage = z
  .object({
    id: z.string(),
    parts: z.number().int(),
    remaining: z.number().int(),
    /** In grosze, net; null: not recorded. */
    price: z.number().int().nullable(),
    invoice: z.string(),
    boughtAt: Instant,
    /** Its last moment; null: it does not end. */
    validUntil: Instant.nullable(),
    /** When what remained was taken out of the balance; null: it has not ended. */
    lapsedAt: Instant.nullable(),
  })
  .meta({ id: 'BoughtPackage' });
export type BoughtPackage = z.infer<typeof BoughtPackage>;
