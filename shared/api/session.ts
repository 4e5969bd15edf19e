import { z } from 'zod';
import { Email } from './email.ts';
import { Instant } from './paging.ts';
import { SenderNameState } from './sender-names.ts';

/**
 * `administrator` configures, names, people, packages; `sender` sends for the companies listed for them;
 * `hr` sends on HRM sites of those companies.
 */
export const Role = z.enum(['administrator', 'sender', 'hr']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

export { Email };

/** Ask for a one-time code by e-mail. The answer is the same whether the address is known or not. */
export const CodeRequest = z.object({ email: Email }).meta({ id: 'CodeRequest' });
export type CodeRequest = z.infer<typeof CodeRequest>;

export const SignIn = z
  .object({
    email: Email,
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/),
  })
  .meta({ id: 'SignIn' });
export type SignIn = z.infer<typeof SignIn>;

export const SignedIn = z.object({ token: z.string(), expiresAt: Instant }).meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

/** The sender name that a company sends under, and where it comes from (R7). */
export const EffectiveName = z
  .object({
    id: z.string(),
    name: z.string(),
    state: SenderNameState,
    /** When it came into that state. */
    since: Instant,
    source: z.enum(['program', 'individual']),
  })
  .meta({ id: 'EffectiveName' });
export type EffectiveName = z.infer<typeof EffectiveName>;

/** A company as the signed-in person may use it. */
export const SendingCompany = z
  .object({
    id: z.string(),
    name: z.string(),
    effectiveName: EffectiveName.nullable(),
    hrmPermission: z.boolean(),
  })
  .meta({ id: 'SendingCompany' });
export type SendingCompany = z.infer<typeof SendingCompany>;

/** Who is signed in, and everything that the composer needs to say before a send whether it can go. */
export const Session = z
  .object({
    person: z.object({ id: z.string(), email: z.string(), name: z.string(), roles: z.array(Role) }),
    organisation: z.object({
      id: z.string(),
      name: z.string(),
      hasCrm: z.boolean(),
      hasMailAccount: z.boolean(),
    }),
    companies: z.array(SendingCompany),
    /** Parts left in the package. */
    balance: z.number().int(),
    /** Fewer than the organisation wants to have. */
    balanceLow: z.boolean(),
    operator: z.object({ name: z.string(), maximumParts: z.number().int(), sandbox: z.boolean() }),
    expiresAt: Instant,
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
