import { and, asc, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import { type Site, SiteList } from '../../shared/api/sites.ts';
import type { Guard } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';
import { sites } from '../database/schema.ts';
import { typed } from '../database/typed.ts';
import { mostSites } from './rules.ts';

export type SiteRecord = typeof sites.$inferSelect;

/** What stands in `settings`. */
const Settings = z.object({ lists: z.array(SiteList).default([]) });

export const siteOfRecord = (record: SiteRecord): Site => ({
  id: record.id,
  hostPattern: record.hostPattern,
  companyId: record.companyId,
  kind: record.kind === 'hrm' ? 'hrm' : 'crm',
  region: record.region,
  alwaysOn: record.alwaysOn,
  lists: Settings.parse(JSON.parse(record.settings)).lists,
  changedAt: record.changedAt,
});

export const sitesAfter = (database: Database, organisationId: string, pattern: string, limit: number) =>
  typed(database)
    .select()
    .from(sites)
    .where(and(eq(sites.organisationId, organisationId), gt(sites.hostPattern, pattern)))
    .orderBy(asc(sites.hostPattern))
    .limit(limit);

export const siteById = (
  database: Database,
  organisationId: string,
  id: string,
): Promise<SiteRecord | undefined> =>
  typed(database)
    .select()
    .from(sites)
    .where(and(eq(sites.id, id), eq(sites.organisationId, organisationId)))
    .get();

/** Holds while the organisation has room for another site. */
export const roomForSite = (organisationId: string): Guard => ({
  sql: `(SELECT count(*) FROM sites WHERE organisation_id = ?) < ${mostSites}`,
  args: [organisationId],
});

export const siteInsert = (organisationId: string, site: Site): Statement => {
  const room = roomForSite(organisationId);
  return {
    sql: `INSERT INTO sites
            (id, organisation_id, host_pattern, company_id, kind, region, always_on, settings, changed_at)
          SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ${room.sql}`,
    args: [site.id, organisationId, ...valuesOf(site), ...room.args],
  };
};

/** Holds while the site is still of that version. */
export const stillThatSite = (record: SiteRecord): Guard => ({
  sql: 'EXISTS (SELECT 1 FROM sites WHERE id = ? AND organisation_id = ? AND version = ?)',
  args: [record.id, record.organisationId, record.version],
});

export const siteUpdate = (record: SiteRecord, after: Site): Statement => ({
  sql: `UPDATE sites SET host_pattern = ?, company_id = ?, kind = ?, region = ?, always_on = ?, settings = ?,
          changed_at = ?, version = version + 1
        WHERE id = ? AND organisation_id = ? AND version = ?`,
  args: [...valuesOf(after), record.id, record.organisationId, record.version],
});

export const siteDelete = (record: SiteRecord): Statement => ({
  sql: 'DELETE FROM sites WHERE id = ? AND organisation_id = ? AND version = ?',
  args: [record.id, record.organisationId, record.version],
});

const valuesOf = (site: Site) => [
  site.hostPattern,
  site.companyId,
  site.kind,
  site.region,
  site.alwaysOn ? 1 : 0,
  JSON.stringify({ lists: site.lists }),
  site.changedAt,
];
