import type { SiteList } from '../../../shared/api/sites.ts';
import { describeList, type ListPlace, settingsOf } from '../../../shared/sites/lists.ts';
import type { Decided } from './columns.ts';
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
export function asChosen(source: ListSource, decided: Decided): Decided {
  if (chosen.length === 0) return decided;
  const settings = settingsOf(chosen, placeOfList({ source, columns: decided.columns }));
  if (settings === null) return decided;
  const at = (wanted: readonly string[]): Column[] =>
    wanted
      .map((name) => decided.columns.find((column) => nameOfColumn(column) === name))
      .filter((column) => column !== undefined);
  const phones = at(settings.phones);
  const names = at(settings.names);
  return {
    // None of them is there today (hidden, or not drawn yet): the guess is better than nothing.
    columns: phones.length === 0 ? decided.columns : decided.columns.map((column) => asPhone(column, phones)),
    names:
      names.length === 0
        ? decided.names.filter(({ index }) => !phones.some((column) => column.index === index))
        : names.map(({ index, header }, nth) => ({ index, header, score: 10 - nth })),
  };
}

function asPhone(column: Column, phones: readonly Column[]): Column {
  const nth = phones.indexOf(column);
  // A number elsewhere can still be clicked; it is not what ticked rows are texted at.
  if (nth < 0) return { ...column, phone: false, score: 0 };
  // Read as leniently as cells under "Telefon": somebody has said that these are numbers.
  const read = column.read === 'text' ? 'text' : 'cell';
  return { ...column, phone: true, ticks: false, read, score: 1 - nth * 0.1 };
}
