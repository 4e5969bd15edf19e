import type { CapturedNumber, CapturedPerson } from '../../bridge/capture.ts';
import { addNumbers, bestFirst, numbersOf } from '../numbers/found.ts';
import { inColumn } from '../numbers/heading.ts';
import { hasWord, isProper, letters } from '../numbers/letters.ts';
import { isText } from '../numbers/nodes.ts';
import { isShown, lineOf, oneLine, textOf } from '../numbers/text.ts';
import { sharedColumns } from './chosen.ts';
import { dialledBy, sampled } from './columns.ts';
import type { Column, ListReading } from './list.ts';
import { looksLikeName, personIn } from './names.ts';
import { rowIdentity } from './row-identity.ts';
import { type NameColumn, nameColumns, namesOf } from './whose.ts';

/** Who a row is, read from the page at the moment of asking: cells are recycled, so nothing read earlier counts. */

/** Fields are merged into a text of a few hundred characters: more of a cell is of no use. */
const longestField = 300;

export interface PeopleReader {
  /** @param at the cell whose number was pointed at: its column decides whose number it is */
  person(row: Element, at?: Element): CapturedPerson;
  key(row: Element): string;
  /** How rows are told apart (`rowIdentity`). */
  way: string;
  fields: string[];
}

/** @param way how this list's rows were told apart before */
export function peopleOf(list: ListReading, region: string, way?: string): PeopleReader {
  const { source, columns } = list;
  const names = namesOf(list);
  const phones = columns
    .filter((column) => column.phone)
    .sort((a, b) => b.score - a.score || a.index - b.index);
  const main = mainPhone(phones, names);
  const sample = source.sample(sampled);
  const identity = rowIdentity(source, columns, sample, nameColumns(names, main, phones), way);
  const shared = sharedColumns(source, columns);

  return {
    key: identity.key,
    way: identity.way,
    fields: shared.map((column) => column.name),
    person(row, at) {
      const cells = source.cells(row);
      const pointed = at
        ? columns.find((column) => cells[column.index]?.contains(at) || cells[column.index] === at)
        : undefined;
      const phone = pointed && pointed.read !== 'none' ? pointed : main;
      const who = nameColumns(names, phone?.phone ? phone : main, phones);
      // Phones of the same person: those whose headings lead to the same name.
      const theirs = phone?.phone
        ? [
            phone,
            ...phones.filter((other) => other !== phone && sameNames(nameColumns(names, other, phones), who)),
          ]
        : phone
          ? [phone]
          : [];
      const numbers: CapturedNumber[] = [];
      for (const column of theirs) {
        const cell = cells[column.index];
        if (cell && isShown(cell)) {
          addNumbers(numbers, inColumn(numbersOf(shownText(cell), column.read, region), headingOf(column)));
        }
      }
      const fields: Record<string, string> = {};
      for (const column of shared) {
        const cell = cells[column.index];
        fields[column.name] = cell ? lineOf(cell, true).slice(0, longestField) : '';
      }
      const first = phone ? cells[phone.index] : undefined;
      return {
        row: identity.key(row),
        name: nameFrom(who.map((index) => cells[index])) || (first ? nameInCell(first, numbers[0]) : ''),
        shown: first ? oneLine(shownText(first)).slice(0, longestField) : '',
        numbers: pointed ? numbers : bestFirst(numbers),
        fields,
      };
    },
  };
}

/** What the page calls a column, with the heading over it: `Telefon` over `służbowy` and `prywatny`. */
const headingOf = ({ header: { group, text } }: Column): string => oneLine(`${group} ${text}`);

/** The phone column of the row's own person: the best one whose heading does not lead to somebody else in the row. */
function mainPhone(phones: Column[], names: readonly NameColumn[]): Column | null {
  const first = nameColumns(names, null, phones);
  return phones.find((phone) => sameNames(nameColumns(names, phone, phones), first)) ?? phones[0] ?? null;
}

const sameNames = (a: readonly number[], b: readonly number[]): boolean => a.join() === b.join();

function shownText(cell: Element): string {
  const text = textOf(cell, true);
  return dialledBy(cell, text) || text;
}

function nameFrom(cells: (Element | undefined)[]): string {
  return cells
    .map((cell) => (cell ? firstLine(cell) : ''))
    .filter((text) => text !== '')
    .join(' ')
    .slice(0, 120);
}

/** A cell that holds all there is of a person: `9:00 Anna Nowak tel. 601 100 201`. */
function nameInCell(cell: Element, number: CapturedNumber | undefined): string {
  const text = shownText(cell);
  const standsOut = personIn(oneLine(cell.querySelector('a[href],strong,b')?.textContent ?? ''));
  const at = number ? text.indexOf(number.shown) : -1;
  return (
    standsOut ||
    nameBefore(text) ||
    (at > 0 ? nameNextTo(text.slice(0, at)) : '') ||
    (number && at >= 0 ? nameAfter(text.slice(at + number.shown.length)) : '')
  );
}

/** A name right behind a number: `601 100 201 (Anna Nowak)`. */
export const nameAfter = (after: string): string =>
  personIn(oneLine(/^[\s,:(–-]*([^\n,;:|()\d]{4,60})/.exec(after)?.[1] ?? ''));

const nameFirst = new RegExp(`^\\s*([${letters}'’. -]{4,60}?)\\s*(?:[,;:(–-]|tel|kom|mob|phone|\\+?\\d)`);

/** A line that names and numbers in one: `Jan Bury, tel. 602 917 034`. */
export function nameBefore(text: string): string {
  const name = oneLine(nameFirst.exec(text)?.[1] ?? '');
  const words = name.split(' ');
  return words.length > 1 && words.length < 5 && words.every((word) => word.length > 1 && isProper(word))
    ? name
    : '';
}

const callsIt = /[\s,;(–-]*(?:(?:telefon|tel|komórka|kom|mobile|mob|phone|numer|nr)[.:]*\s*)*$/i;

/** A name right before a number in running text: of `Opiekun: Ewa Jabłońska, tel.` the last words that are proper. */
export function nameNextTo(before: string): string {
  // The last line alone: a greeting or somebody else stands above it.
  const line = oneLine(before.replace(callsIt, '').split('\n').at(-1) ?? '');
  const words = line.split(' ').slice(-3);
  // What a sign parts from the number's words is somebody or something else.
  while (words.length > 0 && !(words[0] !== undefined && words[0].length > 1 && isProper(words[0])))
    words.shift();
  return words.length > 1 && words.every((word) => word.length > 1 && isProper(word) && !word.endsWith('.'))
    ? words.join(' ')
    : '';
}

/** A name cell often has a second line: an e-mail, a position. Initials of an avatar stand before it. */
function firstLine(cell: Element): string {
  const lines = textOf(cell, true)
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '');
  // Beside a badge: `Anna Nowak [VIP]`.
  const own = personIn(
    oneLine([...cell.childNodes].map((node) => (isText(node) ? node.data : '')).join(' ')),
  );
  if (own !== '' && cell.firstElementChild !== null && lines[0]?.startsWith(own)) return own;
  // A name that stands out, with a place or a post behind a comma.
  const said = oneLine(cell.querySelector('a[href],strong,b')?.textContent ?? '');
  if (said !== '' && lines[0]?.startsWith(`${said},`) && looksLikeName(said)) return said;
  if (lines.length < 2) return lines[0] ?? '';
  return (
    lines.find(
      (line) => line.length > 2 && hasWord(line) && (line.length > 3 || line !== line.toUpperCase()),
    ) ??
    lines[0] ??
    ''
  );
}
