import type { Reads, Row, Statement } from '../database/database.ts';
import type { GateSite } from '../sites/rules.ts';
import type { Router } from './dispatch/routing.ts';
import { monthOf } from './local-time.ts';
import type { CompanyFacts } from './rules.ts';

export interface CompanyKey {
  organisationId: string;
  companyId: string;
}

/** A send that was accepted before under the same key. */
export interface Stored {
  requestHash: string;
  /** JSON of the answer, as it was given. */
  answer: string;
}

/** What the gate asks the database about a group of sends, read at one moment. */
export interface Facts {
  stored(organisationId: string, idempotencyKey: string): Stored | null;
  company(key: CompanyKey): CompanyFacts | null;
  optedOut(organisationId: string): ReadonlySet<string>;
  consents(organisationId: string): ReadonlySet<string>;
  sites(organisationId: string): readonly GateSite[];
}

export interface Asked extends CompanyKey {
  /** Null: a preview. */
  idempotencyKey: string | null;
  marketing: boolean;
  fromPage: boolean;
  numbers: readonly string[];
}

const none: ReadonlySet<string> = new Set();

/**
 * The facts for a group of sends in one round trip. Sends of one company share a row, so that a thousand at a time
 * cost little more than one.
 */
export async function readFacts(
  database: Reads,
  group: readonly Asked[],
  now: number,
  router?: Pick<Router, 'changes' | 'current'>,
): Promise<Facts> {
  const companies = new Map<string, CompanyKey>();
  const keys: [string, string][] = [];
  const numbers: [string, string][] = [];
  const marketing: [string, string][] = [];
  const pages = new Set<string>();
  for (const asked of group) {
    const { organisationId } = asked;
    companies.set(`${organisationId} ${asked.companyId}`, asked);
    if (asked.idempotencyKey !== null) keys.push([organisationId, asked.idempotencyKey]);
    if (asked.fromPage) pages.add(organisationId);
    for (const number of asked.numbers) {
      numbers.push([organisationId, number]);
      if (asked.marketing) marketing.push([organisationId, number]);
    }
  }
  const companyKeys = [...companies.values()].map((key) => [key.organisationId, key.companyId]);
  const statements: Statement[] = [
    { sql: companiesSql, args: [JSON.stringify(companyKeys)] },
    { sql: storedSql, args: [JSON.stringify(keys)] },
    { sql: optedOutSql, args: [JSON.stringify(numbers)] },
  ];
  if (marketing.length > 0) statements.push({ sql: consentsSql, args: [JSON.stringify(marketing)] });
  if (pages.size > 0) statements.push({ sql: sitesSql, args: [JSON.stringify([...pages])] });
  statements.push({ sql: usageSql, args: [JSON.stringify(companyKeys)] });
  if (router?.changes != null) statements.push(router.changes);
  const [companyRows = [], storedRows = [], optedOutRows = [], ...others] =
    await database.queries(statements);
  const consentRows = marketing.length > 0 ? (others.shift() ?? []) : [];
  const siteRows = pages.size > 0 ? (others.shift() ?? []) : [];
  const usageRows = others.shift() ?? [];
  // Operators may have changed since somebody looked last: a send is held to those there are now.
  if (router?.changes != null) await router.current(others.shift()?.[0]);

  const companyOf = new Map<string, CompanyFacts>();
  for (const row of companyRows) {
    companyOf.set(`${row.organisation_id} ${row.company_id}`, {
      id: String(row.company_id),
      hrmPermission: row.hrm_permission === 1,
      day: { timeZone: String(row.time_zone), from: Number(row.day_from), until: Number(row.day_until) },
      quietForAll: row.quiet_for_all === 1,
      quota: quotaOf(row, usageRows, now),
      name:
        row.name_id === null
          ? null
          : {
              id: String(row.name_id),
              name: String(row.name),
              state: String(row.state),
              since: Number(row.state_since),
            },
      balance: Number(row.balance),
    });
  }
  const storedOf = new Map<string, Stored>();
  for (const row of storedRows) {
    storedOf.set(`${row.organisation_id} ${row.idempotency_key}`, {
      requestHash: String(row.request_hash),
      answer: String(row.answer),
    });
  }
  const optedOut = numbersByOrganisation(optedOutRows);
  const consents = numbersByOrganisation(consentRows);
  return {
    stored: (organisationId, key) => storedOf.get(`${organisationId} ${key}`) ?? null,
    company: (key) => companyOf.get(`${key.organisationId} ${key.companyId}`) ?? null,
    optedOut: (organisationId) => optedOut.get(organisationId) ?? none,
    consents: (organisationId) => consents.get(organisationId) ?? none,
    sites: (organisationId) =>
      siteRows
        .filter((row) => row.organisation_id === organisationId)
        .map((row) => ({
          hostPattern: String(row.host_pattern),
          kind: row.kind === 'hrm' ? 'hrm' : 'crm',
          companyId: row.company_id === null ? null : String(row.company_id),
          hrmPermission: row.hrm_permission !== 0,
        })),
  };
}

