import { z } from 'zod';
import {
  Consent,
  type ConsentDraft,
  type ConsentWithdrawal,
  type Employee,
  HrmCompanyEvent,
  type HrmCompanyEventChange,
  HrmImported,
  HrmSettings,
  type HrmSettingsChange,
  ListedEmployee,
} from '../../shared/api/hrm.ts';
import {
  HrmReportRow,
  HrmWebhook,
  HrmWebhookDelivery,
  type HrmWebhookDraft,
  HrmWebhookMade,
} from '../../shared/api/hrm-results.ts';
import { pageOf } from '../../shared/api/paging.ts';
import type { HrmEventId } from '../../shared/hrm/events.ts';
import { ask, fileOf, nothing, read, versioned } from './call.ts';
import { ifMatch } from './if-match.ts';

/** Rows of one page: what a person looks through before the next one is asked for. */
const limit = '50';
/** Large files are read line by line, in one transaction. */
const filePatience = 120_000;

const param = (id: string) => ({ param: { id } });

/** Those that are set, with the page. */
function pageQuery<Filters extends Record<string, string | undefined>>(
  filters: Filters,
  cursor: string | null,
) {
  return { ...given(filters), limit, ...(cursor === null ? {} : { cursor }) };
}

/** Without filters that are not set. */
function given<Filters extends Record<string, string | undefined>>(filters: Filters): Filters {
  const set = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(set) as Filters;
}

/** What a report is narrowed to; days are `2026-11-24`. */
export interface ReportFilters extends Record<string, string | undefined> {
  from?: string;
  to?: string;
  event?: HrmEventId;
  employee?: string;
  state?: HrmReportRow['state'];
}

/** Texts to a company's employees. `id` is the company's; the roles `hr` and `administrator` may ask. */
export const hrm = {
  settings: {
    get: async (id: string) =>
      versioned(HrmSettings, await ask((client) => client.v1.companies[':id'].hrm.$get(param(id)))),
    /** Administrators only, as everything that configures. */
    change: async (id: string, json: z.input<typeof HrmSettingsChange>, etag: string | null) =>
      versioned(
        HrmSettings,
        await ask((client) =>
          client.v1.companies[':id'].hrm.$patch({ ...param(id), header: ifMatch(etag), json }),
        ),
      ),
  },

  events: {
    list: async (id: string) =>
      read(
        z.object({ items: z.array(HrmCompanyEvent) }).transform(({ items }) => items),
        await ask((client) => client.v1.companies[':id'].hrm.events.$get(param(id))),
      ),
    change: async (
      id: string,
      { event, version }: Pick<HrmCompanyEvent, 'event' | 'version'>,
      json: z.input<typeof HrmCompanyEventChange>,
    ) =>
      read(
        HrmCompanyEvent,
        await ask((client) =>
          client.v1.companies[':id'].hrm.events[':event'].$patch({
            param: { id, event },
            header: ifMatch(`"${version}"`),
            json,
          }),
        ),
      ),
  },

  employees: {
    /** By reference; `search` is a part of a reference or a name. */
    page: async (id: string, search: string, cursor: string | null) =>
      read(
        pageOf(ListedEmployee),
        await ask((client) =>
          client.v1.companies[':id'].hrm.employees.$get({
            ...param(id),
            query: pageQuery({ search }, cursor),
          }),
        ),
      ),
    /** Adds the employee, or replaces the one of that reference. */
    put: async (id: string, employee: z.input<typeof Employee>) =>
      nothing(
        await ask((client) =>
          client.v1.companies[':id'].hrm.employees.$put({ ...param(id), json: { employees: [employee] } }),
        ),
      ),
    remove: async (id: string, reference: string) =>
      nothing(
        await ask((client) =>
          client.v1.companies[':id'].hrm.employees.$delete({ ...param(id), query: { reference } }),
        ),
      ),
    import: async (id: string, csv: string) =>
      read(
        HrmImported,
        await ask(
          (client) => client.v1.companies[':id'].hrm.employees.import.$post({ ...param(id), json: { csv } }),
          { patience: filePatience },
        ),
      ),
  },

  consents: {
    /** Newest first. `employee` is a whole reference; empty: everybody. */
    page: async (id: string, employee: string, show: 'standing' | 'all', cursor: string | null) =>
      read(
        pageOf(Consent),
        await ask((client) =>
          client.v1.companies[':id'].hrm.consents.$get({
            ...param(id),
            query: pageQuery({ employee, show }, cursor),
          }),
        ),
      ),
    record: async (id: string, json: z.input<typeof ConsentDraft>) =>
      read(
        Consent,
        await ask((client) => client.v1.companies[':id'].hrm.consents.$post({ ...param(id), json })),
      ),
    withdraw: async (id: string, json: z.input<typeof ConsentWithdrawal>) =>
      nothing(
        await ask((client) => client.v1.companies[':id'].hrm.consents.withdraw.$post({ ...param(id), json })),
      ),
    import: async (id: string, csv: string) =>
      read(
        HrmImported,
        await ask(
          (client) => client.v1.companies[':id'].hrm.consents.import.$post({ ...param(id), json: { csv } }),
          { patience: filePatience },
        ),
      ),
  },

  report: {
    /** Newest first. */
    page: async (id: string, filters: ReportFilters, cursor: string | null) =>
      read(
        pageOf(HrmReportRow),
        await ask((client) =>
          client.v1.companies[':id'].hrm.report.$get({ ...param(id), query: pageQuery(filters, cursor) }),
        ),
      ),
    /** The whole of it for a spreadsheet. */
    csv: async (id: string, filters: ReportFilters, language: 'pl' | 'en') =>
      fileOf(
        await ask(
          (client) =>
            client.v1.companies[':id'].hrm['report.csv'].$get({
              ...param(id),
              query: { ...given(filters), language },
            }),
          { wantsFile: true, patience: filePatience },
        ),
      ),
  },

  /** Where the HRM application is told what became of its notifications. Administrators only. */
  webhook: {
    get: async (id: string) =>
      read(HrmWebhook, await ask((client) => client.v1.companies[':id'].hrm.webhook.$get(param(id)))),
    /** The one answer that holds the secret. */
    set: async (id: string, json: z.input<typeof HrmWebhookDraft>) =>
      read(
        HrmWebhookMade,
        await ask((client) => client.v1.companies[':id'].hrm.webhook.$put({ ...param(id), json })),
      ),
    remove: async (id: string) =>
      nothing(await ask((client) => client.v1.companies[':id'].hrm.webhook.$delete(param(id)))),
    test: async (id: string) =>
      read(
        HrmWebhookDelivery,
        await ask((client) => client.v1.companies[':id'].hrm.webhook.test.$post(param(id))),
      ),
    deliveries: async (id: string, cursor: string | null) =>
      read(
        pageOf(HrmWebhookDelivery),
        await ask((client) =>
          client.v1.companies[':id'].hrm.webhook.deliveries.$get({
            ...param(id),
            query: pageQuery({}, cursor),
          }),
        ),
      ),
  },
};
