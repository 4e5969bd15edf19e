import { z } from 'zod';
import { Instant } from './paging.ts';

export const TemplateDraft = z
  .object({
    name: z.string().trim().min(1).max(120),
    /** Text with merge fields: `{Imię}`, or with a default: `{Imię|Kliencie}`. */
    text: z.string().min(1).max(2000),
  })
  .meta({ id: 'TemplateDraft' });
export const TemplateChange = TemplateDraft.partial().meta({ id: 'TemplateChange' });
export const Template = TemplateDraft.extend({ id: z.string(), changedAt: Instant }).meta({ id: 'Template' });
export type Template = z.infer<typeof Template>;
