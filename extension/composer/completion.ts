import { fieldKey } from '../../shared/sms-text/index.ts';

/** A field that is being typed: `{Im|` with the caret at `|`. */
export interface OpenField {
  /** Offset of the brace. */
  start: number;
  /** Offset of the caret. */
  end: number;
  typed: string;
}

/** The field at the caret that has no closing brace yet, or null. A default (`{Imię|…`) is the user's own words. */
export function openFieldAt(text: string, caret: number): OpenField | null {
  const start = text.lastIndexOf('{', caret - 1);
  if (start < 0 || text[start - 1] === '\\') return null;
  const typed = text.slice(start + 1, caret);
  return /[}|\n]/.test(typed) || typed.length > 60 ? null : { start, end: caret, typed };
}

/** Columns that fit what was typed: those that begin so, then those that hold it. Case does not matter. */
export function suggestions(columns: string[], typed: string): string[] {
  const wanted = fieldKey(typed);
  const begins = columns.filter((column) => fieldKey(column).startsWith(wanted));
  const holds = columns.filter((column) => !begins.includes(column) && fieldKey(column).includes(wanted));
  return [...begins, ...holds].slice(0, 8);
}

/** The text with the field written out in place of `from`–`to`, and where the caret goes. */
export function insertField(
  text: string,
  column: string,
  from: number,
  to: number,
): { text: string; caret: number } {
  // A brace that the user has closed already is not closed twice.
  const after = text[to] === '}' ? to + 1 : to;
  const field = `{${column.replace(/[\\{}|]/g, (character) => (character === '|' ? ' ' : `\\${character}`))}}`;
  return { text: text.slice(0, from) + field + text.slice(after), caret: from + field.length };
}
