import type { OperatorKind, OperatorSettings } from '../../shared/api/operator-accounts.ts';
import type { Failure } from '../bridge/failure.ts';

export type OperatorField = OperatorKind['fields'][number];

/** What stands in the fields: text as it was typed, and switches. */
export type Typed = Record<string, string | boolean>;

/** The fields of an account as it is; secrets are never read back, so theirs are empty. */
export function typedOf(fields: readonly OperatorField[], settings: OperatorSettings): Typed {
  return Object.fromEntries(
    fields.map(({ key, kind, choices }) => {
      const value = settings[key];
      if (kind === 'switch') return [key, value === true];
      if (kind === 'choice') return [key, String(value ?? choices?.[0]?.value ?? '')];
      return [key, value === null || value === undefined ? '' : String(value)];
    }),
  );
}

/** Why a field cannot be sent as it is. */
export type FieldTrouble = 'required' | 'not-a-number';

/** @param stored keys of secrets that the server has: theirs may stay empty */
export function troubleOf(
  field: OperatorField,
  typed: Typed,
  stored: readonly string[],
): FieldTrouble | null {
  const value = typed[field.key];
  if (typeof value !== 'string') return null;
  if (value.trim() === '') return field.required && !stored.includes(field.key) ? 'required' : null;
  return field.kind === 'number' && numberOf(value) === null ? 'not-a-number' : null;
}

/**
 * The settings to send. A new account leaves out what is empty, so that the operator's defaults hold; a change clears a
 * number with null, and leaves secrets out that nobody typed anew.
 */
export function settingsOf(
  fields: readonly OperatorField[],
  typed: Typed,
  before: OperatorSettings | null,
): OperatorSettings {
  const settings: OperatorSettings = {};
  for (const { key, kind } of fields) {
    const value = typed[key];
    if (typeof value === 'boolean') settings[key] = value;
    else if (value !== undefined && value.trim() !== '')
      settings[key] = kind === 'number' ? numberOf(value) : value.trim();
    else if (kind === 'number' && typeof before?.[key] === 'number') settings[key] = null;
  }
  return settings;
}

/** `1,5` as well as `1.5`; null when it is no number. */
export function numberOf(text: string): number | null {
  const value = Number(text.replace(/[\s ]/g, '').replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

/** Keys of the settings that the server refused. */
export function refusedKeys(failure: Failure | null): string[] {
  if (failure?.kind !== 'problem') return [];
  return failure.problem.errors.flatMap(({ path }) => /^\/settings\/([^/]+)/.exec(path)?.[1] ?? []);
}
