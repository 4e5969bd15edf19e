import { z } from 'zod';
import { wholeNumber } from '../exchange.ts';
import type { DeliveryReport } from '../operator.ts';

const sid = z.string().regex(/^(SM|MM)[0-9a-zA-Z]{32}$/);

/** A message id of Twilio's form, safe in a path; else null. */
export function sidOf(value: unknown): string | null {
  return sid.safeParse(value).data ?? null;
}

/** A Message of Twilio's REST API, as far as it is read here. */
export const messageResource = z.object({
  sid,
  status: z.string().catch(''),
  body: z.string().catch(''),
  to: z.string().catch(''),
  direction: z.string().catch(''),
  /** A string; 0 until a messaging service has decided. */
  num_segments: z.unknown().optional(),
  error_code: wholeNumber.nullable().catch(null),
  /** RFC 2822. */
  date_created: z.string().nullable().catch(null),
  date_updated: z.string().nullable().catch(null),
});
export type MessageResource = z.infer<typeof messageResource>;

const states: Readonly<Record<string, DeliveryReport['state']>> = {
  queued: 'accepted',
  accepted: 'accepted',
  scheduled: 'accepted',
  sending: 'accepted',
  sent: 'accepted',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'rejected',
  canceled: 'rejected',
};

export function stateOf(status: string): DeliveryReport['state'] {
  return states[status] ?? 'unknown';
}

export function moment(rfc2822: string | null): number | null {
  const at = rfc2822 === null ? Number.NaN : Date.parse(rfc2822);
  return Number.isNaN(at) ? null : at;
}
