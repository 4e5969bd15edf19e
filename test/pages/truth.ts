import { kinds, type PageNumber, type Row } from './data.ts';
import type { TestPage } from './pages.ts';

/** One number that a careful reader finds on a page. */
export interface TruthNumber {
  /** The page's file, e.g. `ag-grid.html`. */
  url: string;
  /** The frame's file when the number stands in one; empty in the page itself. */
  frame: string;
  e164: string;
  kind: PageNumber['kind'];
  /** Whose number it is, as the page names them; empty when it does not. */
  name: string;
  /** The characters on the page. */
  shown: string;
  where: 'list' | 'form' | 'text';
  /** Name of the list on the page; empty outside lists. */
  list: string;
  /** Key of the row (`Row.key`); empty outside lists. */
  row: string;
  /** Column or label → text. */
  fields: Record<string, string>;
}

/** Something that looks like a number and is none. */
export interface Decoy {
  row: string;
  field: string;
  shown: string;
}

export interface Truth {
  page: string;
  rows: number;
  /** Titles of the columns or labels, in the page's order. */
  columns: string[];
  numbers: TruthNumber[];
  decoys: Decoy[];
  /** Rows or records without any number: they are listed as skipped, never dropped. */
  without: string[];
}

const pickFields = (row: Row, columns: readonly string[], titles: TestPage['titles'] = {}) =>
  Object.fromEntries(columns.map((title) => [titles[title] ?? title, row.cells[title] ?? '']));

/** What stands on a page that shows these rows. */
export const truthOf = (
  { name: page, where, columns, named = columns, titles, framed }: TestPage,
  rows: readonly Row[],
): Truth => {
  const frame = framed ? 'framed-list.html' : '';
  const phoneColumns = columns.filter((title) => kinds[title] === 'phone');
  const inList = where === 'list';
  return {
    page,
    rows: rows.length,
    columns: [...columns],
    numbers: rows.flatMap((row) =>
      phoneColumns.flatMap((title) => {
        const phone = row.phones[title];
        return (phone?.numbers ?? []).map((number) => ({
          url: `${page}.html`,
          frame,
          e164: number.e164,
          kind: number.kind,
          name: phone?.name ?? '',
          shown: number.shown,
          where,
          list: inList ? page : '',
          row: inList ? row.key : '',
          fields: pickFields(row, named, titles),
        }));
      }),
    ),
    decoys: rows.flatMap((row) =>
      columns
        .filter((title) => kinds[title] === 'decoy')
        .map((title) => ({ row: row.key, field: title, shown: row.cells[title] ?? '' })),
    ),
    without: rows
      .filter((row) => phoneColumns.every((title) => (row.phones[title]?.numbers.length ?? 0) === 0))
      .map((row) => row.key),
  };
};
