import { absences, type Employee, employees } from './people.ts';

const element = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<HTMLElementTagNameMap[Name]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

const nameOf = ({ lastName, firstName }: Employee) => `${lastName} ${firstName}`;

interface Line {
  employee: Employee;
  cells: (Node | string)[];
}

/** A list with ticks of its own, as HRM applications draw them. */
const list = (headings: readonly string[], lines: readonly Line[]): HTMLElement =>
  element(
    'table',
    { className: 'list' },
    element(
      'thead',
      {},
      element('tr', {}, ...['', ...headings].map((text) => element('th', { scope: 'col' }, text))),
    ),
    element(
      'tbody',
      {},
      ...lines.map(({ employee, cells }) => {
        const tick = element('input', { type: 'checkbox', ariaLabel: `Zaznacz: ${nameOf(employee)}` });
        return element('tr', {}, ...[tick, ...cells].map((cell) => element('td', {}, cell)));
      }),
    ),
  );

const staff = () =>
  list(
    [
      'Nr ewidencyjny',
      'Nazwisko i imię',
      'Dział',
      'Telefon służbowy',
      'Telefon prywatny',
      'Telefon SMS',
      'Zgoda na SMS',
    ],
    employees.map((employee, at) => ({
      employee,
      cells: [
        employee.reference,
        element('a', { href: `pracownik.html?nr=${at}` }, nameOf(employee)),
        employee.department,
        employee.businessPhone,
        employee.privatePhone,
        employee.smsPhone,
        employee.consent ? 'Tak' : 'Nie',
      ],
    })),
  );

const leave = () =>
  list(
    ['Pracownik', 'Rodzaj', 'Od', 'Do', 'Dni', 'Stan', 'Telefon'],
    absences.map(({ employee, kind, from, to, days, state }) => ({
      employee,
      cells: [
        nameOf(employee),
        kind,
        from,
        to,
        String(days),
        state,
        employee.businessPhone || employee.privatePhone,
      ],
    })),
  );

const field = (label: string, value: string) =>
  element('label', {}, label, element('input', { value, autocomplete: 'off' }));

const card = (employee: Employee) =>
  element(
    'form',
    {},
    element('h2', {}, nameOf(employee)),
    field('Nr ewidencyjny', employee.reference),
    field('Imię', employee.firstName),
    field('Nazwisko', employee.lastName),
    field('PESEL', '44051401359'),
    field('Nr konta', '61 1090 1014 0000 0712 1981 2874'),
    field('Telefon służbowy', employee.businessPhone),
    field('Telefon prywatny', employee.privatePhone),
    field('Telefon SMS', employee.smsPhone),
    element(
      'label',
      { className: 'check' },
      element('input', { type: 'checkbox', checked: employee.consent }),
      'Zgoda na SMS-y na numer prywatny',
    ),
  );

const views: Record<string, { title: string; show: () => HTMLElement }> = {
  'pracownicy.html': { title: 'Pracownicy', show: staff },
  'nieobecnosci.html': { title: 'Nieobecności', show: leave },
  'pracownik.html': {
    title: 'Karta pracownika',
    show: () => {
      const employee = employees[Number(new URLSearchParams(location.search).get('nr'))];
      return employee === undefined ? element('p', {}, 'Nie ma takiego pracownika.') : card(employee);
    },
  },
};

const view = views[location.pathname.split('/').at(-1) ?? ''];
if (view !== undefined) {
  document.title = `${view.title} – HRM`;
  document.querySelector('main')?.append(view.show());
}
