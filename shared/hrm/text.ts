import { fieldKey, mergeFields, parseTemplate } from '../sms-text/index.ts';
import { fieldsOf, type HrmEventId, type HrmField, type HrmLanguage } from './events.ts';

/** The event's field of that name, which is its id or what a language calls it; undefined: it has no such field. */
export function fieldNamed(event: HrmEventId, name: string): HrmField | undefined {
  const key = fieldKey(name);
  return fieldsOf(event).find((field) =>
    [field.id, field.pl, field.en].some((each) => fieldKey(each) === key),
  );
}

/** Names in a template that the event does not have: nobody could ever fill them. */
export const unknownFields = (event: HrmEventId, text: string): string[] =>
  parseTemplate(text).fields.filter((name) => fieldNamed(event, name) === undefined);

/** Values by all names that a template may use for them. */
export function valuesFor(
  event: HrmEventId,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  const named: Record<string, string> = {};
  for (const field of fieldsOf(event)) {
    const value = values[field.id];
    if (value === undefined) continue;
    for (const name of [field.id, field.pl, field.en]) named[name] = value;
  }
  return named;
}

/** A template with values by field id. */
export const writeText = (event: HrmEventId, template: string, values: Readonly<Record<string, string>>) =>
  mergeFields(template, valuesFor(event, values));

/** What a preview puts where nothing is given. */
export const sampleValues = (event: HrmEventId, language: HrmLanguage): Record<string, string> =>
  Object.fromEntries(fieldsOf(event).map((field) => [field.id, field.sample[language]]));
