/** What a cell of a file may hold. A number is written as it is; a text that a spreadsheet would run is not. */
export type Cell = string | number;
export type Row = readonly Cell[];

/** Spreadsheets of Polish computers take semicolons for the end of a cell, those of English ones commas. */
export type Separator = ';' | ',';

/** Without it spreadsheets take UTF-8 for the code page of the machine. */
const utf8Mark = '\uFEFF';

/**
 * A CSV file that spreadsheets open as it is: UTF-8 with its mark, CRLF, RFC 4180 quotes.
 * A long one may be made piece by piece: this with its first rows, `csvLines` with the others.
 */
export const csvOf = (rows: readonly Row[], separator: Separator): string =>
  `${utf8Mark}${csvLines(rows, separator)}`;

/** Rows as lines, without the mark. */
export const csvLines = (rows: readonly Row[], separator: Separator): string =>
  rows.map((row) => `${row.map((cell) => cellOf(cell, separator)).join(separator)}\r\n`).join('');

/** Beginnings that a spreadsheet takes for a formula, full-width ones too (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r＝＋－＠]/;
/** A number in E.164 is text to keep as it is, not a sum. */
const phoneNumber = /^\+?\d+$/;

function cellOf(value: Cell, separator: Separator): string {
  if (typeof value === 'number') return String(value);
  const text = formula.test(value) && !phoneNumber.test(value) ? `'${value}` : value;
  return text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
