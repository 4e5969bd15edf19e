/** Every test page: what it shows and how it is made. Its script is `sources/<name>.js` or `.jsx`; without one it is plain HTML. */
export interface TestPage {
  name: string;
  about: string;
  where: 'list' | 'form' | 'text';
  rows: number;
  seed: number;
  columns: readonly string[];
  /** Columns that the page names; all of them where it is not said. */
  named?: readonly string[];
  /** What the page calls its columns where it is not in Polish. */
  titles?: Readonly<Record<string, string>>;
  script: string | null;
  /** The list stands in a same-origin frame of the page. */
  framed?: boolean;
}

const erp = ['Firma', 'NIP', 'Telefon', 'Nr zamówienia', 'Termin płatności', 'Do zapłaty'];

const lists: readonly TestPage[] = [
  {
    name: 'ag-grid',
    about: 'virtual rows, the name in a pinned pane of its own',
    where: 'list',
    rows: 1000,
    seed: 11,
    columns: ['Imię i nazwisko', ...erp],
    script: 'ag-grid.js',
  },
  {
    name: 'tabulator',
    about: 'virtual rows, first and last name apart, tel: links that lie',
    where: 'list',
    rows: 1000,
    seed: 12,
    columns: ['Imię', 'Nazwisko', ...erp],
    script: 'tabulator.js',
  },
  {
    name: 'datatables',
    about: 'pages of 25, the header in a cloned table',
    where: 'list',
    rows: 1000,
    seed: 13,
    columns: ['Nr faktury', 'Imię i nazwisko', 'NIP', 'REGON', 'Telefon', 'Do zapłaty'],
    script: 'datatables.js',
  },
  {
    name: 'react-table',
    about: 'TanStack Table and Virtual, ticks are buttons with role=checkbox',
    where: 'list',
    rows: 1000,
    seed: 14,
    columns: ['Imię i nazwisko', 'E-mail', 'Telefon', 'Nr zamówienia', 'Miasto'],
    script: 'react-table.jsx',
  },
  {
    name: 'slickgrid',
    about: 'absolutely placed rows, frozen columns in panes of their own',
    where: 'list',
    rows: 1000,
    seed: 15,
    columns: ['Imię i nazwisko', ...erp],
    script: 'slickgrid.js',
  },
  {
    name: 'jspreadsheet',
    about: 'a spreadsheet, row numbers instead of ticks',
    where: 'list',
    rows: 1000,
    seed: 16,
    columns: ['Imię', 'Nazwisko', 'Telefon', 'NIP', 'Nr konta', 'Do zapłaty'],
    script: 'jspreadsheet.js',
  },
  {
    name: 'mui-datagrid',
    about: 'virtual rows, two people and two phones in a row',
    where: 'list',
    rows: 1000,
    seed: 17,
    columns: ['Imię i nazwisko', 'Telefon', 'Kontakt awaryjny', 'Telefon do kontaktu', 'NIP'],
    script: 'mui-datagrid.jsx',
  },
  {
    name: 'react-admin',
    about: 'a list of react-admin, pages of 25',
    where: 'list',
    rows: 1000,
    seed: 18,
    columns: ['Imię', 'Nazwisko', 'Telefon', 'NIP', 'Do zapłaty'],
    script: 'react-admin.jsx',
  },
  {
    name: 'table',
    about: 'a plain table inside a layout table',
    where: 'list',
    rows: 1000,
    seed: 19,
    columns: ['Lp', 'Imię i nazwisko', 'Firma', 'NIP', 'REGON', 'Telefon', 'Nr zamówienia', 'Do zapłaty'],
    script: null,
  },
  {
    name: 'cards',
    about: 'repeated cards without a table',
    where: 'list',
    rows: 1000,
    seed: 20,
    columns: ['Imię i nazwisko', 'Firma', 'Telefon', 'NIP', 'Miasto'],
    named: ['Telefon', 'NIP'],
    script: null,
  },
  {
    name: 'framed',
    about: 'the list stands in a same-origin frame, under a strict content security policy',
    where: 'list',
    rows: 1000,
    seed: 21,
    columns: ['Imię i nazwisko', 'Telefon', 'NIP', 'Nr zamówienia'],
    script: null,
    framed: true,
  },
  {
    name: 'react-restless',
    about: 'rows that React removes and makes anew',
    where: 'list',
    rows: 25,
    seed: 25,
    columns: ['Imię i nazwisko', 'Telefon', 'NIP', 'Nr zamówienia'],
    script: 'react-restless.jsx',
  },
  {
    name: 'definitions',
    about: 'one record as a description list',
    where: 'form',
    rows: 1,
    seed: 22,
    columns: ['Imię i nazwisko', 'Firma', 'NIP', 'REGON', 'Telefon', 'E-mail', 'Nr konta'],
    script: null,
  },
  {
    name: 'form',
    about: 'one record as a form: inputs with labels and nothing else',
    where: 'form',
    rows: 1,
    seed: 23,
    columns: ['Imię', 'Nazwisko', 'Firma', 'NIP', 'REGON', 'Telefon', 'Nr zamówienia'],
    script: null,
  },
  {
    name: 'react-admin-form',
    about: 'one record in a form of react-admin',
    where: 'form',
    rows: 1,
    seed: 24,
    columns: ['Imię', 'Nazwisko', 'Telefon', 'NIP', 'Do zapłaty'],
    script: 'react-admin-form.jsx',
  },
];

