import type { z } from 'zod';
import { CompanySending, type CompanySendingChange } from '../../shared/api/companies.ts';
import {
  OperatorAccount,
  type OperatorAccountChange,
  type OperatorAccountDraft,
  OperatorKind,
  OperatorRoutes,
  UnknownReport,
} from '../../shared/api/operator-accounts.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { ApiKey, type ApiKeyDraft, ApiKeyMade } from '../../shared/api/people.ts';
import { ask, nothing, read, versioned } from './call.ts';
import { ifMatch } from './if-match.ts';
import { everyPage, listOf } from './paging.ts';

/** Keys for programs that send. Only administrators may ask. */
export const apiKeys = {
  list: () => everyPage(ApiKey, (client, query) => client.v1['api-keys'].$get({ query })),
  /** The one answer that holds the secret. */
  create: async (json: z.input<typeof ApiKeyDraft>) =>
    read(ApiKeyMade, await ask((client) => client.v1['api-keys'].$post({ json }))),
  revoke: async (id: string) =>
    nothing(await ask((client) => client.v1['api-keys'][':id'].$delete({ param: { id } }))),
};

/** A company's time zone, quiet hours and monthly parts. */
export const companySending = {
  get: async (id: string) =>
    versioned(
      CompanySending,
      await ask((client) => client.v1.companies[':id'].sending.$get({ param: { id } })),
    ),
  change: async (id: string, json: z.input<typeof CompanySendingChange>, etag: string | null) =>
    versioned(
      CompanySending,
      await ask((client) =>
        client.v1.companies[':id'].sending.$patch({ param: { id }, header: ifMatch(etag), json }),
      ),
    ),
};

const accountParameter = (id: string) => ({ param: { id } });

/** Accounts at SMS operators. Only administrators may ask. */
export const operatorAccounts = {
  /** Operators that can be set up, with forms that describe themselves. */
  kinds: async () => read(listOf(OperatorKind), await ask((client) => client.v1.operators.$get())),
  list: async () =>
    read(listOf(OperatorAccount), await ask((client) => client.v1['operator-accounts'].$get())),
  get: async (id: string) =>
    versioned(
      OperatorAccount,
      await ask((client) => client.v1['operator-accounts'][':id'].$get(accountParameter(id))),
    ),
  create: async (json: z.input<typeof OperatorAccountDraft>) =>
    read(OperatorAccount, await ask((client) => client.v1['operator-accounts'].$post({ json }))),
  change: async (id: string, json: z.input<typeof OperatorAccountChange>, etag: string | null) =>
    read(
      OperatorAccount,
      await ask((client) =>
        client.v1['operator-accounts'][':id'].$patch({ param: { id }, header: ifMatch(etag), json }),
      ),
    ),
  remove: async (id: string) =>
    nothing(
      await ask((client) => client.v1['operator-accounts'][':id'].$delete({ param: { id }, header: {} })),
    ),
  pause: async (id: string, reason: string) =>
    read(
      OperatorAccount,
      await ask((client) =>
        client.v1['operator-accounts'][':id'].pause.$post({ param: { id }, json: { reason } }),
      ),
    ),
  resume: async (id: string) =>
    read(
      OperatorAccount,
      await ask((client) => client.v1['operator-accounts'][':id'].resume.$post(accountParameter(id))),
    ),
  /** Asks the operator now: shows whether the settings work. */
  askBalance: async (id: string) =>
    read(
      OperatorAccount,
      await ask((client) => client.v1['operator-accounts'][':id'].balance.$post(accountParameter(id))),
    ),
};

/** Which account takes which messages, in order. */
export const operatorRoutes = {
  get: async () => versioned(OperatorRoutes, await ask((client) => client.v1['operator-routes'].$get())),
  set: async (json: z.input<typeof OperatorRoutes>, etag: string | null) =>
    versioned(
      OperatorRoutes,
      await ask((client) => client.v1['operator-routes'].$put({ header: ifMatch(etag), json })),
    ),
};

/** Delivery reports of messages that nobody knows. Only administrators may ask. */
export const unknownReports = async (cursor: string | null) =>
  read(
    pageOf(UnknownReport),
    await ask((client) =>
      client.v1['unknown-reports'].$get({
        query: { limit: '20', ...(cursor === null ? {} : { cursor }) },
      }),
    ),
  );
