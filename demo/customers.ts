import { byId, element } from './dom.ts';
import type { Person } from './people.ts';

const perPage = 50;
const columns = ['', 'Kod', 'Imię i nazwisko', 'Firma', 'NIP', 'Telefon', 'E-mail', 'Miasto'];

/** The list of customers: a plain paged `<table>`, with ticks of its own and a link to each record. */
export const showCustomers = (people: readonly Person[]): void => {
  const pages = Math.ceil(people.length / perPage);
  const ticked = new Set<number>();
  let page = 0;

  const row = (person: Person) => {
    const name = `${person.firstName} ${person.lastName}`;
    const tick = element('input', {
      type: 'checkbox',
      checked: ticked.has(person.id),
      ariaLabel: `Zaznacz: ${name}`,
    });
    tick.addEventListener('change', () => {
      if (tick.checked) ticked.add(person.id);
      else ticked.delete(person.id);
    });
    const link = element('a', { href: `#/kontrahent/${person.id}` }, name);
    const cells = [
      tick,
      `K${String(person.id).padStart(5, '0')}`,
      link,
      person.company,
      person.nip,
      person.phone,
      person.email,
      person.city,
    ];
    return element('tr', {}, ...cells.map((cell) => element('td', {}, cell)));
  };

  const draw = () => {
    const from = page * perPage;
    const some = people.slice(from, from + perPage);
    const head = element(
      'thead',
      {},
      element('tr', {}, ...columns.map((title) => element('th', { scope: 'col' }, title))),
    );
    byId('customers').replaceChildren(head, element('tbody', {}, ...some.map(row)));
    byId('pages').textContent = `Strona ${page + 1} z ${pages}`;
    byId('shown').textContent = `Pozycje ${from + 1}–${from + some.length} z ${people.length}`;
  };
  const turn = (by: number) => {
    page = Math.min(pages - 1, Math.max(0, page + by));
    draw();
  };
  byId('previous').addEventListener('click', () => turn(-1));
  byId('next').addEventListener('click', () => turn(1));
  draw();
};
