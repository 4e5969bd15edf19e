import { isProper, letters } from '../numbers/letters.ts';
import { oneLine } from '../numbers/text.ts';
import type { Header } from './list.ts';

/** Whose row is it? Headings first, then what the cells look like; of two names in a row the phone's heading decides. */

/** Heading words without diacritics, by how well a column of that heading names a person. */
const weights = new Map<string, number>();
for (const [weight, phrases] of [
  [
    10,
    "imie i nazwisko,nazwisko i imie,full name,vor und nachname,name vorname,піб,прізвище та ім'я,ім'я та прізвище",
  ],
  [9, 'osoba kontaktowa,contact person,ansprechpartner,контактна особа'],
  [
    8,
    'pracownik,klient,pacjent,uczen,student,kandydat,kierowca,najemca,lokator,odbiorca,uczestnik,czlonek,osoba,rodzic,opiekun',
  ],
  [8, 'employee,customer,client,patient,candidate,driver,tenant,recipient,person,member,contact,lead,guest'],
  [
    8,
    'mitarbeiter,kunde,kundin,empfanger,mitglied,kontakt,працівник,клієнт,пацієнт,співробітник,контакт,особа,отримувач',
  ],
  [7, 'nazwisko,last name,lastname,surname,family name,nachname,familienname,прізвище'],
  [
    6,
    "imie,first name,firstname,given name,vorname,ім'я,kontrahent,nabywca,dostawca,partner,account,контрагент",
  ],
  [6, 'nazwa klienta,nazwa kontrahenta,display name,bezeichnung,назва'],
  [3, 'firma,company,organizacja,organisation,organization,unternehmen,компанія,фірма'],
  [3, 'uzytkownik,user,login,benutzer,користувач,name,nazwa'],
] as const)
  for (const phrase of phrases.split(',')) weights.set(phrase, weight);

/** Beginnings of words that a heading may not hold: the name of a file is nobody's name. */
const notPeople =
  /(?:^| )(?:plik|file|produkt|product|towar|artykul|miasto|city|ulic|street|kraj|country|status|e ?mail|mail|telefon|tel$|phone|mobile|komork|numer|number|nr |data|date|nip|regon|pesel|id(?: |$)|kod|code|typ|rola|role|stanowisk|dzial)/;

const firstName = /(?:^| )(?:imie|first ?name|given name|vorname|ім'?я)/;
const lastName = /(?:^| )(?:nazwisk|last ?name|surname|family name|nachname|familienname|прізвище)/;

/** The weight of the best phrase of up to three words in a heading. `Nazwa` alone says more than in company. */
function headingWeight(heading: string): number {
  if (/^(?:name|nazwa|title)$/.test(heading)) return 6;
  const words = heading.split(' ');
  let best = 0;
  for (let from = 0; from < words.length; from += 1)
    for (let to = from + 1; to <= from + 3; to += 1)
      best = Math.max(best, weights.get(words.slice(from, to).join(' ')) ?? 0);
  return best;
}

const apart = new RegExp(`[^${letters}\\d']+`, 'g');

/** Lower case, Latin letters without diacritics, words apart: what headings are compared by. */
export function plain(text: string): string {
  return oneLine(
    text
      .toLowerCase()
      .replaceAll('ł', 'l')
      .normalize('NFD')
      // Only Latin loses its marks: й and ї are letters of their own.
      .replace(/([a-z])[\u0300-\u036f]+/g, '$1')
      .normalize('NFC')
      .replace(apart, ' '),
  );
}

/** How well a column names people, from its heading and a sample of its cells: 0 is not at all. */
export function nameScore(header: Header, sample: readonly string[]): number {
  const heading = plain(header.text);
  const score = headingWeight(heading);
  if (score < 9 && notPeople.test(heading)) return 0;
  const filled = sample.filter((text) => text !== '');
  if (filled.length === 0) return score;
  const like = filled.filter(looksLikeName).length / filled.length;
  const people = filled.filter(looksLikePerson).length / filled.length;
  if (like < 0.3) return score >= 7 ? score * 0.5 : score * 0.2;
  const distinct = new Set(filled).size / filled.length;
  // Without a heading only words that differ from row to row and look like names will do.
  return score * (0.5 + like / 2) + (distinct > 0.5 || filled.length < 3 ? like * 1.5 + people * 1.5 : 0);
}

interface Placed {
  index: number;
  header: Header;
}

export interface NameColumn extends Placed {
  score: number;
}

const companyWord = new RegExp(`^[${letters}\\d"„”&'’().-]{1,30}$`);

/** Two to seven words, the first with a capital, or one proper word: a person or a company. */
export function looksLikeName(text: string): boolean {
  if (text.length < 2 || text.length > 80 || /[@]|https?:|\d{4,}/.test(text)) return false;
  const words = text.split(/[ ,]+/, 8);
  return words.length < 8 && isProper(words[0] ?? '') && words.every((word) => companyWord.test(word));
}

/** Two or three words with capitals and nothing else: companies have more about them. */
function looksLikePerson(text: string): boolean {
  const words = text.split(/,? /, 4);
  return (
    (words.length === 2 || words.length === 3) &&
    words.every((word) => word.length > 1 && !word.includes('.') && isProper(word))
  );
}

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

const significant = (header: Header): string[] =>
  `${plain(header.group)} ${plain(header.text)}`
    .split(' ')
    .filter((word) => word.length > 2 && !common.test(word));

/** `pracownika` and `pracownik`, `kontakt` and `kontaktu` are one word here. */
const akin = (a: string, b: string): boolean =>
  a === b ||
  (Math.min(a.length, b.length) > 4 &&
    a.slice(0, Math.max(5, Math.min(a.length, b.length) - 2)) ===
      b.slice(0, Math.max(5, Math.min(a.length, b.length) - 2)));
