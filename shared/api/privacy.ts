import { z } from 'zod';
import { SkipReason } from './batches.ts';
import { MessageState } from './messages.ts';
import { Instant } from './paging.ts';

/**
 * `opt-outs`: numbers that get nothing more. `marketing-consents`: numbers whose owner has agreed to marketing (PKE
 * art. 398); a text with that purpose goes to no other.
 */
export const numberLists = ['opt-outs', 'marketing-consents'] as const;
export const NumberListName = z.enum(numberLists).meta({ id: 'NumberListName' });
export type NumberListName = z.infer<typeof NumberListName>;

export const ListedNumber = z
  .object({
    /** E.164. */
    number: z.string(),
    /** Where it comes from: the word of a text that came in, or what the person wrote who recorded it. */
    source: z.string(),
    /** Who recorded it; empty: whoever has the number, by a text. */
    by: z.string(),
    at: Instant,
  })
  .meta({ id: 'ListedNumber' });
export type ListedNumber = z.infer<typeof ListedNumber>;

const Numbers = z.array(z.string().max(200)).min(1).max(10_000);

/** As people write them; what is no number that gets texts is named in the answer and changes nothing. */
export const NumbersToList = z
  .object({
    numbers: Numbers,
    /** When and how it was said, e.g. "formularz na stronie, 12.03.2026". */
    source: z.string().trim().min(1).max(200),
  })
  .meta({ id: 'NumbersToList' });
export type NumbersToList = z.infer<typeof NumbersToList>;

export const NumbersToTakeOff = z.object({ numbers: Numbers }).meta({ id: 'NumbersToTakeOff' });

/** `changed`: how many were put on the list, or taken off it; the others were there, or not there, before. */
export const ListChanged = z
  .object({
    changed: z.number().int(),
    refused: z.array(z.object({ index: z.number().int(), reason: SkipReason })),
  })
  .meta({ id: 'ListChanged' });
export type ListChanged = z.infer<typeof ListChanged>;

/** In the body, not in the address: addresses are logged. */
export const NumberAsked = z.object({ number: z.string().min(1).max(200) }).meta({ id: 'NumberAsked' });

export const InboundMessage = z
  .object({
    id: z.string(),
    /** E.164 where the operator tells it. */
    number: z.string(),
    to: z.string(),
    text: z.string(),
    /** The word that put the number on the opt-out list; empty: none. */
    keyword: z.string(),
    receivedAt: Instant,
  })
  .meta({ id: 'InboundMessage' });
export type InboundMessage = z.infer<typeof InboundMessage>;

const Listed = ListedNumber.pick({ source: true, by: true, at: true });

/** Everything that is kept about a number (GDPR art. 15). */
export const NumberRecord = z
  .object({
    number: z.string(),
    optOut: Listed.nullable(),
    marketingConsent: Listed.nullable(),
    /** Newest first, at most 5,000. */
    messages: z.array(
      z.object({
        id: z.string(),
        senderName: z.string(),
        recipientName: z.string(),
        text: z.string().nullable(),
        state: MessageState,
        stateAt: Instant,
      }),
    ),
    inbound: z.array(InboundMessage),
    /** In the registers of employees: company, reference and name. They are changed there. */
    employees: z.array(z.object({ companyId: z.string(), reference: z.string(), name: z.string() })),
  })
  .meta({ id: 'NumberRecord' });
export type NumberRecord = z.infer<typeof NumberRecord>;

/**
 * What an erasure did (GDPR art. 17). An opt-out stays, or the number would be texted again; employees stay in their
 * register until they are taken off it there.
 */
export const NumberErased = z
  .object({
    messages: z.number().int(),
    inbound: z.number().int(),
    consents: z.number().int(),
    /** Of the messages: those that still waited and were stopped. */
    stopped: z.number().int(),
    /** Being handed over at the moment, or of unknown fate: to be erased by asking again later. */
    underWay: z.number().int(),
    employees: z.number().int(),
  })
  .meta({ id: 'NumberErased' });
export type NumberErased = z.infer<typeof NumberErased>;
