import { AuditEntry, type AuditQuery } from '../../shared/api/audit.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { ask, read } from './call.ts';
import type { Answer } from './failure.ts';
import { everyPage } from './paging.ts';

/** What is looked for in the audit; `area` null is all of them. Times are milliseconds since the epoch, `until` not included. */
export interface AuditSearch {
  area: NonNullable<AuditQuery['area']> | null;
  sendings: boolean;
  from: number | null;
  until: number | null;
}

/** Records on one page: what a person looks through before the next one is asked for. */
const rows = '50';

const queryOf = ({ area, sendings, from, until }: AuditSearch) => ({
  sendings: sendings ? ('true' as const) : ('false' as const),
  ...(area === null ? {} : { area }),
  ...(from === null ? {} : { from: String(from) }),
  ...(until === null ? {} : { until: String(until) }),
});

/** Who did what. Only administrators may ask. */
export const audit = {
  page: async (search: AuditSearch, cursor: string | null) =>
    read(
      pageOf(AuditEntry),
      await ask((client) =>
        client.v1.audit.$get({
          query: { ...queryOf(search), limit: rows, ...(cursor === null ? {} : { cursor }) },
        }),
      ),
    ),
  /** All that match, for a file: the newest 100,000 at most. */
  all: (search: AuditSearch): Promise<Answer<AuditEntry[]>> =>
    everyPage(AuditEntry, (client, query) =>
      client.v1.audit.$get({ query: { ...queryOf(search), ...query } }),
    ),
};
