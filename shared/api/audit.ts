import { z } from 'zod';
import { Instant, PageQuery } from './paging.ts';

/** What the acts of an area begin with: `sender-name.added` is of `names`. */
export const auditAreas = {
  names: ['sender-name', 'statement', 'slot', 'blocked-names', 'mail-account'],
  companies: ['organisation', 'company'],
  people: ['person', 'api-key', 'session', 'single-sign-on'],
  sites: ['site', 'template'],
  packages: ['package', 'operator-account', 'operator-routes'],
  hrm: ['hrm'],
  privacy: ['marketing-consents', 'opt-outs', 'number'],
  sending: ['batch', 'message'],
} as const satisfies Record<string, readonly string[]>;

export const AuditArea = z
  .enum(Object.keys(auditAreas) as [keyof typeof auditAreas])
  .meta({ id: 'AuditArea' });
export type AuditArea = z.infer<typeof AuditArea>;

/** Acts that come with every sending; they stand in the history, and are left out unless they are asked for. */
export const auditedSendings = ['batch.accepted', 'hrm.notified'] as const;

/** Who did what, and when. Records are only ever added. */
export const AuditEntry = z
  .object({
    id: z.string(),
    at: Instant,
    /** Like `company.changed`. */
    act: z.string(),
    by: z.object({
      id: z.string(),
      kind: z.enum(['person', 'api-key', 'operator', 'system']),
      /** The person's or key's name, or the operator's; empty where it is known no more. */
      name: z.string(),
    }),
    /** Id of what it was done to. */
    subject: z.string(),
    /** What that is called now; empty where it has no name, or is gone. */
    subjectName: z.string(),
    /** What was changed; no secrets and no phone numbers. */
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditQuery = PageQuery.extend({
  area: AuditArea.optional(),
  /** Also what comes with every sending; of the area `sending` they always are. */
  sendings: z.enum(['true', 'false']).default('false'),
  /** Id of whoever did it. */
  by: z.string().max(60).optional(),
  /** Id of what it was done to. */
  subject: z.string().max(60).optional(),
  /** Not before, milliseconds since the epoch. */
  from: z.coerce.number().int().nonnegative().optional(),
  /** Before, milliseconds since the epoch. */
  until: z.coerce.number().int().nonnegative().optional(),
});
export type AuditQuery = z.infer<typeof AuditQuery>;
