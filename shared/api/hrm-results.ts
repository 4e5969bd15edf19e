import { z } from 'zod';
import { HrmEventId, HrmNotificationState } from './hrm.ts';
import { Instant, PageQuery } from './paging.ts';

/** A day, `2026-11-24`. */
const Day = z.iso.date();

// Reports ----------------------------------------------------------------------------------------------------------

/** `GET /v1/companies/{id}/hrm/report` and, with the same query, `report.csv`. */
export const HrmReportQuery = PageQuery.extend({
  from: Day.optional(),
  /** That day included. */
  to: Day.optional(),
  event: HrmEventId.optional(),
  /** Whom it is about, or who was told. */
  employee: z.string().trim().max(120).optional(),
  state: HrmNotificationState.optional(),
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
