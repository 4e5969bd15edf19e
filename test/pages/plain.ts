import type { Row } from './data.ts';
import type { TestPage } from './pages.ts';

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign);

export const document = (title: string, body: string, head = ''): string =>
  `<!doctype html>\n<html lang="pl"><head><meta charset="utf-8"><title>${escaped(title)}</title><link rel="icon" href="data:,">${head}</head><body>${body}</body></html>\n`;

const cells = (row: Row, columns: readonly string[]) =>
  columns.map((title) => `<td>${escaped(row.cells[title] ?? '')}</td>`).join('');

const table = (columns: readonly string[], rows: readonly Row[]) =>
  `<table class="list"><thead><tr><th></th>${columns.map((title) => `<th>${escaped(title)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((row) => `<tr><td><input type="checkbox" value="${row.key}"></td>${cells(row, columns)}</tr>`)
    .join('')}</tbody></table>`;

const card = (row: Row) =>
  `<article class="card"><input type="checkbox" value="${row.key}" aria-label="Zaznacz"><h3>${escaped(row.name)}</h3><p>${escaped(row.cells.Firma ?? '')}, ${escaped(row.cells.Miasto ?? '')}</p><p><span>Telefon</span> <b>${escaped(row.cells.Telefon ?? '')}</b></p><p><span>NIP</span> <b>${escaped(row.cells.NIP ?? '')}</b></p></article>`;

const definitions = (row: Row, columns: readonly string[]) =>
  `<dl>${columns.map((title) => `<dt>${escaped(title)}</dt><dd>${escaped(row.cells[title] ?? '')}</dd>`).join('')}</dl>`;

const form = (row: Row, columns: readonly string[]) =>
  `<form>${columns.map((title) => `<p><label>${escaped(title)} <input value="${escaped(row.cells[title] ?? '')}"></label></p>`).join('')}</form>`;

/** The plain pages, as a server would render them: file name → HTML. */
export const plainPage = (
  { name, about, columns }: TestPage,
  rows: readonly Row[],
): Record<string, string> => {
  const [first] = rows;
  const file = `${name}.html`;
  if (name === 'table') {
    const layout = `<table><tr><td><a href="#">Menu</a><br>Infolinia: brak</td><td><table><tr><td>${table(columns, rows)}</td></tr></table></td></tr></table>`;
    return { [file]: document(about, layout) };
  }
  if (name === 'cards') return { [file]: document(about, `<main>${rows.map(card).join('')}</main>`) };
  if (name === 'framed') {
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; frame-src 'self'">`;
    return {
      [file]: document(
        about,
        '<h1>Lista</h1><iframe src="framed-list.html" width="1100" height="700"></iframe>',
        policy,
      ),
      'framed-list.html': document(about, table(columns, rows), policy),
    };
  }
  if (first === undefined) throw new Error(`${name} has no record to show`);
  return { [file]: document(about, name === 'form' ? form(first, columns) : definitions(first, columns)) };
};
