import { TabulatorFull } from 'tabulator-tables';
import 'tabulator-tables/dist/css/tabulator.min.css';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('tabulator');

/** As applications do it: whatever stands in the cell goes into the link, extensions and placeholders included. */
const phone = (cell) => {
  const link = document.createElement('a');
  link.href = `tel:${cell.getValue()}`;
  link.textContent = cell.getValue();
  return link;
};

new TabulatorFull(root, {
  data: records,
  index: 'id',
  height: 700,
  selectableRows: 'highlight',
  rowHeader: { formatter: 'rowSelection', titleFormatter: 'rowSelection', headerSort: false, width: 40 },
  columns: columns.map(({ title, field }) => ({
    title,
    field,
    width: 150,
    formatter: title === 'Telefon' ? phone : 'plaintext',
  })),
});
