import { z } from 'zod';
import { Instant } from './paging.ts';
import { AcceptedStatement, Slot, StatementAcceptance, StatementMail, Submission } from './statements.ts';

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

const kind = z.enum(['operator', 'authority', 'generic', 'keyword', 'imported']);

/** The same shapes as shared/sender-name's. */
export const NameRefusal = z
  .discriminatedUnion('code', [
    z.object({ code: z.literal('empty') }),
    z.object({ code: z.literal('too-long'), length: z.number().int(), limit: z.number().int() }),
    z.object({
      code: z.literal('character'),
      characters: z.array(
        z.object({
          character: z.string(),
          codePoint: z.string(),
          position: z.number().int(),
          plain: z.string(),
        }),
      ),
      more: z.number().int(),
      suggestion: z.string().optional(),
    }),
    z.object({ code: z.literal('blocked'), name: z.string(), kind }),
  ])
  .meta({ id: 'NameRefusal' });

export const NameWarning = z
  .discriminatedUnion('code', [
    z.object({ code: z.literal('digits-only') }),
    z.object({ code: z.literal('four-digits-in-a-row') }),
    z.object({ code: z.literal('too-short') }),
    z.object({ code: z.literal('first-name') }),
    z.object({ code: z.literal('contains-space'), shown: z.string() }),
    z.object({ code: z.literal('looks-like-blocked'), name: z.string(), kind }),
  ])
  .meta({ id: 'NameWarning' });

export const WarningCode = z.enum([
  'digits-only',
  'four-digits-in-a-row',
  'too-short',
  'first-name',
  'contains-space',
  'looks-like-blocked',
]);
export type WarningCode = z.infer<typeof WarningCode>;

export const NameQuestion = z
  .object({
    name: z.string().max(2000),
    /** With `intent`: what it would mean for this slot. */
    slot: Slot.default('program'),
    intent: z.enum(['add', 'change']).default('add'),
  })
  .meta({ id: 'NameQuestion' });

/**
 * What a typed name would meet. `taken` by another organisation never says whose. `effect` says what changing the slot's
 * name would do.
 */
export const NameAnswer = z
  .object({
    name: z.string(),
    refusals: z.array(NameRefusal),
    warnings: z.array(NameWarning),
    notices: z.array(z.object({ code: z.enum(['trimmed', 'spaces-collapsed']) })),
    taken: z
      .discriminatedUnion('by', [
        z.object({
          by: z.literal('organisation'),
          id: z.string(),
          state: SenderNameState,
          /** It can be chosen as it is (R24). */
          selectable: z.boolean(),
        }),
        z.object({ by: z.literal('another') }),
      ])
      .nullable(),
    effect: z.object({
      /** The same name as the current one: changing would do nothing (R27). */
      same: z.boolean(),
      /** Companies that send under this slot's name. */
      companies: z.number().int(),
      /** An authorised name goes out of use until the new one is authorised (R27). */
      stopsSending: z.boolean(),
      /** When the slot's name may be changed again; null: now. */
      lockedUntil: Instant.nullable(),
    }),
  })
  .meta({ id: 'NameAnswer' });
export type NameAnswer = z.infer<typeof NameAnswer>;

/** A new name with its accepted statement; `change` replaces the current name of the slot (R26). */
export const SenderNameDraft = z
  .object({
    name: z.string().max(2000),
    slot: Slot.default('program'),
    intent: z.enum(['add', 'change']).default('add'),
    /** The warnings that the user saw and accepted. */
    acceptedWarnings: z.array(WarningCode).max(20).default([]),
    statement: StatementAcceptance.optional(),
  })
  .meta({ id: 'SenderNameDraft' });
export type SenderNameDraft = z.infer<typeof SenderNameDraft>;

export const SenderNameEdit = z
  .object({ name: z.string().max(2000), acceptedWarnings: z.array(WarningCode).max(20).default([]) })
  .meta({ id: 'SenderNameEdit' });

export const TimelineEntry = z
  .object({
    at: Instant,
    state: SenderNameState,
    reason: z.string(),
    cause: z.enum(['user', 'operator', 'administrator']),
    /** The person's name, or the operator's. */
    by: z.string(),
    /** The operator's reply that an administrator acted on. */
    note: z.string(),
  })
  .meta({ id: 'TimelineEntry' });

