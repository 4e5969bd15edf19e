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

export const Organisation = z
  .object({
    id: z.string(),
    name: z.string().trim().min(1).max(120),
    /** The CRM module: decides how the owner's statement travels (R3, R19). */
    hasCrm: z.boolean(),
    /** Days after which bodies and numbers are erased. */
    retentionDays: z.number().int().min(1).max(3650),
  })
  .meta({ id: 'Organisation' });
export type Organisation = z.infer<typeof Organisation>;

export const OrganisationChange = Organisation.omit({ id: true })
  .partial()
  .meta({ id: 'OrganisationChange' });
