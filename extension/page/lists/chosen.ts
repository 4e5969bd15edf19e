import type { SiteList } from '../../../shared/api/sites.ts';
import { describeList, type ListPlace, settingsOf } from '../../../shared/sites/lists.ts';
import type { Column, ListReading, ListSource } from './list.ts';

/**
 * Columns that somebody of the organisation has pointed at because they were guessed wrongly. One content script reads
 * one page of one site, so what was chosen there stands here, not in every call on the way to a list.
 */
let chosen: readonly SiteList[] = [];
let pathname = (): string => '/';

export function applyChosenColumns(lists: readonly SiteList[], path: () => string): void {
  chosen = lists;
  pathname = path;
}

/** A column as its settings call it; headings may be whole sentences. */
export const nameOfColumn = (column: Column): string => column.name.trim().slice(0, 120);

/** A list in the words by which its settings are kept. */
export const placeOfList = (list: Pick<ListReading, 'source' | 'columns'>): ListPlace =>
  describeList(
    pathname(),
    sharedColumns(list.source, list.columns).map((column) => column.name),
  );

/** Columns that become merge fields. Under headings a column without one holds icons and menus; repetition has none. */
export function sharedColumns(source: ListSource, columns: readonly Column[]): Column[] {
  const headed = source.kind !== 'cards' && columns.some((column) => column.header.text !== '');
  return columns.filter((column) => !column.ticks && (column.header.text !== '' || !headed));
}

/** What was decided, with what people have chosen in place of what was guessed. */
export function asChosen(
  source: ListSource,
  columns: Column[],
): { columns: Column[]; chosenNames: number[] } {
  const settings = chosen.length > 0 ? settingsOf(chosen, placeOfList({ source, columns })) : null;
  if (settings === null) return { columns, chosenNames: [] };
  const at = (wanted: readonly string[]): Column[] =>
    wanted
      .map((name) => columns.find((column) => nameOfColumn(column) === name))
      .filter((column) => column !== undefined);
  const phones = at(settings.phones);
  return {
    // None of them is there today (hidden, or not drawn yet): the guess is better than nothing.
    columns: phones.length === 0 ? columns : columns.map((column) => asPhone(column, phones)),
    chosenNames: at(settings.names).map(({ index }) => index),
  };
}

function asPhone(column: Column, phones: readonly Column[]): Column {
  const nth = phones.indexOf(column);
  // A number elsewhere can still be clicked; it is not what ticked rows are texted at.
  if (nth < 0) return { ...column, phone: false, score: 0 };
  // Read as leniently as cells under "Telefon": somebody has said that these are numbers.
  const read = column.read === 'text' ? 'text' : 'cell';
  return { ...column, phone: true, ticks: false, mayName: false, read, score: 1 - nth * 0.1 };
}
