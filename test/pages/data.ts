import {
  day,
  makeMobile,
  makePeople,
  makeRegon,
  mobileForms,
  money,
  type Person,
  randomOf,
} from '../../demo/people.ts';

/** What a column of the test pages shows. `phone` columns hold numbers, `decoy` columns what only looks like one. */
export type ColumnKind = 'phone' | 'decoy' | 'name' | 'text';

export interface PageNumber {
  shown: string;
  e164: string;
  kind: 'mobile' | 'landline' | 'foreign';
}

export interface Row {
  /** Identity of the row in the truth: `1`, `2` … */
  key: string;
  person: Person;
  name: string;
  /** Column's title → what the page shows. */
  cells: Record<string, string>;
  /** The numbers of each phone column, and whose they are. */
  phones: Record<string, { name: string; numbers: PageNumber[] }>;
}

export const kinds: Record<string, ColumnKind> = {
  Lp: 'text',
  Imię: 'name',
  Nazwisko: 'name',
  'Imię i nazwisko': 'name',
  Firma: 'text',
  NIP: 'decoy',
  REGON: 'decoy',
  Telefon: 'phone',
  'Kontakt awaryjny': 'text',
  'Telefon do kontaktu': 'phone',
  'E-mail': 'text',
  'Nr zamówienia': 'decoy',
  'Nr faktury': 'text',
  'Nr konta': 'decoy',
  'Termin płatności': 'decoy',
  'Do zapłaty': 'decoy',
  Miasto: 'text',
};

/** An IBAN of the right length with its own check digits (mod 97, ISO 13616). */
const iban = (digits: string) => {
  let rest = 0;
  for (const digit of `${digits}252100`) rest = (rest * 10 + Number(digit)) % 97;
  return `PL${String(98 - rest).padStart(2, '0')}${digits}`;
};

const row = (person: Person): Row => {
  const random = randomOf(person.id * 7919);
  const name = `${person.firstName} ${person.lastName}`;
  const relative = makePeople(1, person.id + 50_000)[0];
  const relativeName = relative ? `${relative.firstName} ${relative.lastName}` : '';
  const national = makeMobile(random);
  const form = mobileForms[person.id % mobileForms.length] ?? mobileForms[0];
  const account = Array.from({ length: 24 }, () => Math.floor(random() * 10)).join('');
  return {
    key: String(person.id),
    person,
    name,
    cells: {
      Lp: String(person.id),
      Imię: person.firstName,
      Nazwisko: person.lastName,
      'Imię i nazwisko': name,
      Firma: person.company,
      NIP: person.nip,
      REGON: makeRegon(random),
      Telefon: person.phone,
      'Kontakt awaryjny': relativeName,
      'Telefon do kontaktu': form(national),
      'E-mail': person.email,
      'Nr zamówienia': person.order,
      'Nr faktury': person.invoice,
      'Nr konta': iban(account)
        .replace(/(.{4})/g, '$1 ')
        .trim(),
      'Termin płatności': day(person.due),
      'Do zapłaty': money(person.left),
      Miasto: person.city,
    },
    phones: {
      Telefon: { name, numbers: person.numbers },
      'Telefon do kontaktu': {
        name: relativeName,
        numbers: [{ shown: form(national), e164: `+48${national}`, kind: 'mobile' }],
      },
    },
  };
};

/** The same rows every time, a different crowd for each page. */
export const makeRows = (count: number, seed: number): Row[] => makePeople(count, seed).map(row);
