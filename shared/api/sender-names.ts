import { z } from 'zod';
import { Instant } from './paging.ts';

/** `draft → statement-accepted → submitted → authorised | rejected`; later `deactivated` or `withdrawn`. */
export const senderNameStates = [
  'draft',
  'statement-accepted',
  'submitted',
  'authorised',
  'rejected',
  'deactivated',
  'withdrawn',
] as const;
export const SenderNameState = z.enum(senderNameStates).meta({ id: 'SenderNameState' });
export type SenderNameState = z.infer<typeof SenderNameState>;

export const SenderName = z
  .object({
    id: z.string(),
    name: z.string(),
    state: SenderNameState,
    since: Instant,
    /** The operator's reason for a rejection or deactivation; empty otherwise. */
    reason: z.string(),
    /** Slots that point at it: `program`, or a company's id. */
    usedBy: z.array(z.string()),
  })
  .meta({ id: 'SenderName' });
export type SenderName = z.infer<typeof SenderName>;
