import { AllCommunityModule, createGrid, ModuleRegistry } from 'ag-grid-community';
import { recordsOf, root } from './rows.js';

ModuleRegistry.registerModules([AllCommunityModule]);
const { columns, records } = recordsOf('ag-grid');

createGrid(root, {
  rowData: records,
  getRowId: ({ data }) => String(data.id),
  rowSelection: { mode: 'multiRow', checkboxes: true, headerCheckbox: true },
  selectionColumnDef: { pinned: 'left' },
  columnDefs: columns.map(({ title, field }, place) => ({
    headerName: title,
    field,
    pinned: place === 0 ? 'left' : undefined,
    width: place === 0 ? 200 : 170,
  })),
});
