import { z } from 'zod';

/** Cursor pagination: `next` is opaque and null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

/** Milliseconds since the epoch, UTC. */
export const Instant = z.number().int().nonnegative();
