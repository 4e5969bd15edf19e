import { oneLine } from '../numbers/text.ts';
import { cellText, sampled } from './columns.ts';
import { type Header, type ListReading, noHeader } from './list.ts';
import { nameScore, plain } from './names.ts';

/** Whose number is it? Of two names in a row the phone's heading decides. */

interface Placed {
  index: number;
  header: Header;
}

export interface NameColumn extends Placed {
  score: number;
}

/** Columns of a list that name its people, each with how well it does: those that were chosen, else by a sample. */
export function namesOf({ source, columns, chosenNames }: ListReading): NameColumn[] {
  if (chosenNames.length > 0)
    return chosenNames.map((index, nth) => ({
      index,
      header: columns[index]?.header ?? noHeader,
      score: 10 - nth,
    }));
  const lines = source.sample(sampled).map((row) => source.cells(row));
  return columns
    .filter((column) => column.mayName)
    .map(({ index, header }) => {
      const cells = lines.map((line) => line[index]).filter((cell) => cell !== undefined);
      return { index, header, score: nameScore(header, cells.map(cellText).map(oneLine)) };
    })
    .filter(({ score }) => score > 0);
}

const firstName = /(?:^| )(?:imie|first ?name|given name|vorname|ім'?я)/;
const lastName = /(?:^| )(?:nazwisk|last ?name|surname|family name|nachname|familienname|прізвище)/;

/**
 * The columns that together name the row's person, in the order to print them.
 * @param phone the phone column that decides between two people in a row; null: the row's first person
 * @param phones every phone column: one that stands between a name and `phone` is that name's
 */
export function nameColumns(
  columns: readonly NameColumn[],
  phone: Placed | null,
  phones: readonly Placed[],
): number[] {
  const rated = columns
    .filter((column) => column.score > 1.5)
    .map((column) => ({
      ...column,
      total: column.score - column.index * 0.05 + (phone ? kinship(column, phone, phones, columns) : 0),
    }));
  rated.sort((a, b) => b.total - a.total || a.index - b.index);
  const best = rated[0];
  if (!best) return [];
  const heading = plain(best.header.text);
  const wanted =
    firstName.test(heading) && !lastName.test(heading)
      ? lastName
      : lastName.test(heading) && !firstName.test(heading)
        ? firstName
        : null;
  if (!wanted) return [best.index];
  // First and last name stand apart: the nearest other half in the same group.
  const half = rated
    .filter(
      (column) =>
        column !== best &&
        wanted.test(plain(column.header.text)) &&
        column.header.group === best.header.group,
    )
    .sort((a, b) => Math.abs(a.index - best.index) - Math.abs(b.index - best.index))[0];
  if (!half) return [best.index];
  return wanted === lastName ? [best.index, half.index] : [half.index, best.index];
}

/** Words that a phone's heading shares with a name's: `Kontakt awaryjny – telefon` belongs to `Kontakt awaryjny`. */
function kinship(
  column: NameColumn,
  phone: Placed,
  phones: readonly Placed[],
  columns: readonly NameColumn[],
): number {
  if (phone.header.group && phone.header.group === column.header.group) return 12;
  if (phone.header.group !== column.header.group && column.header.group) return -4;
  const words = significant(phone.header);
  const shared = significant(column.header).filter((word) => words.some((other) => akin(word, other))).length;
  // Name, phone, name, phone: each phone is of the name before it.
  const taken = phones.some(
    (other) =>
      other.index > column.index &&
      other.index < phone.index &&
      columns.some(
        (nearer) => nearer.score > 2.5 && nearer.index > other.index && nearer.index < phone.index,
      ),
  );
  return shared * 12 - (taken ? 9 : 0);
}

const common =
  /^(imie|nazwisko|nazwa|name|first|last|full|telefon\w*|tel|phone|mobile|mobil\w*|kom|komork\w*|numer|number|nr|sms|i|do|of|the|no|handy|контакт|телефон|ім'я|прізвище|vorname|nachname|sluzbowy|prywatny|work|home|private)$/;

/** Words whose stem changes with their case. */
const stems: Record<string, string> = { ojca: 'ojciec', ojcu: 'ojciec', meza: 'maz', matce: 'matka' };

const significant = (header: Header): string[] =>
  `${plain(header.group)} ${plain(header.text)}`
    .split(' ')
    .filter((word) => word.length > 2 && !common.test(word))
    .map((word) => stems[word] ?? word);

/** `pracownika` and `pracownik`, `matki` and `matka`, `kontakt` and `kontaktu` are one word here. */
function akin(a: string, b: string): boolean {
  const shorter = Math.min(a.length, b.length);
  const stem = shorter > 5 ? Math.max(5, shorter - 2) : Math.max(3, shorter - 1);
  return a === b || a.slice(0, stem) === b.slice(0, stem);
}
