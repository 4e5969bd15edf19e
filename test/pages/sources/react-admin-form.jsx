import { Admin, Edit, Resource, SimpleForm, TextInput } from 'react-admin';
import { createRoot } from 'react-dom/client';
import { provider } from './provider.js';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('react-admin-form');

const Person = () => (
  <Edit>
    <SimpleForm>
      {columns.map(({ title, field }) => (
        <TextInput key={field} source={field} label={title} />
      ))}
    </SimpleForm>
  </Edit>
);

if (location.hash === '') location.hash = '#/osoby/1';
createRoot(root).render(
  <Admin dataProvider={provider(records)} disableTelemetry>
    <Resource name="osoby" edit={Person} />
  </Admin>,
);
