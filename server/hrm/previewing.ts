import type { z } from 'zod';
import type { HrmPreview, HrmPreviewDraft, HrmSettings } from '../../shared/api/hrm.ts';
import { employeeField, type HrmEventId, type HrmLanguage } from '../../shared/hrm/events.ts';
import { initials } from '../../shared/hrm/initials.ts';
import { fieldNamed, sampleValues, unknownFields, writeText } from '../../shared/hrm/text.ts';
import { countParts } from '../../shared/sms-text/index.ts';

/** A template as it would be sent: with samples where nothing is given, and with initials where the company wants them. */
export function previewOf(
  event: HrmEventId,
  templates: Readonly<Record<HrmLanguage, string>>,
  { fullNames }: HrmSettings,
  { language, text, fields }: z.infer<typeof HrmPreviewDraft>,
): HrmPreview {
  const values = sampleValues(event, language);
  for (const [name, value] of Object.entries(fields)) {
    const field = fieldNamed(event, name);
    if (field !== undefined) values[field.id] = value;
  }
  const name = values[employeeField.id];
  if (!fullNames && name !== undefined) values[employeeField.id] = initials(name);
  const template = text ?? templates[language];
  const written = writeText(event, template, values);
  return {
    text: written.text,
    parts: countParts(written.text).parts,
    missing: [...written.missing],
    unknown: unknownFields(event, template),
  };
}
