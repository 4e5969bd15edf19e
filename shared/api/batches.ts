import { z } from 'zod';
import { MessageState } from './messages.ts';
import { Instant } from './paging.ts';

export const maximumRecipients = 10_000;

/** One person to text. The server checks the number again, whatever the page made of it. */
export const Recipient = z
  .object({
    /** As found; E.164 or as people write it. Empty is allowed: it is answered as skipped. */
    number: z.string().max(200),
    name: z.string().max(200).default(''),
    /** Merge fields by name. */
    fields: z.record(z.string().max(120), z.string().max(1000)).default({}),
    /** The client's own reference, e.g. the row's key; given back unchanged. */
    reference: z.string().max(200).default(''),
    /** Heading of the column that the number stood in: it tells employees' private numbers from the employer's. */
    column: z.string().max(120).optional(),
  })
  .meta({ id: 'Recipient' });
export type Recipient = z.infer<typeof Recipient>;

export const BatchDraft = z
  .object({
    companyId: z.string().min(1).max(60),
    purpose: z.enum(['service', 'marketing']).default('service'),
    /** Text with merge fields; the same for everyone when it has none. */
    text: z.string().min(1).max(5000),
    /** Send ą as a, „ as ": one part holds 160 characters then instead of 70. */
    foldPolishLetters: z.boolean().default(false),
    /** The page that the recipients come from; the server decides from its own sites whether that is HRM. Null: none. */
    pageUrl: z.string().max(2000).nullable().default(null),
    templateId: z.string().max(60).nullable().default(null),
    scheduledAt: Instant.nullable().default(null),
    /** Instead of it a day and time by the company's clock, `2026-11-24T09:30`. */
    scheduledLocal: z.string().max(30).optional(),
    recipients: z.array(Recipient).min(1).max(maximumRecipients),
  })
  .meta({ id: 'BatchDraft' });
export type BatchDraft = z.infer<typeof BatchDraft>;
export type BatchDraftInput = z.input<typeof BatchDraft>;

/** Why a recipient gets nothing. */
export const skipReasons = [
  'no-number',
  'not-a-number',
  'too-short',
  'too-long',
  'landline',
  'premium',
  'invalid',
  'duplicate',
  'opted-out',
  'consent-missing',
  'fields-missing',
] as const;
export const SkipReason = z.enum(skipReasons).meta({ id: 'SkipReason' });
export type SkipReason = z.infer<typeof SkipReason>;

/** `index` is the recipient's place in the request. */
export const Skipped = z
  .object({ index: z.number().int(), reference: z.string(), reason: SkipReason, detail: z.string() })
  .meta({ id: 'Skipped' });
export type Skipped = z.infer<typeof Skipped>;

export const Taken = z
  .object({
    index: z.number().int(),
    reference: z.string(),
    number: z.string(),
    text: z.string(),
    parts: z.number().int(),
  })
  .meta({ id: 'Taken' });
export type Taken = z.infer<typeof Taken>;

/** The whole gate without storing anything: what would be sent, to whom, at what cost. */
export const BatchPreview = z
  .object({
    senderName: z.string(),
    taken: z.array(Taken),
    skipped: z.array(Skipped),
    parts: z.number().int(),
    balance: z.number().int(),
  })
  .meta({ id: 'BatchPreview' });
export type BatchPreview = z.infer<typeof BatchPreview>;

export const BatchState = z
  .enum(['scheduled', 'sending', 'finished', 'cancelled', 'paused'])
  .meta({ id: 'BatchState' });

/** How many messages of a batch are in each state. */
export const BatchCounts = z.record(MessageState, z.number().int()).meta({ id: 'BatchCounts' });

export const Batch = z
  .object({
    id: z.string(),
    companyId: z.string(),
    senderName: z.string(),
    state: BatchState,
    createdAt: Instant,
    createdBy: z.string(),
    text: z.string(),
    messages: z.number().int(),
    /** Parts by our count, reserved at accept; and by the operator's, as far as settled. */
    parts: z.number().int(),
    settledParts: z.number().int(),
    counts: BatchCounts,
    /** Of its failed messages: so many were sent anew. */
    retried: z.number().int(),
    /** Messages that were asked back from operators when it was cancelled, and how far that is; null: none. */
    askedBack: z
      .object({ messages: z.number().int(), waiting: z.number().int(), givenBack: z.number().int() })
      .nullable(),
  })
  .meta({ id: 'Batch' });
export type Batch = z.infer<typeof Batch>;

/** The answer to a send: 201 only after commit. `skipped` lists those who get nothing, with reasons. */
export const BatchAccepted = z
  .object({
    id: z.string(),
    senderName: z.string(),
    messages: z.number().int(),
    parts: z.number().int(),
    balance: z.number().int(),
    skipped: z.array(Skipped),
  })
  .meta({ id: 'BatchAccepted' });
export type BatchAccepted = z.infer<typeof BatchAccepted>;
