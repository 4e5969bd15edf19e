import { day, makePeople, makeRegon, money, randomOf } from '../../../demo/people.ts';
import { document, escaped } from '../../pages/plain.ts';

/** Columns of a given width: laying a page out is no part of reading it, and should not take most of the bench. */
const style =
  '<style>table { table-layout: fixed; width: 1600px } td { white-space: nowrap; overflow: hidden }</style>';

/** People in a plain table of eight columns, one of them a phone; 10,000 of them are 80,008 text nodes. */
export const tablePage = (people = 10_000): string => {
  const titles = ['Nr', 'Imię i nazwisko', 'Firma', 'NIP', 'REGON', 'Telefon', 'Termin', 'Do zapłaty'];
  const random = randomOf(7);
  const rows = makePeople(people, 77).map((person) =>
    [
      person.invoice,
      `${person.firstName} ${person.lastName}`,
      person.company,
      person.nip,
      makeRegon(random),
      person.phone,
      day(person.due),
      money(person.left),
    ]
      .map((text) => `<td>${escaped(text)}</td>`)
      .join(''),
  );
  const head = titles.map((title) => `<th>${title}</th>`).join('');
  return document(
    String(people),
    `<table><thead><tr>${head}</tr></thead><tbody><tr>${rows.join('</tr><tr>')}</tr></tbody></table>`,
    style,
  );
};

/** 50,000 text nodes of prose, prices and dates, and not one phone. */
export const prosePage = (): string => {
  const random = randomOf(8);
  const words = 'faktura zapłata termin towar magazyn klient umowa zamówienie dostawa rabat'.split(' ');
  const word = () => words[Math.floor(random() * words.length)] ?? '';
  const paragraphs = Array.from({ length: 50_000 }, (_, place) => {
    const tail =
      place % 5 === 0 ? ` ${money(Math.floor(random() * 1e7))}` : place % 7 === 0 ? ' 20.10.2026' : '';
    return `<p>${word()} ${word()} ${word()}${tail}</p>`;
  });
  return document('50 000', `<main>${paragraphs.join('')}</main>`);
};
