import DataTable from 'datatables.net';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('datatables');
const table = document.createElement('table');
table.style.width = '100%';
root.append(table);

const tick = (_, type, record) => {
  if (type !== 'display') return record.id;
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.value = record.id;
  return box;
};

new DataTable(table, {
  data: records,
  pageLength: 25,
  scrollY: '560px',
  order: [],
  columns: [
    { title: '', data: null, orderable: false, render: tick },
    ...columns.map(({ title, field }) => ({ title, data: field, render: DataTable.render.text() })),
  ],
});
