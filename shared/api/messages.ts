import { z } from 'zod';

/**
 * States of a message. They only advance:
 * `queued → sending → accepted → delivered | undelivered | expired`, or `rejected`, `cancelled`, `unknown`.
 * `unknown`: the operator may have taken it; it is reconciled by our id, never sent again blindly.
 */
export const messageStates = [
  'queued',
  'sending',
  'accepted',
  'delivered',
  'undelivered',
  'expired',
  'rejected',
  'cancelled',
  'unknown',
] as const;

export const MessageState = z.enum(messageStates).meta({ id: 'MessageState' });
export type MessageState = z.infer<typeof MessageState>;

/** States that no event changes any more. */
export const finalStates: ReadonlySet<MessageState> = new Set<MessageState>([
  'delivered',
  'undelivered',
  'expired',
  'rejected',
  'cancelled',
]);
