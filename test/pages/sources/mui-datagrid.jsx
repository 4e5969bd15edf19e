import { DataGrid } from '@mui/x-data-grid';
import { createRoot } from 'react-dom/client';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('mui-datagrid');

createRoot(root).render(
  <DataGrid
    rows={records}
    columns={columns.map(({ title, field }) => ({ field, headerName: title, width: 190 }))}
    checkboxSelection
    pageSizeOptions={[100]}
    initialState={{ pagination: { paginationModel: { pageSize: 100 } } }}
  />,
);