/** What the user does next. */
export const NextStep = z
  .enum([
    /** Read and accept the owner's statement. */
    'accept-statement',
    /** Our server mails it: `POST …/submission`. */
    'submit',
    /** Open the mail program, then say "I have sent it": `POST …/sent`. */
    'send-yourself',
    /** The mail is being sent; ask again. */
    'sending',
    /** It may have gone out: look for the copy, then `…/sent` or `…/submission` with `resend`. */
    'check-and-resend',
    'wait',
    /** Longer than usual: send again. */
    'resend',
    'none',
  ])
  .meta({ id: 'NextStep' });
export type NextStep = z.infer<typeof NextStep>;

export const SenderNameDetail = SenderName.extend({
  next: NextStep,
  statement: AcceptedStatement.nullable(),
  mail: StatementMail.nullable(),
  submission: Submission.nullable(),
  /** While the operator decides: usually within 24 hours, never promised (R22). */
  wait: z.object({ since: Instant, usuallyUntil: Instant, longerThanUsual: z.boolean() }).nullable(),
  /** What the operator says of it, where it has a sender API. */
  operator: z
    .object({
      name: z.string(),
      state: z.enum(['pending', 'authorised', 'rejected', 'deactivated', 'unknown', 'not-listed']),
      statement: z.enum(['required', 'received', 'not-required', 'unknown']),
      note: z.string(),
      registeredAt: Instant.nullable(),
      askedAt: Instant,
    })
    .nullable(),
  timeline: z.array(TimelineEntry),
}).meta({ id: 'SenderNameDetail' });
export type SenderNameDetail = z.infer<typeof SenderNameDetail>;

/** The operator's answer, recorded by an administrator with the reply as the note (R11). */
export const RecordedAnswer = z
  .object({
    answer: z.enum(['authorised', 'rejected', 'deactivated']),
    /** The operator's reply: required. */
    note: z.string().trim().max(4000).default(''),
    /** Why it was rejected or deactivated, shown to everyone. */
    reason: z.string().trim().max(500).default(''),
  })
  .meta({ id: 'RecordedAnswer' });

const NameReference = z.object({ id: z.string(), name: z.string(), state: SenderNameState, since: Instant });

/** The current name of one scope. */
export const SlotState = z
  .object({
    slot: Slot,
    /** The company's name; empty for the program. */
    company: z.string(),
    /** The slot's own name; null: a company sends under the program's, the program has none. */
    current: NameReference.nullable(),
    /** The name that is sent under, and where it comes from (R7). */
    effective: NameReference.extend({ source: z.enum(['program', 'individual']) }).nullable(),
    /** Whether anything can be sent under it. */
    maySend: z.boolean(),
    lastChangeAt: Instant.nullable(),
    /** When it may be changed again; null: now (R28). */
    lockedUntil: Instant.nullable(),
    /** A change that was accepted and not yet submitted. */
    openChange: NameReference.nullable(),
    /** Companies that a change of this slot touches. */
    companies: z.number().int(),
  })
  .meta({ id: 'SlotState' });
export type SlotState = z.infer<typeof SlotState>;

export const Slots = z
  .object({
    /** Null: SMS can be configured. `mail-account-missing`: a mail account comes first (R3). */
    closed: z.enum(['mail-account-missing']).nullable(),
    program: SlotState,
    companies: z.array(SlotState),
    /** The server's time, to count the lock from. */
    at: Instant,
  })
  .meta({ id: 'Slots' });
export type Slots = z.infer<typeof Slots>;

export const SlotSelection = z
  .object({
    senderNameId: z.string().min(1).max(60),
    /** Only say what it would do. */
    dryRun: z.boolean().default(false),
    /** How many companies the user was told it touches: refused as changed meanwhile when it is another number. */
    companies: z.number().int().nonnegative().optional(),
  })
  .meta({ id: 'SlotSelection' });

export const SlotMove = z
  .object({
    applied: z.boolean(),
    slot: Slot,
    from: NameReference.nullable(),
    to: NameReference.nullable(),
    companies: z.number().int(),
    /** The first hundred of them, by name. */
    companyNames: z.array(z.string()),
    /** The new name is not authorised while the old one is. */
    stopsSending: z.boolean(),
  })
  .meta({ id: 'SlotMove' });
export type SlotMove = z.infer<typeof SlotMove>;
