import { byId, element } from './dom.ts';
import { day, makeRegon, money, type Person, randomOf } from './people.ts';

const field = (label: string, value: string, name: string) =>
  element('label', {}, label, element('input', { value, name, autocomplete: 'off' }));

const pair = (term: string, ...about: string[]) => [
  element('dt', {}, term),
  ...about.map((text) => element('dd', {}, text)),
];

/** One record as a form: labelled fields, a description list and a note. Records swap without a new address of the page. */
export const showRecord = (people: readonly Person[], id: number): boolean => {
  const person = people.find((one) => one.id === id);
  if (person === undefined) return false;
  const move = (by: number) => {
    const button = element('button', { type: 'button', disabled: people[id - 1 + by] === undefined });
    button.textContent = by < 0 ? '‹ Poprzedni' : 'Następny ›';
    button.addEventListener('click', () => {
      location.hash = `#/kontrahent/${id + by}`;
    });
    return button;
  };
  const name = `${person.firstName} ${person.lastName}`;
  const card = element(
    'form',
    { className: 'card fill' },
    element('h1', {}, name),
    field('Imię', person.firstName, 'f1'),
    field('Nazwisko', person.lastName, 'f2'),
    field('Firma', person.company, 'f3'),
    field('NIP', person.nip, 'f4'),
    field('REGON', makeRegon(randomOf(person.id)), 'f5'),
    field('Telefon komórkowy', person.phone, 'f6'),
    field('E-mail', person.email, 'f7'),
    field('Ulica', person.street, 'f8'),
    field('Miasto', person.city, 'f9'),
    element(
      'dl',
      { className: 'wide' },
      ...pair('Ostatnia faktura', person.invoice),
      ...pair('Nr zamówienia', person.order),
      ...pair('Termin płatności', day(person.due)),
      ...pair('Pozostało do zapłaty', money(person.left)),
      ...pair('Opiekun', 'Marek Zając, tel. 22 560 18 95'),
    ),
    element('label', { className: 'wide' }, 'Uwagi', element('textarea', { rows: 3, name: 'f10' })),
  );
  card.addEventListener('submit', (event) => event.preventDefault());
  const ribbon = element(
    'div',
    { className: 'ribbon' },
    element('button', { type: 'button', className: 'strong' }, 'Zapisz'),
    element('span', { className: 'gap' }),
    move(-1),
    move(1),
  );
  byId('view-karta').replaceChildren(ribbon, card);
  return true;
};
