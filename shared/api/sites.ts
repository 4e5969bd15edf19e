import { z } from 'zod';
import { Instant } from './paging.ts';

/** `crm`: customers. `hrm`: employees, so that sending needs the company's HRM permission (R30). */
export const SiteKind = z.enum(['crm', 'hrm']).meta({ id: 'SiteKind' });
export type SiteKind = z.infer<typeof SiteKind>;

/** Columns by what the page calls them. */
const Columns = z.array(z.string().trim().min(1).max(120)).max(5);

/** Settings of one list of a site. Which list that is: `shared/sites/lists.ts`. */
export const SiteList = z
  .object({
    /** Path of its page, a star for each record's id. */
    path: z.string().startsWith('/').max(300),
    /** Headings of its columns; empty for cards. */
    headings: z.array(z.string().max(120)).max(60),
    /** Columns that hold phone numbers, best first; empty: as recognised. */
    phones: Columns.default([]),
    /** Columns that name the person; empty: as recognised. */
    names: Columns.default([]),
    /** The template that the composer begins with on this list. Null: none. */
    templateId: z.string().min(1).max(60).nullable().default(null),
  })
  .meta({ id: 'SiteList' });
export type SiteList = z.infer<typeof SiteList>;

export const SiteDraft = z
  .object({
    /**
     * `crm.firma.pl`, `*.firma.pl` (every host below it), each with an optional port and path:
     * `erp.firma.pl:8443/kadry`. Of several that fit a page the most specific one counts.
     */
    hostPattern: z.string().trim().min(1).max(300),
    /** The company that the composer chooses there; null: none. */
    companyId: z.string().min(1).max(60).nullable().default(null),
    kind: SiteKind,
    /** ISO 3166 region of numbers without a prefix. */
    region: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .default('PL'),
    /** The organisation's people are offered to have its pages read without a click; their browser asks them. */
    alwaysOn: z.boolean().default(false),
  })
  .meta({ id: 'SiteDraft' });
export type SiteDraft = z.infer<typeof SiteDraft>;

export const SiteChange = z
  .object({
    hostPattern: SiteDraft.shape.hostPattern,
    companyId: SiteDraft.shape.companyId.removeDefault(),
    kind: SiteKind,
    region: SiteDraft.shape.region.removeDefault(),
    alwaysOn: z.boolean(),
  })
  .partial()
  .meta({ id: 'SiteChange' });
export type SiteChange = z.infer<typeof SiteChange>;

/** A web application that the organisation knows. */
export const Site = z
  .object({
    id: z.string(),
    hostPattern: z.string(),
    companyId: z.string().nullable(),
    kind: SiteKind,
    region: z.string(),
    alwaysOn: z.boolean(),
    lists: z.array(SiteList),
    changedAt: Instant,
  })
  .meta({ id: 'Site' });
export type Site = z.infer<typeof Site>;
