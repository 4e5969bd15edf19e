import type { NumberKind } from '../../shared/phone/index.ts';

/** A number as a page shows it and as we understand it. */
export interface CapturedNumber {
  /** The characters on the page, e.g. `(+48) 606-960-887`. */
  shown: string;
  /** E.164, e.g. `+48606960887`. */
  e164: string;
  kind: NumberKind;
  /** Heading of the column, or label of the field, that it stands in: it says whose an employee's number is. */
  column?: string;
}

/** One row of a list, or one record of a form, that the user chose. */
export interface CapturedPerson {
  /** Identity of the row within its list (`aria-rowindex`, row id or link, else a hash of its cells). */
  row: string;
  /** The person's name; empty when the page shows none. */
  name: string;
  /** What stands in the phone cell, for the reason shown when it holds no number. */
  shown: string;
  /** Every number found for this person, best first. Empty: the row is listed as skipped, never dropped. */
  numbers: CapturedNumber[];
  /** The first number is the one that the user pointed at. */
  pointed?: boolean;
  /** Merge fields: column header or form label → the row's text. */
  fields: Record<string, string>;
}

/** How much of a list the capture holds: a paged or virtualised list shows only a part of its rows. */
export interface Collected {
  rows: number;
  /** Rows that the list says it has; null when it does not say. */
  total: number | null;
}

/**
 * What a page hands to the composer, by an act of the user only: the chosen people and the columns beside them.
 * It never holds rows that the user did not choose.
 */
export interface Capture {
  id: string;
  /** Milliseconds since the epoch. */
  takenAt: number;
  page: { url: string; title: string };
  where: 'list' | 'form' | 'text' | 'selection' | 'paste';
  /** Identity of the list on its page, for the results shown back in its rows; null outside a list. */
  list: string | null;
  /** Merge fields on offer, in the order of the page's columns. */
  columns: string[];
  people: CapturedPerson[];
  collected: Collected | null;
}
