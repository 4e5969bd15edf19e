import { z } from 'zod';
import { Email } from './email.ts';
import { Instant } from './paging.ts';

const Domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?=.{4,253}$)([a-z0-9](-?[a-z0-9])*\.)+[a-z]{2,}$/, 'A domain such as nowak.pl');

/** The organisation's OpenID Connect provider, as an administrator sets it up. */
export const SingleSignOnDraft = z
  .object({
    /** As the provider calls itself, e.g. `https://login.microsoftonline.com/…/v2.0`. */
    issuer: z.url({ protocol: /^https?$/ }).max(500),
    clientId: z.string().trim().min(1).max(300),
    /** Left out: the stored one stays. Empty: a public client, PKCE alone. */
    clientSecret: z.string().max(1000).optional(),
    /** Of e-mail addresses. Only people of the organisation itself can sign in through it. */
    domains: z.array(Domain).min(1).max(20),
    /** No codes by e-mail any more, but for administrators: nobody shuts everybody out. */
    required: z.boolean().default(false),
  })
  .meta({ id: 'SingleSignOnDraft' });
export type SingleSignOnDraft = z.infer<typeof SingleSignOnDraft>;

export const SingleSignOn = z
  .object({
    issuer: z.string(),
    clientId: z.string(),
    hasClientSecret: z.boolean(),
    domains: z.array(z.string()),
    required: z.boolean(),
    changedAt: Instant,
    /** To be entered at the provider. */
    redirectUri: z.string(),
  })
  .meta({ id: 'SingleSignOn' });
export type SingleSignOn = z.infer<typeof SingleSignOn>;

export const SignInWay = z.object({ email: Email }).meta({ id: 'SignInWay' });

/** Where to sign in; null: by a code that is mailed. The provider's way ends on a page with such a code, too. */
export const SignInPlace = z
  .object({
    provider: z
      .object({ url: z.string(), name: z.string(), /** No code is mailed. */ required: z.boolean() })
      .nullable(),
  })
  .meta({ id: 'SignInPlace' });
