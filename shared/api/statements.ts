import { z } from 'zod';
import { MailFailure } from './mail-accounts.ts';
import { Instant } from './paging.ts';

export const StatementLanguage = z.enum(['pl', 'en']).meta({ id: 'StatementLanguage' });
export const StatementVariant = z.enum(['crm', 'without-crm']).meta({ id: 'StatementVariant' });

/** Which slot a name is for: `program`, or a company's id. */
export const Slot = z.string().min(1).max(60);

/** What the statement for a name would say; nothing is stored. */
export const StatementQuestion = z
  .object({
    slot: Slot,
    /** May be empty: the preview shows a blank. */
    name: z.string().max(200).default(''),
    /** Whose stamp, in the program scope of several companies (R15). */
    companyId: z.string().max(60).nullable().default(null),
    language: StatementLanguage.default('pl'),
  })
  .meta({ id: 'StatementQuestion' });
export type StatementQuestion = z.infer<typeof StatementQuestion>;

const StampField = z.enum(['company', 'address', 'nip']);

export const StatementDraft = z
  .object({
    variant: StatementVariant,
    version: z.string(),
    language: StatementLanguage,
    title: z.string(),
    /** As it stands with what is known; empty fields are `________`. The form renders it again as it is edited. */
    text: z.string(),
    /** Whose stamp it was filled from; null: still to be chosen from `companies`. */
    companyId: z.string().nullable(),
    companies: z.array(z.object({ id: z.string(), name: z.string() })),
    company: z.string(),
    address: z.string(),
    nip: z.string(),
    /** Fields of the stamp that are empty: required, to be highlighted. */
    missing: z.array(StampField),
    nipValid: z.boolean(),
    signatory: z.string(),
    /** Of the person signed in; it is where the copy goes and cannot be another's. */
    email: z.string(),
    /** Where the statement goes. */
    to: z.string(),
    /** The server's time, for the date in the text. */
    at: Instant,
  })
  .meta({ id: 'StatementDraft' });
export type StatementDraft = z.infer<typeof StatementDraft>;

/** The owner's acceptance (R13–R16). Nothing is stored without it. */
export const StatementAcceptance = z
  .object({
    companyId: z.string().max(60).nullable().default(null),
    company: z.string().trim().max(200),
    address: z.string().trim().max(300),
    nip: z.string().trim().max(40),
    signatory: z.string().trim().max(120),
    language: StatementLanguage.default('pl'),
    /** Of the text that was shown. */
    version: z.string().max(40),
    /** The text that was shown: when given, it must be exactly the one that would be stored. */
    text: z.string().max(5000).optional(),
    /** "I accept the statement": unticked by default. */
    accepted: z.boolean().default(false),
    /** "I may represent the owner" (R14). */
    representation: z.boolean().default(false),
    /** Write the company's name, address and NIP back to its stamp, by explicit choice (R16). */
    saveStamp: z.boolean().default(false),
  })
  .meta({ id: 'StatementAcceptance' });
export type StatementAcceptance = z.infer<typeof StatementAcceptance>;

export const ScanKind = z.enum(['application/pdf', 'image/png', 'image/jpeg']);
export type ScanKind = z.infer<typeof ScanKind>;

/** A signed scan of the statement. */
export const Scan = z
  .object({
    kind: ScanKind,
    /** Bytes. */
    size: z.number().int(),
    uploadedAt: Instant,
  })
  .meta({ id: 'Scan' });
export type Scan = z.infer<typeof Scan>;

/** A statement as it was accepted; it never changes afterwards. */
export const AcceptedStatement = z
  .object({
    id: z.string(),
    version: z.string(),
    variant: StatementVariant,
    language: StatementLanguage,
    title: z.string(),
    text: z.string(),
    companyId: z.string().nullable(),
    company: z.string(),
    address: z.string(),
    nip: z.string(),
    signatory: z.string(),
    email: z.string(),
    acceptedAt: Instant,
    acceptedBy: z.string(),
    submittedAt: Instant.nullable(),
    /** The slot whose current name this one replaces (R26); null: an added name. */
    changesSlot: z.string().nullable(),
    scan: Scan.nullable(),
  })
  .meta({ id: 'AcceptedStatement' });
export type AcceptedStatement = z.infer<typeof AcceptedStatement>;

/**
 * The e-mail to the operator. `mailto` opens the mail program; where `shortened`, its body was cut and the whole one is to be
 * copied. Null where our server mails it.
 */
export const StatementMail = z
  .object({
    to: z.string(),
    cc: z.string().nullable(),
    subject: z.string(),
    body: z.string(),
    mailto: z.object({ url: z.string(), shortened: z.boolean() }).nullable(),
  })
  .meta({ id: 'StatementMail' });

/**
 * What became of the e-mail: `failed` was certainly not taken, `unknown` may have been (the copy in one's own mailbox
 * tells), and is never mailed again by itself.
 */
export const Submission = z
  .object({
    id: z.string(),
    state: z.enum(['sending', 'sent', 'failed', 'unknown']),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    failure: MailFailure.nullable(),
    /** The mail server's own words. */
    detail: z.string(),
  })
  .meta({ id: 'Submission' });
export type Submission = z.infer<typeof Submission>;

export const SubmissionRequest = z
  .object({
    /** Mail it although it may have arrived: after `unknown`, or when the answer takes longer than usual. */
    resend: z.boolean().default(false),
  })
  .meta({ id: 'SubmissionRequest' });
