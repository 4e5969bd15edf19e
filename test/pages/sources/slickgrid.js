import { SlickCheckboxSelectColumn, SlickDataView, SlickGrid, SlickRowSelectionModel } from 'slickgrid';
import 'slickgrid/dist/styles/css/slick.grid.css';
import 'slickgrid/dist/styles/css/slick-default-theme.css';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('slickgrid');
const view = new SlickDataView();
view.setItems(records);
const ticks = new SlickCheckboxSelectColumn({ cssClass: 'slick-cell-checkboxsel' });

const grid = new SlickGrid(
  root,
  view,
  [
    ticks.getColumnDefinition(),
    ...columns.map(({ title, field }) => ({ id: field, name: title, field, width: 160 })),
  ],
  { enableCellNavigation: true, frozenColumn: 1, rowHeight: 30, enableColumnReorder: false },
);
grid.setSelectionModel(new SlickRowSelectionModel({ selectActiveRow: false }));
grid.registerPlugin(ticks);
view.onRowsChanged.subscribe((_, { rows }) => {
  grid.invalidateRows(rows);
  grid.render();
});
