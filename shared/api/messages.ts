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

export const Message = z
  .object({
    id: z.string(),
    batchId: z.string(),
    /** The client's reference for the recipient, as it came. */
    reference: z.string(),
    recipientName: z.string(),
    /** E.164, masked for people who may not see whole numbers. */
    number: z.string(),
    /** The text as sent; null once retention has erased it. */
    text: z.string().nullable(),
    parts: z.number().int(),
    state: MessageState,
    /** Why, in the operator's words or by our code; empty when nothing is wrong. */
    reason: z.string(),
    stateAt: z.number().int(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

/** What happened to one message, oldest first. */
export const MessageTimeline = Message.extend({
  attempts: z.array(
    z.object({
      at: z.number().int(),
      operator: z.string(),
      outcome: z.enum(['accepted', 'retryable', 'rejected', 'unknown']).nullable(),
      detail: z.string(),
      operatorMessageId: z.string(),
    }),
  ),
  reports: z.array(z.object({ at: z.number().int(), state: MessageState, detail: z.string() })),
}).meta({ id: 'MessageTimeline' });
export type MessageTimeline = z.infer<typeof MessageTimeline>;
