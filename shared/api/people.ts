import { z } from 'zod';
import { Email, Role } from './session.ts';

export const Person = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    roles: z.array(Role),
    /** Companies that a sender or hr person sends for; an administrator may use all. */
    companies: z.array(z.string()),
  })
  .meta({ id: 'Person' });
export type Person = z.infer<typeof Person>;

export const PersonDraft = z
  .object({
    email: Email,
    name: z.string().trim().min(1).max(120),
    roles: z.array(Role).min(1),
    companies: z.array(z.string()).max(1000).default([]),
  })
  .meta({ id: 'PersonDraft' });
export const PersonChange = PersonDraft.omit({ email: true }).partial().meta({ id: 'PersonChange' });

/** Scopes of an API key: `send`, `hrm:notify`, `read`. The secret is shown once, when the key is made. */
export const ApiKeyScope = z.enum(['send', 'hrm:notify', 'read']).meta({ id: 'ApiKeyScope' });
export type ApiKeyScope = z.infer<typeof ApiKeyScope>;
export const ApiKeyDraft = z
  .object({
    name: z.string().trim().min(1).max(120),
    scopes: z.array(ApiKeyScope).min(1),
    companies: z.array(z.string()).max(1000),
  })
  .meta({ id: 'ApiKeyDraft' });
export const ApiKey = ApiKeyDraft.extend({
  id: z.string(),
  createdAt: z.number().int(),
  lastUsedAt: z.number().int().nullable(),
}).meta({ id: 'ApiKey' });
export const ApiKeyMade = ApiKey.extend({ secret: z.string() }).meta({ id: 'ApiKeyMade' });
export type ApiKey = z.infer<typeof ApiKey>;
