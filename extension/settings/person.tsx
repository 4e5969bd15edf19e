import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Company } from '../../shared/api/companies.ts';
import type { Person } from '../../shared/api/people.ts';
import { Role } from '../../shared/api/session.ts';
import { api } from '../bridge/api.ts';
import { textOfRole } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import { Choices } from './choices.tsx';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving } from './resource.ts';

/** A person is read again before they are changed, with their version. */
export function EditPerson({ id, ...rest }: { id: string; companies: Company[]; done: () => void }) {
  const person = useResource(() => api.people.get(id));
  return (
    <Loaded resource={person}>
      {({ value, etag }) => <PersonForm person={value} etag={etag} {...rest} />}
    </Loaded>
  );
}

/** A new person, or a change of one; the address of an existing person stays. */
export function PersonForm(props: {
  person: Person | null;
  etag: string | null;
  companies: Company[];
  done: () => void;
}) {
  const { person, companies, etag } = props;
  const email = useSignal(person?.email ?? '');
  const name = useSignal(person?.name ?? '');
  const roles = useSignal<Role[]>(person?.roles ?? ['sender']);
  const allowed = useSignal<string[]>(person?.companies ?? companies.map(({ id }) => id));
  const saving = useMemo(createSaving, []);

  async function save(): Promise<void> {
    const draft = { name: name.value.trim(), roles: roles.value, companies: allowed.value };
    const saved = await saving.save(() =>
      person === null
        ? api.people.create({ ...draft, email: email.value.trim() })
        : api.people.change(person.id, draft, etag),
    );
    if (saved !== null) props.done();
  }

  const isComplete = email.value.includes('@') && name.value.trim() !== '' && roles.value.length > 0;
  return (
    <Form onSubmit={() => void save()}>
      {person === null && (
        <Field
          label={t('sign_in.email')}
          type="email"
          inputMode="email"
          value={email.value}
          onInput={(value) => {
            email.value = value;
            saving.touch();
          }}
        />
      )}
      <Field
        label={t('settings.people.name')}
        value={name.value}
        maxLength={120}
        onInput={(value) => {
          name.value = value;
          saving.touch();
        }}
      />
      <Choices
        legend={t('settings.account.roles')}
        options={Role.options.map((role) => ({ value: role, label: textOfRole(role) }))}
        chosen={roles.value}
        choose={(chosen) => {
          roles.value = Role.options.filter((role) => chosen.includes(role));
          saving.touch();
        }}
      />
      <Choices
        legend={t('settings.people.companies')}
        options={companies.map((company) => ({ value: company.id, label: company.name }))}
        chosen={allowed.value}
        choose={(chosen) => {
          allowed.value = chosen;
          saving.touch();
        }}
      />
      <Save saving={saving} disabled={!isComplete} />
    </Form>
  );
}
