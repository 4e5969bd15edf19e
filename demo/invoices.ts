import { byId } from './dom.ts';
import { day, money, type Person } from './people.ts';
import { TabulatorFull } from './tabulator.ts';

/** The day of the demo: fixed, so that the same rows are late every time. */
const today = '2026-10-20';

const date = (cell: { getValue(): unknown }) => day(String(cell.getValue()));
const amount = (cell: { getValue(): unknown }) => money(Number(cell.getValue()));
const dueDate = (cell: { getValue(): unknown; getElement(): HTMLElement }) => {
  const iso = String(cell.getValue());
  cell.getElement().classList.toggle('late', iso < today);
  return day(iso);
};

/** The list of unpaid invoices: a real grid (Tabulator), virtual, sortable, with a tick in each row. */
export const showInvoices = (people: readonly Person[], open: (id: number) => void): void => {
  const grid = new TabulatorFull(byId('invoices'), {
    data: [...people],
    index: 'id',
    height: '100%',
    layout: 'fitDataFill',
    selectableRows: 'highlight',
    rowHeader: {
      formatter: 'rowSelection',
      titleFormatter: 'rowSelection',
      titleFormatterParams: { rowRange: 'active' },
      hozAlign: 'center',
      headerHozAlign: 'center',
      headerSort: false,
      resizable: false,
      width: 42,
    },
    columns: [
      { title: 'Nr dokumentu', field: 'invoice', width: 136 },
      { title: 'Imię', field: 'firstName', width: 104 },
      { title: 'Nazwisko', field: 'lastName', width: 122 },
      { title: 'Telefon', field: 'phone', width: 150 },
      { title: 'Kontrahent', field: 'company', width: 178 },
      { title: 'NIP', field: 'nip', width: 104 },
      { title: 'Nr zamówienia', field: 'order', width: 140 },
      { title: 'Wystawiono', field: 'issued', width: 116, formatter: date },
      { title: 'Termin', field: 'due', width: 108, formatter: dueDate },
      { title: 'Do zapłaty', field: 'left', width: 118, hozAlign: 'right', formatter: amount },
    ],
  });
  const sum = () => {
    const rows = grid.getData('active') as Person[];
    byId('count').textContent = `Pozycji: ${rows.length}`;
    byId('sum').textContent = `Razem do zapłaty: ${money(rows.reduce((all, row) => all + row.left, 0))}`;
  };
  grid.on('tableBuilt', sum);
  grid.on('dataFiltered', () => queueMicrotask(sum));
  grid.on('rowSelectionChanged', (rows) => {
    byId('chosen').textContent = `Zaznaczono: ${rows.length}`;
  });
  grid.on('rowDblClick', (_, row) => open(Number(row.getData().id)));

  const filter = () => {
    const wanted = (byId('find') as HTMLInputElement).value.trim().toLocaleLowerCase('pl');
    const late = (byId('state') as HTMLSelectElement).value === 'late';
    grid.setFilter(
      (row: Person) =>
        (!late || row.due < today) &&
        [row.invoice, row.firstName, row.lastName, row.company, row.nip, row.order].some((text) =>
          text.toLocaleLowerCase('pl').includes(wanted),
        ),
    );
  };
  byId('find').addEventListener('input', filter);
  byId('state').addEventListener('change', filter);
};
