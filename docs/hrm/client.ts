/**
 * An HRM application's side of Nadpis, small enough to be read whole and copied into another language. Node 24 runs it as
 * it is; it needs no package.
 */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** What was refused, as the server says it (RFC 9457): tell people `code`, and developers `fix`. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly fix: string;
  readonly errors: { path: string; code: string; detail: string }[];

  /** @param problem the body; a proxy in between may have answered with something else */
  constructor(status: number, problem: Partial<Refused> & { detail?: string }) {
    super(`${problem.code ?? `HTTP ${status}`}: ${problem.detail ?? ''}`);
    this.status = status;
    this.code = problem.code ?? '';
    this.fix = problem.fix ?? '';
    this.errors = problem.errors ?? [];
  }
}

export interface Employee {
  /** The employee's number in your application. */
  reference: string;
  name?: string;
  businessPhone?: string;
  privatePhone?: string;
  smsPhone?: string;
  /** The superior's reference. */
  superior?: string;
  language?: 'pl' | 'en' | null;
}

export interface Told {
  reference?: string;
  name?: string;
  phone?: string;
  phoneKind?: 'business' | 'private' | null;
  /** The event's fields, e.g. `{ month: '11/2026' }`. */
  fields?: Record<string, string>;
}

export interface Accepted {
  id: string;
  notified: number;
  gatheredUntil: number | null;
  skipped: { index: number; reference: string; reason: string; detail: string }[];
}

/** What became of one person's notification. */
export interface Result {
  callId: string;
  event: string;
  /** Place in the call. */
  index: number;
  employee: string;
  person: string;
  /** `delivered`, `undelivered`, `expired`, `rejected`, `cancelled`, `skipped` or `refused`. */
  state: string;
  reason: string;
  at: number;
}

const tries = 5;

/**
 * @param url where the server is, without a slash at the end
 * @param key an API key with the scope `hrm:notify` for the company
 */
export function createClient(url: string, key: string, companyId: string) {
  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    for (let left = tries; ; left--) {
      const answer = await fetch(`${url}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${key}`,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch((error: unknown) => {
        if (left <= 1) throw error;
        return null;
      });
      if (answer?.ok) return answer;
      // Lost on the way, too busy, not ready: the same again. The idempotency key keeps it from being done twice.
      const again = answer === null || answer.status === 429 || answer.status >= 500;
      if (answer !== null && (!again || left <= 1)) {
        throw new Refused(answer.status, (await answer.json().catch(() => ({}))) as Partial<Refused>);
      }
      await wait(1000 * Number(answer?.headers.get('retry-after') ?? 1));
    }
  }

  return {
    /** Keeps the register up to date: adds or replaces those named, and leaves the others. */
    async putEmployees(employees: readonly Employee[]): Promise<void> {
      await call('PUT', `/v1/companies/${companyId}/hrm/employees`, { employees });
    },

    /**
     * Tells people of an event: up to 50,000 in a call.
     *
     * @param occasion what happened, e.g. `payslips-2026-11`: told again, it is the same call, and nobody hears it twice
     * @throws {Refused} and nobody was told: the company does not permit it, the package does not cover it, a field is unknown…
     */
    async tell(
      event: string,
      employees: readonly Told[],
      occasion: string = randomUUID(),
    ): Promise<Accepted> {
      const answer = await call(
        'POST',
        '/v1/hrm/notifications',
        { companyId, event, employees },
        { 'Idempotency-Key': occasion },
      );
      return (await answer.json()) as Accepted;
    },

    /** How many of a call are in each state. */
    async counts(id: string): Promise<Record<string, number>> {
      const answer = await call('GET', `/v1/hrm/notifications/${id}`);
      return ((await answer.json()) as { counts: Record<string, number> }).counts;
    },
  };
}

/** Seconds by which the clocks of both sides may differ, and after which an old webhook is not believed. */
const tolerance = 300;

/**
 * What a webhook tells, once it is certain that Nadpis has sent it. Answer 2xx when you have kept it; everything else
 * makes it come again, under the same `webhook-id`.
 *
 * @param secret `whsec_…`, as it was shown when the webhook was set
 * @param headers names in lower case
 * @param body as it came, byte by byte: not parsed and written again
 * @returns empty for a test
 * @throws {Error} it is not genuine: answer 400 and forget it
 */
export function readWebhook(
  secret: string,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  body: string,
): Result[] {
  const id = String(headers['webhook-id']);
  const at = String(headers['webhook-timestamp']);
  if (!(Math.abs(Date.now() / 1000 - Number(at)) <= tolerance))
    throw new Error('too old, or from the future');
  const raw = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const expected = createHmac('sha256', raw).update(`${id}.${at}.${body}`).digest();
  const genuine = String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice(3), 'base64'))
    .some((signature) => signature.length === expected.length && timingSafeEqual(signature, expected));
  if (!genuine) throw new Error('the signature is wrong');
  const { type, data } = JSON.parse(body) as { type: string; data: { results: Result[] } };
  return type === 'hrm.notifications.settled' ? data.results : [];
}
