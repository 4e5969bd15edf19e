import { z } from 'zod';
import { Instant } from './paging.ts';

const Words = z.object({ pl: z.string(), en: z.string() });

/** An operator that can be set up, with a form that describes itself: the interface needs no code for each. */
export const OperatorKind = z
  .object({
    name: z.string(),
    title: Words,
    /** What to prepare in the operator's panel first. */
    intro: Words,
    fields: z.array(
      z.object({
        key: z.string(),
        kind: z.enum(['text', 'secret', 'number', 'switch', 'choice']),
        /** Encrypted at rest, never shown again. */
        secret: z.boolean(),
        required: z.boolean(),
        label: Words,
        help: Words,
        choices: z.array(z.object({ value: z.string(), label: Words })).optional(),
      }),
    ),
  })
  .meta({ id: 'OperatorKind' });
export type OperatorKind = z.infer<typeof OperatorKind>;

const Setting = z.union([z.string().max(2000), z.number(), z.boolean(), z.null()]);
/** By the keys of the form. */
export const OperatorSettings = z.record(z.string().max(60), Setting).meta({ id: 'OperatorSettings' });
export type OperatorSettings = z.infer<typeof OperatorSettings>;

/** Why nothing goes out over an account, or under a name of it, at the moment. */
export const OperatorPause = z
  .object({
    /** `administrator` until resumed; `operator` until it has worked again or the time is over. */
    by: z.enum(['administrator', 'operator']),
    /** Empty: the whole account. */
    senderName: z.string(),
    /** The administrator's words, or the operator's. */
    reason: z.string(),
    since: Instant,
    /** Null: until somebody resumes it. */
    until: Instant.nullable(),
  })
  .meta({ id: 'OperatorPause' });
export type OperatorPause = z.infer<typeof OperatorPause>;

/** What the operator said is left, read hourly. */
export const OperatorBalance = z
  .object({
    /** Null: no limit, or it has not told yet (`readAt` null). */
    amount: z.number().nullable(),
    /** `points` are the operator's own money. Empty until it has told. */
    unit: z.enum(['messages', 'points', '']),
    readAt: Instant.nullable(),
    /** The operator's words when it did not tell; empty otherwise. */
    trouble: z.string(),
    /** Under `lowBalance`. */
    low: z.boolean(),
  })
  .meta({ id: 'OperatorBalance' });
export type OperatorBalance = z.infer<typeof OperatorBalance>;

export const OperatorAccount = z
  .object({
    id: z.string(),
    operator: z.string(),
    title: z.string(),
    /** Without secrets. */
    settings: OperatorSettings,
    /** Keys of the secrets that are stored. */
    secrets: z.array(z.string()),
    /** Null: this server cannot run it. It says why in `trouble`. */
    running: z.boolean(),
    trouble: z.string(),
    pauses: z.array(OperatorPause),
    /** Null: the operator does not tell. */
    balance: OperatorBalance.nullable(),
    /** Administrators are mailed when the balance falls under it. */
    lowBalance: z.number().nullable(),
    /** Where the operator pushes delivery reports; contains the account's secret. */
    reportsUrl: z.string(),
    createdAt: Instant,
  })
  .meta({ id: 'OperatorAccount' });
export type OperatorAccount = z.infer<typeof OperatorAccount>;

const title = z.string().trim().min(1).max(80);
const lowBalance = z.number().min(0).max(1e9).nullable();

export const OperatorAccountDraft = z
  .object({
    operator: z.string().min(1).max(60),
    title,
    /** Secrets included. */
    settings: OperatorSettings,
    lowBalance: lowBalance.default(null),
  })
  .meta({ id: 'OperatorAccountDraft' });
export type OperatorAccountDraft = z.infer<typeof OperatorAccountDraft>;

/** Secrets that are left out stay as they are. */
export const OperatorAccountChange = z
  .object({ title, settings: OperatorSettings, lowBalance })
  .partial()
  .meta({ id: 'OperatorAccountChange' });
export type OperatorAccountChange = z.infer<typeof OperatorAccountChange>;

export const OperatorAccountPause = z
  .object({ reason: z.string().trim().min(1).max(200) })
  .meta({ id: 'OperatorAccountPause' });

/** Which account takes which messages. Empty lists: all of them. */
export const OperatorRoute = z
  .object({
    accountId: z.string().min(1).max(60),
    /** Beginnings of numbers, e.g. `+48`. */
    prefixes: z.array(z.string().regex(/^\+[1-9]\d{0,6}$/)).max(300),
    companyIds: z.array(z.string().min(1).max(60)).max(1000),
  })
  .meta({ id: 'OperatorRoute' });
export type OperatorRoute = z.infer<typeof OperatorRoute>;

/**
 * In the order in which they are tried: a message goes to the first that fits it and is not paused, and to the next
 * only when that one has proven that it did not take it.
 */
export const OperatorRoutes = z
  .object({ routes: z.array(OperatorRoute).max(100) })
  .meta({ id: 'OperatorRoutes' });
export type OperatorRoutes = z.infer<typeof OperatorRoutes>;

/** A callback about a message that nobody knows. It is kept, and matched should the message turn up within three days. */
export const UnknownReport = z
  .object({
    id: z.string(),
    accountId: z.string(),
    /** The account's; empty once it is deleted. */
    title: z.string(),
    receivedAt: Instant,
    /** As the operator called, at most 2,000 characters. */
    raw: z.string(),
    /** What it says, as far as the account still runs. */
    reports: z.array(
      z.object({
        operatorMessageId: z.string().nullable(),
        ourId: z.string().nullable(),
        state: z.string(),
        detail: z.string(),
      }),
    ),
  })
  .meta({ id: 'UnknownReport' });
export type UnknownReport = z.infer<typeof UnknownReport>;
