import type { ColumnVerdict } from '../../../shared/phone/index.ts';

/**
 * How a list stands in the page, whatever it is built of: rows × columns of elements, looked up anew on each question,
 * because pages recycle cells and re-create rows at will. A row is known by its main element; with frozen panes its
 * cells stand in several.
 */
export interface ListSource {
  kind: 'table' | 'grid' | 'cards';
  root: Element;
  /** One per column, in the page's order. */
  headers: Header[];
  /** Main elements of the rows that are in the page now, header and detail rows left out. */
  rows(): Element[];
  /** How many `rows()` would give, without making them where the browser can count. */
  count(): number;
  /** The rows, perhaps with some headings among them, in runs that need not be made to be counted: for finding those in view. */
  runs(): ArrayLike<Element>[];
  /** Up to `most` rows spread over the list, its first and last among them. */
  sample(most: number): Element[];
  /** The cells of a row by column. */
  cells(row: Element): (Element | undefined)[];
  /** Every cell of one column, for the first read of long lists. */
  column(index: number): Iterable<Element>;
  /** The row that a node stands in; null for headers and what is outside. */
  rowAt(node: Node): Element | null;
  /** Cells that stand below a record over all columns and tell more of it. */
  details?(): Iterable<Element>;
  /** Every element that makes up a row: one, or one per frozen pane. */
  parts(row: Element): Element[];
}

export interface Header {
  /** What the page calls the column; empty when it does not. */
  text: string;
  /** Headings that span this column with others: `Kontakt awaryjny` over `Imię` and `Telefon`. */
  group: string;
  /** The heading cell holds a control: the `select all` box, a filter. */
  box: boolean;
}

export const noHeader: Header = { text: '', group: '', box: false };

/** What a column holds, decided on a sample of rows. */
export interface Column {
  index: number;
  /** Unique name of the column among its list's merge fields. */
  name: string;
  header: Header;
  /** The cells are people's phone numbers. */
  phone: boolean;
  /** How its cells are read for numbers (`scoreColumn`); `none` also where a long list's sample held none. */
  read: ColumnVerdict['read'];
  /** How sure we are that this is a phone column, 0…1; mobiles come before landlines. */
  score: number;
  /** The page's own tick boxes stand here. */
  ticks: boolean;
  /** It may name the row's person: it holds no numbers of anything. */
  mayName: boolean;
}

export interface ListReading {
  /** Identity of the list on its page: it outlives re-created elements. */
  id: string;
  source: ListSource;
  columns: Column[];
  /** Columns that somebody has chosen as the person's name; empty: it is guessed when a person is read (`namesOf`). */
  chosenNames: number[];
  /** Rows in the page now. */
  rows: number;
  /** The list has a column of phone numbers: its rows are people who can be texted. */
  people: boolean;
}
