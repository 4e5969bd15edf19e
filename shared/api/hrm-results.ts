import { z } from 'zod';
import { HrmEventId, HrmLanguage, HrmNotificationState } from './hrm.ts';
import { Instant, PageQuery } from './paging.ts';

/** A day, `2026-11-24`. */
const Day = z.iso.date();

// Reports ----------------------------------------------------------------------------------------------------------

/** `GET /v1/companies/{id}/hrm/report` and, with the same query, `report.csv`. */
export const HrmReportQuery = PageQuery.extend({
  /** Days are the company's. */
  from: Day.optional(),
  /** That day included. */
  to: Day.optional(),
  event: HrmEventId.optional(),
  /** Whom it is about, or who was told: a reference or a part of the name. */
  employee: z.string().trim().max(120).optional(),
  state: HrmNotificationState.optional(),
  /** Of one call. */
  call: z.string().max(60).optional(),
});

/** Of `report.csv`, which has all rows at once. */
export const HrmReportFile = HrmReportQuery.omit({ cursor: true, limit: true }).extend({
  /** Of its headings; with `pl` semicolons separate, as Polish spreadsheets expect. */
  language: HrmLanguage.default('pl'),
});

/** Who was told of what, when, and whether it came. */
export const HrmReportRow = z
  .object({
    id: z.number().int(),
    callId: z.string(),
    at: Instant,
    event: HrmEventId,
    /** Whom it is about. */
    employee: z.string(),
    /** Who was told: that employee, or the superior. */
    person: z.string(),
    name: z.string(),
    /** Masked for who may not see it; empty once erased. */
    number: z.string(),
    state: HrmNotificationState,
    stateAt: Instant,
    reason: z.string(),
    /** Null: not written yet, erased, or for the recipient alone. */
    text: z.string().nullable(),
    /** How many notifications the message carried. */
    together: z.number().int(),
  })
  .meta({ id: 'HrmReportRow' });
export type HrmReportRow = z.infer<typeof HrmReportRow>;

// Webhook ----------------------------------------------------------------------------------------------------------

/** `PUT /v1/companies/{id}/hrm/webhook`. Setting it anew makes a new secret. */
export const HrmWebhookDraft = z
  .object({ url: z.url({ protocol: /^https?$/ }).max(500) })
  .meta({ id: 'HrmWebhookDraft' });

export const HrmWebhook = z
  .object({
    url: z.string(),
    /** When it last took something; null: never. */
    deliveredAt: Instant.nullable(),
    /** It has taken nothing since; null: all is well. */
    failingSince: Instant.nullable(),
    lastError: z.string(),
    /** Results that wait to be told. */
    waiting: z.number().int(),
    /** Failed for so long that nothing is tried any more: set it anew. */
    disabled: z.boolean(),
  })
  .meta({ id: 'HrmWebhook' });
export type HrmWebhook = z.infer<typeof HrmWebhook>;

/** The answer to setting it: the secret (`whsec_…`, Standard Webhooks) is shown this once. */
export const HrmWebhookMade = HrmWebhook.extend({ secret: z.string() }).meta({ id: 'HrmWebhookMade' });

/** One webhook as it was sent, or is to be: `GET /v1/companies/{id}/hrm/webhook/deliveries`, newest first. */
export const HrmWebhookDelivery = z
  .object({
    /** The `webhook-id`, the same on every try. */
    id: z.string(),
    type: z.enum(['hrm.notifications.settled', 'hrm.test']),
    createdAt: Instant,
    state: z.enum(['waiting', 'delivered', 'failed']),
    tries: z.number().int(),
    /** Of its state: when it was taken or given up; of one that waits, when it is tried next. */
    at: Instant,
    /** HTTP status of the last answer; null: none came. */
    status: z.number().int().nullable(),
    /** Why the last try failed; empty: it did not. */
    error: z.string(),
    /** How many results it tells. */
    results: z.number().int(),
  })
  .meta({ id: 'HrmWebhookDelivery' });
export type HrmWebhookDelivery = z.infer<typeof HrmWebhookDelivery>;

/** The body of `POST /v1/companies/{id}/hrm/webhook/test`. */
export const HrmWebhookTest = z
  .object({
    type: z.literal('hrm.test'),
    timestamp: z.iso.datetime(),
    data: z.object({ companyId: z.string() }),
  })
  .meta({ id: 'HrmWebhookTest' });

/** The body of a webhook: what became of notifications, up to 500 in one. */
export const HrmResults = z
  .object({
    type: z.literal('hrm.notifications.settled'),
    timestamp: z.iso.datetime(),
    data: z.object({
      companyId: z.string(),
      results: z.array(
        z.object({
          callId: z.string(),
          event: HrmEventId,
          /** Place in the call. */
          index: z.number().int(),
          employee: z.string(),
          person: z.string(),
          state: HrmNotificationState,
          reason: z.string(),
          at: Instant,
        }),
      ),
    }),
  })
  .meta({ id: 'HrmResults' });
export type HrmResults = z.infer<typeof HrmResults>;
