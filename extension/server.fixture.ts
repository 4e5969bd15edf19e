import type { BatchDraft, Skipped, Taken } from '../shared/api/batches.ts';
import type { HrmSettings } from '../shared/api/hrm.ts';
import { type MessageState, messageStates } from '../shared/api/messages.ts';
import { type ProblemCode, problems } from '../shared/api/problems.ts';
import type { Session } from '../shared/api/session.ts';
import type { Site } from '../shared/api/sites.ts';
import type { Template } from '../shared/api/templates.ts';
import { checkNumber } from '../shared/phone/check.ts';
import { countParts, foldPolishLetters, mergeFields } from '../shared/sms-text/index.ts';

export function sessionFixture(): Session {
  return {
    person: { id: 'person', email: 'anna@nowak.example', name: 'Anna Nowak', roles: ['sender'] },
    organisation: { id: 'organisation', name: 'Grupa Nowak', hasCrm: false, hasMailAccount: false },
    companies: [
      {
        id: 'company',
        name: 'Nowak',
        effectiveName: {
          id: 'name',
          name: 'Firma Nowak',
          state: 'authorised',
          since: Date.UTC(2026, 10, 20, 9),
          source: 'program',
        },
        hrmPermission: false,
      },
    ],
    balance: 300,
    balanceLow: false,
    operator: { name: 'sandbox', maximumParts: 6, sandbox: true },
    expiresAt: Date.UTC(2027, 0, 1),
  };
}

export const siteFixture = (over: Partial<Site> = {}): Site => ({
  id: 'sit_1',
  hostPattern: 'crm.example',
  companyId: 'company',
  kind: 'crm',
  region: 'PL',
  alwaysOn: false,
  lists: [],
  changedAt: 1,
  ...over,
});

const firstHrmSettings: HrmSettings = {
  numberSources: ['sms', 'business', 'private'],
  unknownNumbers: 'business',
  fullNames: false,
  language: 'pl',
  digestMinutes: 0,
};

interface Stored {
  body: BatchDraft;
  taken: Taken[];
}

/**
 * The server's side of the composer's calls, for tests of screens: it keeps the same promises about keys, skipped people
 * and the balance, and can lose its answers. `fetch` stands in for the browser's.
 */
export class ServerFixture {
  session = sessionFixture();
  optedOut = new Set<string>();
  /** Private numbers of employees who have not consented. */
  lacksConsent = new Set<string>();
  hrm: Partial<HrmSettings> = {};
  sites: Site[] = [];
  templates: Template[] = [];
  /** The batch is stored, and then the connection breaks before the answer. */
  losesAnswers = false;
  isDown = false;
  refuses: ProblemCode | null = null;
  state: MessageState = 'queued';
  /** Each call that reached the server: `POST /v1/batches key`. */
  calls: string[] = [];
  batches = new Map<string, Stored>();

  fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    init.signal?.throwIfAborted();
    if (this.isDown) throw new TypeError('Failed to fetch');
    const { pathname } = new URL(String(input));
    const headers = new Headers(init.headers);
    const method = init.method ?? 'GET';
    const key = headers.get('Idempotency-Key') ?? '';
    this.calls.push(`${method} ${pathname} ${key}`.trim());
    if (headers.get('Authorization') !== 'Bearer token') return problem('unauthenticated');
    return this.answer(`${method} ${pathname}`, key, String(init.body ?? ''));
  };

  private answer(what: string, key: string, text: string): Response {
    if (what === 'GET /v1/session') return json(200, this.session);
    if (what === 'GET /v1/templates') return json(200, { items: this.templates, next: null });
    if (what === 'GET /v1/sites') return json(200, { items: this.sites, next: null });
    const template = this.templates.find(({ id }) => what === `GET /v1/templates/${id}`);
    if (template !== undefined) return json(200, template);
    const site = this.sites.find(({ id }) => what.includes(`/v1/sites/${id}`));
    if (site !== undefined) {
      if (what.startsWith('PUT')) site.lists = [JSON.parse(text)];
      return json(200, site);
    }
    if (/^GET \/v1\/companies\/\w+\/hrm$/.test(what)) {
      return json(200, { ...firstHrmSettings, ...this.hrm }, { ETag: '"0"' });
    }
    if (what === 'POST /v1/batches/preview') return this.preview(JSON.parse(text));
    if (what === 'POST /v1/batches') return this.send(key, JSON.parse(text));
    const found = /^GET \/v1\/batches\/([^/]+)(\/messages)?$/.exec(what);
    const stored = this.batches.get(found?.[1] ?? '');
    if (stored === undefined) return problem('not-found');
    return found?.[2] === undefined ? this.batch(found?.[1] ?? '', stored) : this.messages(stored);
  }

  private preview(body: BatchDraft): Response {
    if (this.refuses !== null) return problem(this.refuses);
    const { taken, skipped, parts } = this.judge(body);
    const { balance } = this.session;
    return json(200, { senderName: 'Firma Nowak', taken, skipped, parts, balance });
  }

  private send(key: string, body: BatchDraft): Response {
    if (this.refuses !== null) return problem(this.refuses);
    const { skipped, parts, taken } = this.judge(body);
    if (!this.batches.has(key)) {
      this.batches.set(key, { body, taken });
      this.session.balance -= parts;
    }
    if (this.losesAnswers) throw new TypeError('Failed to fetch');
    const { balance } = this.session;
    return json(201, { id: key, senderName: 'Firma Nowak', messages: taken.length, parts, balance, skipped });
  }

  private judge(body: BatchDraft): { taken: Taken[]; skipped: Skipped[]; parts: number } {
    const taken: Taken[] = [];
    const skipped: Skipped[] = [];
    for (const [index, { number, reference, fields }] of body.recipients.entries()) {
      const { e164, canReceiveSms } = checkNumber(number);
      const reason = !canReceiveSms
        ? 'invalid'
        : this.optedOut.has(e164)
          ? 'opted-out'
          : this.lacksConsent.has(e164)
            ? 'consent-missing'
            : null;
      if (reason !== null) {
        skipped.push({ index, reference, reason, detail: '' });
        continue;
      }
      const merged = mergeFields(body.text, fields).text;
      const text = body.foldPolishLetters ? foldPolishLetters(merged) : merged;
      taken.push({ index, reference, number: e164, text, parts: countParts(text).parts });
    }
    return { taken, skipped, parts: taken.reduce((sum, { parts }) => sum + parts, 0) };
  }

  private batch(id: string, { body, taken }: Stored): Response {
    const counts = Object.fromEntries(
      messageStates.map((state) => [state, state === this.state ? taken.length : 0]),
    );
    const batch = {
      id,
      companyId: body.companyId,
      senderName: 'Firma Nowak',
      state: 'sending',
      createdAt: Date.UTC(2026, 10, 24),
      createdBy: 'person',
      text: body.text,
      messages: taken.length,
      parts: taken.length,
      settledParts: 0,
      retried: 0,
      askedBack: null,
      counts,
    };
    return json(200, batch, { ETag: `"${this.state}"` });
  }

  private messages({ body, taken }: Stored): Response {
    const items = taken.map(({ index, reference, number, text, parts }) => ({
      id: String(index),
      batchId: '',
      reference,
      recipientName: body.recipients[index]?.name ?? '',
      number,
      text,
      parts,
      state: this.state,
      reason: '',
      stateAt: Date.UTC(2026, 10, 24),
    }));
    return json(200, { items, next: null });
  }
}

function json(status: number, value: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(value), { status, headers });
}

function problem(code: ProblemCode): Response {
  const { status, title, fix } = problems[code];
  return json(status, {
    type: code,
    code,
    status,
    title,
    detail: title,
    fix,
    errors: [],
    facts: {},
    requestId: '',
  });
}
