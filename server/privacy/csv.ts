/** RFC 4180 with a byte order mark, so that spreadsheets read UTF-8. What would be a formula there begins with an apostrophe. */
export function csvOf(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')}`;
}

/** A number in E.164 is text to keep as it is, not a sum (OWASP, CSV injection). */
function cellOf(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) && !/^\+\d+$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
