import { z } from 'zod';
import { Email } from './email.ts';
import { Instant } from './paging.ts';

/**
 * How the connection to the mail server is secured: `tls` from the first byte (465), `starttls` after the greeting and never
 * without it (587), `none` for a server within one's own walls.
 */
export const MailSecurity = z.enum(['tls', 'starttls', 'none']).meta({ id: 'MailSecurity' });
export type MailSecurity = z.infer<typeof MailSecurity>;

/** A host name or an IP address; not an address with a scheme, a port or a path. */
const Host = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(253)
  .regex(
    /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$|^[0-9a-f:]+$/,
  );

/** One line: what ends a line would start another command or header. */
const line = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !/[\p{Cc}\u2028\u2029]/u.test(text), {
      message: 'One line, without control characters',
    });

export const MailAccountDraft = z
  .object({
    host: Host,
    port: z.number().int().min(1).max(65_535),
    security: MailSecurity,
    /** Empty: the server asks for no sign-in. */
    user: line(254).trim().default(''),
    /** Absent: keep the one that is stored. It is never shown again. */
    password: line(1000).optional(),
    /** From address of statements; answers of the operator come here. */
    address: Email,
  })
  .meta({ id: 'MailAccountDraft' });
export type MailAccountDraft = z.infer<typeof MailAccountDraft>;

export const MailAccount = z
  .object({
    host: z.string(),
    port: z.number().int(),
    security: MailSecurity,
    user: z.string(),
    hasPassword: z.boolean(),
    address: z.string(),
    changedAt: Instant,
    /** When a test mail last went out through these very settings; null: not since they were changed. */
    testedAt: Instant.nullable(),
  })
  .meta({ id: 'MailAccount' });
export type MailAccount = z.infer<typeof MailAccount>;

/** Why a mail server did not take a mail. Each has a text of its own. */
export const mailFailures = [
  'unreachable',
  'time-out',
  'tls',
  'login-refused',
  'sender-refused',
  'recipient-refused',
  'message-refused',
  'dropped',
  'protocol',
  'interrupted',
] as const;
export const MailFailure = z.enum(mailFailures).meta({ id: 'MailFailure' });
export type MailFailure = z.infer<typeof MailFailure>;

/** The test mail was taken by the server; whether it arrives, its reader sees. */
export const MailTested = z.object({ to: z.string(), at: Instant }).meta({ id: 'MailTested' });
