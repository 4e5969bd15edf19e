import { makeRows } from '../data.ts';
import { pageNamed } from '../pages.ts';

/** The rows of a page as plain records: `{ id, c0, c1, … }`, one property a column, as grids like them. */
export const recordsOf = (name) => {
  const page = pageNamed(name);
  const columns = page.columns.map((title, place) => ({ title, field: `c${place}` }));
  const records = makeRows(page.rows, page.seed).map((row) => ({
    id: Number(row.key),
    ...Object.fromEntries(columns.map(({ title, field }) => [field, row.cells[title]])),
  }));
  return { columns, records };
};

export const root = document.getElementById('root');
