import jspreadsheet from 'jspreadsheet-ce';
import 'jspreadsheet-ce/dist/jspreadsheet.css';
import 'jsuites/dist/jsuites.css';
import { pairs, root } from './record.js';

jspreadsheet(root, {
  worksheets: [
    {
      data: pairs.map(({ title, value }) => [title, value]),
      columns: [
        { type: 'text', title: 'Pole', width: 180 },
        { type: 'text', title: 'Wartość', width: 240 },
      ],
      minDimensions: [2, pairs.length],
    },
  ],
});
