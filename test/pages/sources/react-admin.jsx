import { Admin, Datagrid, List, Resource, TextField } from 'react-admin';
import { createRoot } from 'react-dom/client';
import { provider } from './provider.js';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('react-admin');

const People = () => (
  <List perPage={25} pagination={undefined} sort={{ field: 'id', order: 'ASC' }}>
    <Datagrid rowClick={false} bulkActionButtons={<span>Wybrane</span>}>
      {columns.map(({ title, field }) => (
        <TextField key={field} source={field} label={title} sortable={false} />
      ))}
    </Datagrid>
  </List>
);

createRoot(root).render(
  <Admin dataProvider={provider(records)} disableTelemetry>
    <Resource name="osoby" list={People} />
  </Admin>,
);
