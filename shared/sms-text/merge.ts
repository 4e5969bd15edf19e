/**
 * Merge fields in a text: `{Imię}`, or `{Imię|Kliencie}` with what to say where the person's row has no value.
 *
 * - `\{`, `\}` and `\\` are a brace or a backslash meant literally, inside a field's default too; before any other
 *   character a backslash is itself.
 * - What is no field is text: a brace without its partner, `{}`, a name with a line break. An inner brace starts
 *   afresh, so `{{Imię}}` is the field between two literal braces. `strayBraces` tells where, for a warning.
 * - A value is put in as it is and never read as a template.
 */
export type TemplateToken =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'field';
      /** As written, trimmed and with inner white space collapsed. */
      readonly name: string;
      /** What names are compared by: see `fieldKey`. */
      readonly key: string;
      /** What to say without a value, trimmed; may be empty, which says "nothing, and that is fine". */
      readonly fallback: string | undefined;
    };

export interface Template {
  readonly tokens: readonly TemplateToken[];
  /** Names of the fields, each once, as first written. */
  readonly fields: readonly string[];
  /** Offsets of braces that are neither part of a field nor escaped. */
  readonly strayBraces: readonly number[];
}

/** Values of one person's row by column name. Only own properties that are strings count. */
export type FieldValues = Readonly<Record<string, string | undefined>>;

export interface Merged {
  readonly text: string;
  /** Fields without value and default, as first written; in the text they are empty. */
  readonly missing: readonly string[];
}

/** How field names are compared: canonical Unicode form, trimmed, white space collapsed, lower case. */
export function fieldKey(name: string): string {
  return fieldName(name).normalize('NFC').toLowerCase();
}

/** Reads a text into tokens. Never fails; linear in the text, whatever braces it holds. */
export function parseTemplate(text: string): Template {
  const tokens: TemplateToken[] = [];
  const names = new Map<string, string>();
  const strayBraces: number[] = [];
  let literal = '';

  let from = 0;
  let at = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '\\' && isEscapable(text.charAt(at + 1))) {
      literal += text.slice(from, at);
      from = at + 1;
      at += 2;
    } else if (character === '{' || character === '}') {
      const field = character === '{' ? readField(text, at + 1) : undefined;
      if (field === undefined) {
        strayBraces.push(at);
        at++;
        continue;
      }
      literal += text.slice(from, at);
      if (literal !== '') tokens.push({ kind: 'text', text: literal });
      literal = '';
      tokens.push(field.token);
      if (!names.has(field.token.key)) names.set(field.token.key, field.token.name);
      from = field.end;
      at = from;
    } else at++;
  }
  literal += text.slice(from);
  if (literal !== '') tokens.push({ kind: 'text', text: literal });
  return { tokens, fields: [...names.values()], strayBraces };
}

/**
 * The text for one person. Parse once and merge many: a name written exactly as the column is one property look-up.
 * Names are compared by `fieldKey`; where several columns share a key, the exact spelling wins, then the first with a
 * value. Values are trimmed; an empty one is missing.
 */
export function mergeFields(template: string | Template, fields: FieldValues): Merged {
  const { tokens } = typeof template === 'string' ? parseTemplate(template) : template;
  let text = '';
  let missing: Map<string, string> | undefined;
  for (const token of tokens) {
    if (token.kind === 'text') {
      text += token.text;
      continue;
    }
    const value = columnValue(token.name, token.key, fields) ?? token.fallback;
    if (value !== undefined) text += value;
    else {
      missing ??= new Map();
      if (!missing.has(token.key)) missing.set(token.key, token.name);
    }
  }
  return { text, missing: missing === undefined ? [] : [...missing.values()] };
}

function columnValue(name: string, key: string, fields: FieldValues): string | undefined {
  const exact = ownValue(fields, name);
  if (exact !== undefined) return exact;
  for (const column of Object.keys(fields)) {
    if (fieldKey(column) !== key) continue;
    const value = ownValue(fields, column);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A prototype's `constructor` or `__proto__` is no column. */
function ownValue(fields: FieldValues, column: string): string | undefined {
  if (!Object.hasOwn(fields, column)) return undefined;
  const value: unknown = fields[column];
  return typeof value === 'string' ? value.trim() || undefined : undefined;
}

type FieldToken = Extract<TemplateToken, { kind: 'field' }>;

/**
 * The field whose brace opens before `start`, or undefined where that brace is only text. Stops at the next brace, from
 * which the caller goes on; so no character is read more than twice.
 */
function readField(text: string, start: number): { token: FieldToken; end: number } | undefined {
  let name: string | undefined;
  let part = '';
  for (let at = start; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '{') return undefined;
    if (character === '\\' && isEscapable(text.charAt(at + 1))) {
      at++;
      part += text.charAt(at);
    } else if (character === '|' && name === undefined) {
      name = part;
      part = '';
    } else if (character === '\n' && name === undefined) {
      return undefined;
    } else if (character === '}') {
      const written = fieldName(name ?? part);
      if (written === '') return undefined;
      const fallback = name === undefined ? undefined : part.trim();
      return { token: { kind: 'field', name: written, key: fieldKey(written), fallback }, end: at + 1 };
    } else {
      part += character;
    }
  }
  return undefined;
}

function fieldName(name: string): string {
  return name.trim().replace(/\s+/g, ' ');
}

function isEscapable(character: string): boolean {
  return character === '{' || character === '}' || character === '\\';
}
