import type { z } from 'zod';
import { Batch, BatchAccepted, type BatchDraftInput, BatchPreview } from '../../shared/api/batches.ts';
import {
  Company,
  type CompanyDraft,
  Organisation,
  type OrganisationChange,
} from '../../shared/api/companies.ts';
import { Message } from '../../shared/api/messages.ts';
import { Balance, LedgerEntry, type Purchase } from '../../shared/api/packages.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { Person, type PersonChange, type PersonDraft } from '../../shared/api/people.ts';
import { SenderName } from '../../shared/api/sender-names.ts';
import { Session, SignedIn } from '../../shared/api/session.ts';
import { Template, type TemplateDraft } from '../../shared/api/templates.ts';
import { call, type Reply, type Request, read } from './call.ts';
import type { Answer } from './failure.ts';
import { forgetToken, writeToken } from './token.ts';

/**
 * Everything that the extension asks of the server, for its pages and its background. Content scripts must not import
 * it: they hold no token and call nobody.
 */
export const api = {
  session: {
    requestCode: async (email: string) =>
      nothing(await call({ method: 'POST', path: '/v1/session/codes', body: { email }, anonymous: true })),
    /** Keeps the token; it is not given to the caller. */
    signIn: async (email: string, code: string): Promise<Answer<null>> => {
      const request: Request = {
        method: 'POST',
        path: '/v1/session',
        body: { email, code },
        anonymous: true,
      };
      const signedIn = read(SignedIn, await call(request));
      if (!signedIn.ok) return signedIn;
      await writeToken(signedIn.value.token);
      return done;
    },
    get: async () => read(Session, await call({ path: '/v1/session' })),
    /** The token goes even when the server cannot be told. */
    signOut: async () => {
      const answer = await call({ method: 'DELETE', path: '/v1/session' });
      await forgetToken();
      return nothing(answer);
    },
  },

  batches: {
    preview: async (draft: BatchDraftInput, signal?: AbortSignal) =>
      read(
        BatchPreview,
        await call({ method: 'POST', path: '/v1/batches/preview', body: draft, ...(signal && { signal }) }),
      ),
    /** `key` belongs to this send: a retry repeats it with the same body, and the server sends once. */
    send: async (draft: BatchDraftInput, key: string) =>
      read(
        BatchAccepted,
        await call({ method: 'POST', path: '/v1/batches', body: draft, headers: { 'Idempotency-Key': key } }),
      ),
    /** Null: nothing has changed since `etag`. */
    get: async (
      id: string,
      etag: string | null,
    ): Promise<Answer<{ batch: Batch; etag: string | null } | null>> => {
      const answer = await call({
        path: `/v1/batches/${encodeURIComponent(id)}`,
        headers: etag === null ? {} : { 'If-None-Match': etag },
      });
      if (answer.ok && answer.value.status === 304) return { ok: true, value: null };
      const batch = read(Batch, answer);
      if (!batch.ok || !answer.ok) return batch.ok ? { ok: true, value: null } : batch;
      return { ok: true, value: { batch: batch.value, etag: answer.value.etag } };
    },
    messages: (id: string) => everyPage(Message, `/v1/batches/${encodeURIComponent(id)}/messages`),
  },

  templates: {
    list: () => everyPage(Template, '/v1/templates'),
    ...changes(Template, '/v1/templates')<z.input<typeof TemplateDraft>, z.input<typeof TemplateDraft>>(),
  },
  companies: {
    list: () => everyPage(Company, '/v1/companies'),
    ...changes(Company, '/v1/companies')<
      z.input<typeof CompanyDraft>,
      Partial<z.input<typeof CompanyDraft>>
    >(),
  },
  people: {
    list: () => everyPage(Person, '/v1/people'),
    ...changes(Person, '/v1/people')<z.input<typeof PersonDraft>, z.input<typeof PersonChange>>(),
  },
  organisation: {
    get: async () => read(Organisation, await call({ path: '/v1/organisation' })),
    change: async (change: z.input<typeof OrganisationChange>) =>
      read(Organisation, await call({ method: 'PATCH', path: '/v1/organisation', body: change })),
  },
  packages: {
    balance: async () => read(Balance, await call({ path: '/v1/packages/balance' })),
    ledger: async (cursor?: string) =>
      read(pageOf(LedgerEntry), await call({ path: '/v1/packages/ledger', query: { cursor, limit: 50 } })),
    purchase: async (purchase: z.input<typeof Purchase>) =>
      nothing(await call({ method: 'POST', path: '/v1/packages/purchases', body: purchase })),
  },
  senderNames: {
    list: () => everyPage(SenderName, '/v1/sender-names'),
  },
};

const done: Answer<null> = { ok: true, value: null };

function nothing(answer: Answer<Reply>): Answer<null> {
  return answer.ok ? done : answer;
}

/** Create, change and remove, as every collection of the settings has them. */
function changes<Item extends z.ZodType>(item: Item, path: string) {
  return <Draft, Change>() => ({
    create: async (draft: Draft) => read(item, await call({ method: 'POST', path, body: draft })),
    change: async (id: string, change: Change) =>
      read(item, await call({ method: 'PATCH', path: `${path}/${encodeURIComponent(id)}`, body: change })),
    remove: async (id: string) =>
      nothing(await call({ method: 'DELETE', path: `${path}/${encodeURIComponent(id)}` })),
  });
}

/** All pages of a list, in order. It stops at 100 pages of 1,000: more is no list that a person reads. */
async function everyPage<Item extends z.ZodType>(
  item: Item,
  path: string,
): Promise<Answer<z.output<Item>[]>> {
  const items: z.output<Item>[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 100; page++) {
    const answer = read(pageOf(item), await call({ path, query: { cursor, limit: 1000 } }));
    if (!answer.ok) return answer;
    items.push(...answer.value.items);
    if (answer.value.next === null) break;
    cursor = answer.value.next;
  }
  return { ok: true, value: items };
}
