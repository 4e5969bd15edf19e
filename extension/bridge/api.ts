import type { z } from 'zod';
import { Batch, BatchAccepted, type BatchDraftInput, BatchPreview } from '../../shared/api/batches.ts';
import {
  Company,
  type CompanyChange,
  type CompanyDraft,
  Organisation,
  type OrganisationChange,
} from '../../shared/api/companies.ts';
import { Message } from '../../shared/api/messages.ts';
import { Balance, BoughtPackage, LedgerEntry, type Purchase } from '../../shared/api/packages.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { Person, type PersonChange, type PersonDraft } from '../../shared/api/people.ts';
import { Session, SignedIn } from '../../shared/api/session.ts';
import { Site, type SiteChange, type SiteDraft, type SiteList } from '../../shared/api/sites.ts';
import { Template, type TemplateChange, type TemplateDraft } from '../../shared/api/templates.ts';
import { ask, nothing, read, type Versioned, versioned } from './call.ts';
import type { Answer } from './failure.ts';
import { everyPage, listOf } from './paging.ts';
import { blockedNames, mailAccount, senderNames, slots, statements } from './senders-api.ts';
import { forgetToken, writeToken } from './token.ts';

/** A change names the version that it was made on; null changes any. */
const ifMatch = (etag: string | null) => (etag === null ? {} : { 'if-match': etag });

/**
 * Everything that the extension asks of the server, for its pages and its background. Content scripts must not import
 * it: they hold no token and call nobody.
 */
