import { z } from 'zod';

/** Company stamp (pieczątka firmy): what the owner's statement is prefilled with (R15). */
export const Stamp = z
  .object({
    name: z.string().trim().max(200),
    address: z.string().trim().max(300),
    nip: z.string().trim().max(20),
  })
  .meta({ id: 'Stamp' });
export type Stamp = z.infer<typeof Stamp>;

export const Company = z
  .object({ id: z.string(), name: z.string(), stamp: Stamp, hrmPermission: z.boolean() })
  .meta({ id: 'Company' });
export type Company = z.infer<typeof Company>;

export const CompanyDraft = z
  .object({ name: z.string().trim().min(1).max(120), stamp: Stamp.optional() })
  .meta({ id: 'CompanyDraft' });

export const CompanyChange = CompanyDraft.partial()
  .extend({ hrmPermission: z.boolean().optional() })
  .meta({ id: 'CompanyChange' });

/** When a company may send, and how much. */
export const QuietHours = z
  .object({
    /** Hours of the local day in which texts may go out: from `from`, before `until`. */
    from: z.number().int().min(0).max(23),
    until: z.number().int().min(1).max(24),
    /** Texts to employees keep them always; with this, all texts do. */
    forAll: z.boolean(),
  })
  .meta({ id: 'QuietHours' });

export const CompanySending = z
  .object({
    /** IANA name, e.g. `Europe/Warsaw`. */
    timeZone: z.string().min(1).max(60),
    quietHours: QuietHours,
    /** Parts in a calendar month; null: as many as the package has. */
    monthlyParts: z.number().int().min(0).max(1_000_000_000).nullable(),
    /** Taken of them in this month; null without a quota. */
    usedParts: z.number().int().nullable(),
    /** `2026-11`, by the company's clock. */
    month: z.string(),
  })
  .meta({ id: 'CompanySending' });
export type CompanySending = z.infer<typeof CompanySending>;

export const CompanySendingChange = CompanySending.pick({ timeZone: true, monthlyParts: true })
  .partial()
  .extend({ quietHours: QuietHours.partial().optional() })
  .meta({ id: 'CompanySendingChange' });

export const Organisation = z
  .object({
    id: z.string(),
    name: z.string().trim().min(1).max(120),
    /** The CRM module: decides how the owner's statement travels (R3, R19). */
    hasCrm: z.boolean(),
    /** Days after which bodies and numbers are erased. */
    retentionDays: z.number().int().min(1).max(3650),
    /** Administrators are mailed when the package falls under so many parts; null: never. */
    lowParts: z.number().int().min(0).max(100_000_000).nullable(),
  })
  .meta({ id: 'Organisation' });
export type Organisation = z.infer<typeof Organisation>;

export const OrganisationChange = Organisation.omit({ id: true })
  .partial()
  .meta({ id: 'OrganisationChange' });
