import jspreadsheet from 'jspreadsheet-ce';
import 'jspreadsheet-ce/dist/jspreadsheet.css';
import 'jsuites/dist/jsuites.css';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('jspreadsheet');

jspreadsheet(root, {
  worksheets: [
    {
      data: records.map((record) => columns.map(({ field }) => record[field])),
      columns: columns.map(({ title }) => ({ type: 'text', title, width: 180 })),
      tableOverflow: true,
      tableHeight: '680px',
      minDimensions: [columns.length, records.length],
    },
  ],
});