export const api = {
  session: {
    requestCode: async (email: string) =>
      nothing(await ask((client) => client.v1.session.codes.$post({ json: { email } }), { anonymous: true })),
    /** Keeps the token; it is not given to the caller. */
    signIn: async (email: string, code: string): Promise<Answer<null>> => {
      const json = { email, code };
      const signedIn = read(
        SignedIn,
        await ask((client) => client.v1.session.$post({ json }), { anonymous: true }),
      );
      if (!signedIn.ok) return signedIn;
      await writeToken(signedIn.value.token);
      return { ok: true, value: null };
    },
    get: async () => read(Session, await ask((client) => client.v1.session.$get())),
    /** The token goes even when the server cannot be told. */
    signOut: async () => {
      const answer = await ask((client) => client.v1.session.$delete());
      await forgetToken();
      return nothing(answer);
    },
  },

  batches: {
    preview: async (json: BatchDraftInput, signal?: AbortSignal) =>
      read(
        BatchPreview,
        await ask(
          (client) => client.v1.batches.preview.$post({ json }),
          signal === undefined ? {} : { signal },
        ),
      ),
    /** `key` belongs to this send: a retry repeats it with the same body, and the server sends once. */
    send: async (json: BatchDraftInput, key: string) =>
      read(
        BatchAccepted,
        await ask((client) => client.v1.batches.$post({ json, header: { 'idempotency-key': key } })),
      ),
    /** Null: nothing has changed since `etag`. */
    get: async (id: string, etag: string | null): Promise<Answer<Versioned<Batch> | null>> => {
      const header = etag === null ? {} : { 'if-none-match': etag };
      const answer = await ask((client) => client.v1.batches[':id'].$get({ param: { id }, header }));
      if (answer.ok && answer.value.status === 304) return { ok: true, value: null };
      return versioned(Batch, answer);
    },
    messages: (id: string) =>
      everyPage(Message, (client, query) => client.v1.batches[':id'].messages.$get({ param: { id }, query })),
  },

  templates: {
    list: () => everyPage(Template, (client, query) => client.v1.templates.$get({ query })),
    get: async (id: string) =>
      versioned(Template, await ask((client) => client.v1.templates[':id'].$get({ param: { id } }))),
    create: async (json: z.input<typeof TemplateDraft>) =>
      read(Template, await ask((client) => client.v1.templates.$post({ json }))),
    change: async (id: string, json: z.input<typeof TemplateChange>, etag: string | null) =>
      read(
        Template,
        await ask((client) =>
          client.v1.templates[':id'].$patch({ param: { id }, header: ifMatch(etag), json }),
        ),
      ),
    remove: async (id: string) =>
      nothing(await ask((client) => client.v1.templates[':id'].$delete({ param: { id }, header: {} }))),
  },

  sites: {
    list: () => everyPage(Site, (client, query) => client.v1.sites.$get({ query })),
    get: async (id: string) =>
      versioned(Site, await ask((client) => client.v1.sites[':id'].$get({ param: { id } }))),
    create: async (json: z.input<typeof SiteDraft>) =>
      read(Site, await ask((client) => client.v1.sites.$post({ json }))),
    change: async (id: string, json: z.input<typeof SiteChange>, etag: string | null) =>
      read(
        Site,
        await ask((client) => client.v1.sites[':id'].$patch({ param: { id }, header: ifMatch(etag), json })),
      ),
    /** Columns and template of one list; without any of them its settings go. */
    setList: async (id: string, json: z.input<typeof SiteList>, etag: string | null) =>
      read(
        Site,
        await ask((client) =>
          client.v1.sites[':id'].lists.$put({ param: { id }, header: ifMatch(etag), json }),
        ),
      ),
    remove: async (id: string) =>
      nothing(await ask((client) => client.v1.sites[':id'].$delete({ param: { id }, header: {} }))),
  },

  companies: {
    list: () => everyPage(Company, (client, query) => client.v1.companies.$get({ query })),
    get: async (id: string) =>
      versioned(Company, await ask((client) => client.v1.companies[':id'].$get({ param: { id } }))),
    create: async (json: z.input<typeof CompanyDraft>) =>
      read(Company, await ask((client) => client.v1.companies.$post({ json }))),
    change: async (id: string, json: z.input<typeof CompanyChange>, etag: string | null) =>
      read(
        Company,
        await ask((client) =>
          client.v1.companies[':id'].$patch({ param: { id }, header: ifMatch(etag), json }),
        ),
      ),
  },

  people: {
    list: () => everyPage(Person, (client, query) => client.v1.people.$get({ query })),
    get: async (id: string) =>
      versioned(Person, await ask((client) => client.v1.people[':id'].$get({ param: { id } }))),
    create: async (json: z.input<typeof PersonDraft>) =>
      read(Person, await ask((client) => client.v1.people.$post({ json }))),
    change: async (id: string, json: z.input<typeof PersonChange>, etag: string | null) =>
      read(
        Person,
        await ask((client) => client.v1.people[':id'].$patch({ param: { id }, header: ifMatch(etag), json })),
      ),
    remove: async (id: string) =>
      nothing(await ask((client) => client.v1.people[':id'].$delete({ param: { id }, header: {} }))),
  },

  organisation: {
    get: async () => versioned(Organisation, await ask((client) => client.v1.organisation.$get())),
    change: async (json: z.input<typeof OrganisationChange>, etag: string | null) =>
      versioned(
        Organisation,
        await ask((client) => client.v1.organisation.$patch({ header: ifMatch(etag), json })),
      ),
  },

  packages: {
    balance: async () => read(Balance, await ask((client) => client.v1.packages.balance.$get())),
    ledger: async (cursor?: string) => {
      const query = { limit: '50', ...(cursor === undefined ? {} : { cursor }) };
      return read(pageOf(LedgerEntry), await ask((client) => client.v1.packages.ledger.$get({ query })));
    },
    /** What was bought, and what remains of it. Only administrators may ask. */
    list: async () => read(listOf(BoughtPackage), await ask((client) => client.v1.packages.$get())),
    purchase: async (json: z.input<typeof Purchase>) =>
      read(LedgerEntry, await ask((client) => client.v1.packages.$post({ json }))),
  },

  senderNames,
  statements,
  slots,
  mailAccount,
  blockedNames,
};
