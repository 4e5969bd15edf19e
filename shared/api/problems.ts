import { z } from 'zod';
import { senderNameProblems } from './sender-name-problems.ts';

/**
 * Every error that the API answers with, in one place (RFC 9457 `application/problem+json`).
 * `title` and `fix` are for developers reading an answer; people read the translation of the code.
 */
export const problems = {
  'invalid-request': {
    status: 400,
    title: 'The request does not have the expected form',
    fix: 'Correct the fields listed in errors and send it again.',
  },
  'invalid-json': {
    status: 400,
    title: 'The body is not JSON',
    fix: 'Send a JSON object with Content-Type: application/json.',
  },
  'idempotency-key-required': {
    status: 400,
    title: 'A send needs an Idempotency-Key header',
    fix: 'Make a new random key for each send and repeat it when you retry that send.',
  },
  'invalid-code': {
    status: 400,
    title: 'The sign-in code is wrong or too old',
    fix: 'Check the code in the newest e-mail, or ask for a new one.',
  },
  'sign-in-provider-unusable': {
    status: 422,
    title: 'The sign-in provider does not answer as OpenID Connect says',
    fix: 'Compare the issuer, the client and its secret with the provider; detail says which step failed.',
  },
  unauthenticated: {
    status: 401,
    title: 'The session is missing or has ended',
    fix: 'Sign in again and repeat the request.',
  },
  'insufficient-parts': {
    status: 402,
    title: 'The package does not cover this batch',
    fix: 'Buy a package for the missing parts, shorten the text, or send to fewer people.',
  },
  'quota-exceeded': {
    status: 402,
    title: 'The company has used up its parts of this month',
    fix: 'Ask an administrator for a higher quota, shorten the text, or send to fewer people.',
  },
  forbidden: {
    status: 403,
    title: 'Your role does not permit this',
    fix: 'Ask an administrator of your organisation.',
  },
  'company-not-permitted': {
    status: 403,
    title: 'You may not send for this company',
    fix: 'Ask an administrator to add the company to your account.',
  },
  'sender-name-missing': {
    status: 403,
    title: 'No sender name is set for this company',
    fix: 'Add a sender name in the settings, for the program or for this company.',
  },
  'sender-name-not-authorised': {
    status: 403,
    title: 'The sender name is not authorised',
    fix: 'Wait for the operator, usually within 24 h of sending the statement, or select another authorised name.',
  },
  'operator-missing': {
    status: 403,
    title: 'No operator account is set up',
    fix: 'An administrator adds one: Settings → Program → SMS → Operator accounts.',
  },
  'hrm-not-permitted': {
    status: 403,
    title: 'The company does not permit SMS notifications from HRM',
    fix: 'An administrator can switch it on: Settings of the company → Payroll → HRM.',
  },
  'hrm-event-off': {
    status: 403,
    title: 'The company has switched this HRM event off',
    fix: 'An administrator can switch it on: Settings of the company → Payroll → HRM → Events.',
  },
  'mail-account-missing': {
    status: 403,
    title: 'SMS cannot be configured before a mail account exists',
    fix: 'Set up a mail account: Program → CRM → Mail accounts.',
  },
  'not-found': {
    status: 404,
    title: 'There is no such thing here',
    fix: 'Check the address and the id.',
  },
  'method-not-allowed': {
    status: 405,
    title: 'This address does not take that method',
    fix: 'See the Allow header.',
  },
  conflict: {
    status: 409,
    title: 'It was changed meanwhile',
    fix: 'Read it again and repeat your change.',
  },
  'sender-name-taken': {
    status: 409,
    title: 'The sender name is already registered',
    fix: 'Choose another name, or select it from your list if it is yours.',
  },
  'already-exists': {
    status: 409,
    title: 'It exists already',
    fix: 'Use the existing one, or choose another name.',
  },
  'body-too-large': {
    status: 413,
    title: 'The body is too large',
    fix: 'Send fewer recipients in a call.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used with another body',
    fix: 'Make a new key for a new send.',
  },
  'text-too-long': {
    status: 422,
    title: 'The text is longer than the operator takes',
    fix: 'Shorten the text.',
  },
  'fields-missing': {
    status: 422,
    title: 'The text uses fields that some recipients do not have',
    fix: 'Fill the fields, give a default like {Name|Customer}, or leave those recipients out.',
  },
  'no-recipients': {
    status: 422,
    title: 'No recipient can get this text',
    fix: 'See the reason beside each recipient.',
  },
  'import-refused': {
    status: 422,
    title: 'Some lines of the file cannot be read; nothing was imported',
    fix: 'Correct the lines listed in errors and import the whole file again.',
  },
  'sender-name-refused': {
    status: 422,
    title: 'The sender name breaks a rule',
    fix: 'See errors for each rule.',
  },
  ...senderNameProblems,
  'rate-limited': {
    status: 429,
    title: 'Too many requests',
    fix: 'Wait for the seconds in Retry-After.',
  },
  internal: {
    status: 500,
    title: 'Something failed on our side',
    fix: 'Try again. If it goes on, report the requestId.',
  },
  unavailable: {
    status: 503,
    title: 'The service is not ready',
    fix: 'Try again in a moment.',
  },
} as const satisfies Record<string, { status: number; title: string; fix: string }>;

export type ProblemCode = keyof typeof problems;

/** One field that is wrong. `path` is a JSON Pointer (RFC 6901) into the request's body, query or headers. */
export const ProblemError = z
  .object({ path: z.string(), code: z.string(), detail: z.string() })
  .meta({ id: 'ProblemError' });
export type ProblemError = z.infer<typeof ProblemError>;

/** RFC 9457 problem details, with what to do next. `facts` holds the figures that the translation needs. */
export const Problem = z
  .object({
    type: z.string(),
    code: z.string(),
    status: z.number().int(),
    title: z.string(),
    detail: z.string(),
    fix: z.string(),
    errors: z.array(ProblemError),
    facts: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** Facts that a code always carries, so that both sides agree on their names. */
export interface ProblemFacts {
  'insufficient-parts': { needed: number; balance: number; shortfall: number };
  'quota-exceeded': { needed: number; left: number; quota: number; month: string };
  'sender-name-not-authorised': { name: string; state: string; since: string };
  'text-too-long': { parts: number; limit: number };
  /** Own name: its id and state; another organisation's: nothing but that. */
  'sender-name-taken': { by: 'organisation' | 'another'; id: string | null; state: string | null };
  'change-locked': { lockedUntil: string };
  'mail-not-sent': { failure: string; detail: string };
}

/** What a use case throws and the API answers with. */
export class ProblemException extends Error {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly facts: Problem['facts'];
  readonly errors: ProblemError[];
  readonly headers: Record<string, string>;

  constructor(
    code: ProblemCode,
    more: {
      detail?: string;
      facts?: Problem['facts'];
      errors?: ProblemError[];
      headers?: Record<string, string>;
    } = {},
  ) {
    super(`${code}: ${more.detail ?? problems[code].title}`);
    this.name = 'ProblemException';
    this.code = code;
    this.detail = more.detail ?? problems[code].title;
    this.facts = more.facts ?? {};
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}