const record = [
  'Imię',
  'Nazwisko',
  'Firma',
  'NIP',
  'Telefon',
  'Nr zamówienia',
  'Do zapłaty',
  'Termin płatności',
];
const english = {
  Imię: 'First name',
  Nazwisko: 'Last name',
  Firma: 'Company',
  NIP: 'VAT ID',
  Telefon: 'Mobile',
  'Nr zamówienia': 'Order no.',
  'Do zapłaty': 'Amount due',
  'Termin płatności': 'Due date',
};
const german = {
  Imię: 'Vorname',
  Nazwisko: 'Nachname',
  Firma: 'Unternehmen',
  NIP: 'USt-IdNr.',
  Telefon: 'Handynummer',
  'Nr zamówienia': 'Bestellnummer',
  'Do zapłaty': 'Betrag',
  'Termin płatności': 'Fällig am',
};
const ukrainian = {
  Imię: 'Ім’я',
  Nazwisko: 'Прізвище',
  Firma: 'Компанія',
  NIP: 'ІПН',
  Telefon: 'Мобільний телефон',
  'Nr zamówienia': 'Номер замовлення',
  'Do zapłaty': 'До сплати',
  'Termin płatności': 'Термін оплати',
};

/** A record as each kind of application shows it: one person in a form, a sheet or a panel. */
const recordPages: readonly Omit<TestPage, 'where' | 'rows' | 'columns'>[] = [
  { name: 'ag-grid-form', about: 'label for, in English', seed: 30, titles: english, script: 'forms.js' },
  {
    name: 'tabulator-form',
    about: 'names of inputs and placeholders alone, in German',
    seed: 31,
    titles: german,
    script: 'forms.js',
  },
  {
    name: 'datatables-form',
    about: 'labels and inputs in the rows of a dialog',
    seed: 32,
    script: 'forms.js',
  },
  {
    name: 'slickgrid-form',
    about: 'a layout table, in Ukrainian',
    seed: 33,
    titles: ukrainian,
    script: 'forms.js',
  },
  {
    name: 'react-table-form',
    about: 'aria-labelledby, read only, in German',
    seed: 34,
    titles: german,
    script: 'forms.js',
  },
  { name: 'cards-form', about: 'labels and values in a panel, no input', seed: 35, script: 'forms.js' },
  {
    name: 'table-form',
    about: 'a table of labels and values',
    seed: 36,
    titles: ukrainian,
    script: 'forms.js',
  },
  {
    name: 'jspreadsheet-form',
    about: 'a sheet of labels and values',
    seed: 37,
    script: 'jspreadsheet-form.js',
  },
  {
    name: 'mui-form',
    about: 'text fields in a dialog, in English',
    seed: 38,
    titles: english,
    script: 'mui-form.jsx',
  },
];

export const pages: readonly TestPage[] = [
  ...lists,
  ...recordPages.map((page) => ({ ...page, where: 'form' as const, rows: 1, columns: record })),
];

export const pageNamed = (name: string): TestPage => {
  const found = pages.find((page) => page.name === name);
  if (found === undefined) throw new Error(`There is no test page ${name}`);
  return found;
};
