import { isProper, letters } from '../numbers/letters.ts';
import { oneLine } from '../numbers/text.ts';
import type { Header } from './list.ts';

/** Which columns name people: by their headings first, then by what the cells look like. */

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
    'pracownik,klient,pacjent,uczen,student,kandydat,kierowca,najemca,lokator,odbiorca,zglaszajacy,wnioskodawca,zamawiajacy,uczestnik,czlonek,osoba,rodzic,opiekun',
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
      // Ukrainian words are written with either apostrophe.
      .replace(/[’ʼ`]/g, "'")
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

const companyWord = new RegExp(`^[${letters}\\d"„”&'’().-]{1,30}$`);

/** Two to seven words, the first with a capital, or one proper word: a person or a company. */
export function looksLikeName(text: string): boolean {
  if (text.length < 2 || text.length > 80 || /[@]|https?:|\d{4,}/.test(text)) return false;
  const words = text.split(/[ ,]+/, 8);
  return words.length < 8 && isProper(words[0] ?? '') && words.every((word) => companyWord.test(word));
}

const titled =
  /^(?:(?:p\.|pani?|dr|mgr|inż\.?|hab\.?|prof\.?|lek\.?|mr\.?|mrs\.?|ms\.?|herrn?|frau|пані?|pozdrawiam|pozdrowienia|regards|gruss|gruß)[ ,]+)+/i;
/** Posts, departments and places have capitals, too. */
const posts =
  /(?:^| )(?:dzial|biur|sprzedaz|obslug|klient|kontakt|serwis|marketing|manager|direct|special|specjal|kierown|dyrekt|prezes|firm|sales|office|support|customer|service|head|team|zespol|recepc|sekretar|infolin|pomoc|help|adres|godzin|doradc|oddzial|centr|lista|strona|menu|nowe|nowy|moje|twoj|dane|vertrieb|kunden|abteil|leiter|відділ|менеджер|директор)/;

/** The person that a short text names and says nothing else of: `p. Jan Maj`, `Pozdrawiam, Jan Maj`; '' when it does not. */
export function personIn(text: string): string {
  const name = text.replace(titled, '').replace(/[\s,:–-]+$/, '');
  return name.length < 60 && looksLikePerson(name) && !posts.test(plain(name)) ? name : '';
}

/** Two or three words with capitals and nothing else: companies have more about them. */
function looksLikePerson(text: string): boolean {
  const words = text.split(/,? /, 4);
  return (
    (words.length === 2 || words.length === 3) &&
    words.every((word) => word.length > 1 && !word.includes('.') && isProper(word))
  );
}
