import { z } from 'zod';
import { Instant, PageQuery } from './paging.ts';

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

/**
 * What came of asking an operator for a message back: it gave it back, or said no; it gives nothing back at all; it was too
 * late, for a report had come; or it never answered.
 */
export const takeBackOutcomes = ['given-back', 'refused', 'not-possible', 'too-late', 'no-answer'] as const;
export const TakeBackOutcome = z.enum(takeBackOutcomes).meta({ id: 'TakeBackOutcome' });
export type TakeBackOutcome = z.infer<typeof TakeBackOutcome>;

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
  /** It was stopped when an operator had it, or may have had it; else null. */
  askedBack: z
    .object({
      requestedAt: Instant,
      /** Of the last time; null: nobody was asked yet. */
      askedAt: Instant.nullable(),
      operator: z.string(),
      tries: z.number().int(),
      /** Null: it will be asked, or asked again. */
      outcome: TakeBackOutcome.nullable(),
      /** In the operator's words. */
      detail: z.string(),
      answeredAt: Instant.nullable(),
    })
    .nullable(),
}).meta({ id: 'MessageTimeline' });
export type MessageTimeline = z.infer<typeof MessageTimeline>;

/** Which messages are looked for: those of which all that is given holds. */
const MessageFilter = PageQuery.extend({
  /** Any of them, e.g. `state=undelivered&state=expired`. */
  state: z.union([MessageState, z.array(MessageState).max(messageStates.length)]).optional(),
  company: z.string().max(60).optional(),
  origin: z.enum(['crm', 'hrm']).optional(),
  /** Accepted not before, milliseconds since the epoch. */
  from: z.coerce.number().int().nonnegative().optional(),
  /** Accepted before, milliseconds since the epoch. */
  until: z.coerce.number().int().nonnegative().optional(),
});

export const MessageQuery = MessageFilter.meta({ id: 'MessageQuery' });

/** The fewest digits by which a part of a number is looked for. */
export const fewestDigits = 3;

/** Whom it is about travels in a body: addresses are logged on their way. */
export const MessageSearch = MessageFilter.extend({
  /** In any usual writing; fewer digits than a number has are looked for anywhere in it. */
  number: z.string().trim().min(1).max(60).optional(),
  /** Words of the recipient's name or reference, in any order; case and diacritics do not matter. */
  name: z.string().trim().min(1).max(200).optional(),
}).meta({ id: 'MessageSearch' });
export type MessageSearch = z.infer<typeof MessageSearch>;

/** A message among those of other batches. */
export const FoundMessage = Message.extend({
  companyId: z.string(),
  origin: z.enum(['crm', 'hrm']),
  senderName: z.string(),
  /** When its batch was accepted. */
  createdAt: Instant,
}).meta({ id: 'FoundMessage' });
export type FoundMessage = z.infer<typeof FoundMessage>;

/** One page, newest first. It may have fewer than were asked for, or none, and still not be the last. */
export const FoundMessages = z
  .object({
    items: z.array(FoundMessage),
    /** Null: there are no more. */
    next: z.string().nullable(),
    /** When what was looked at last was accepted, where the look ended before the page was full; else null. */
    lookedBackTo: Instant.nullable(),
  })
  .meta({ id: 'FoundMessages' });
export type FoundMessages = z.infer<typeof FoundMessages>;