/** What is left of the company's month by its own clock; null: it has no quota. */
function quotaOf(row: Row, usage: readonly Row[], now: number): CompanyFacts['quota'] {
  if (row.monthly_parts === null) return null;
  const month = monthOf(now, String(row.time_zone));
  const used = usage.find((it) => it.company_id === row.company_id && it.month === month);
  return { month, limit: Number(row.monthly_parts), used: Number(used?.parts ?? 0) };
}

function numbersByOrganisation(rows: readonly Record<string, unknown>[]): Map<string, Set<string>> {
  const sets = new Map<string, Set<string>>();
  for (const row of rows) {
    const organisationId = String(row.organisation_id);
    let set = sets.get(organisationId);
    if (set === undefined) {
      set = new Set();
      sets.set(organisationId, set);
    }
    set.add(String(row.number));
  }
  return sets;
}

/** Company slot ?? program slot (R9). */
const companiesSql = `
SELECT c.organisation_id, c.id AS company_id, c.hrm_permission, c.time_zone, c.day_from, c.day_until,
  c.quiet_for_all, c.monthly_parts,
  n.id AS name_id, n.name, n.state, n.state_since, b.parts AS balance
FROM json_each(?) k
JOIN companies c ON c.id = k.value ->> 1 AND c.organisation_id = k.value ->> 0 AND c.deleted_at IS NULL
JOIN organisations o ON o.id = c.organisation_id
JOIN balances b ON b.organisation_id = o.id
LEFT JOIN sender_names n ON n.id = coalesce(c.sender_name_id, o.program_sender_name_id)`;

/** The newest months: which is the present one, the company's clock says. */
const usageSql = `
SELECT u.company_id, u.month, u.parts FROM json_each(?) k
JOIN companies c ON c.id = k.value ->> 1 AND c.organisation_id = k.value ->> 0 AND c.monthly_parts IS NOT NULL
JOIN company_usage u ON u.company_id = c.id
WHERE u.month >= (SELECT max(month) FROM company_usage WHERE company_id = c.id)`;

const storedSql = `
SELECT b.organisation_id, b.idempotency_key, b.request_hash, b.answer
FROM json_each(?) k
JOIN batches b ON b.organisation_id = k.value ->> 0 AND b.idempotency_key = k.value ->> 1`;

const optedOutSql = `
SELECT o.organisation_id, o.number
FROM json_each(?) k
JOIN opt_outs o ON o.organisation_id = k.value ->> 0 AND o.number = k.value ->> 1`;

const consentsSql = `
SELECT c.organisation_id, c.number
FROM json_each(?) k
JOIN consents c ON c.organisation_id = k.value ->> 0 AND c.number = k.value ->> 1 AND c.purpose = 'marketing'`;

const sitesSql = `
SELECT s.organisation_id, s.host_pattern, s.kind, s.company_id, c.hrm_permission
FROM json_each(?) k
JOIN sites s ON s.organisation_id = k.value
LEFT JOIN companies c ON c.id = s.company_id`;
