import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Company } from '../../shared/api/companies.ts';
import type { Person } from '../../shared/api/people.ts';
import { Role } from '../../shared/api/session.ts';
import { api } from '../bridge/api.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfFailure, textOfRole } from '../locales/code-text.ts';
import { formatList, t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { Loaded, useResource } from './form.tsx';
import { EditPerson, PersonForm } from './person.tsx';
import { createSaving, type Resource } from './resource.ts';
import { isAdministrator } from './rights.ts';
import { SingleSignOnCard } from './single-sign-on.tsx';

/** Who may do what, and for which companies. */
export function People({ session }: { session: SessionStore }) {
  const people = useResource(api.people.list);
  const companies = useResource(api.companies.list);
  const isAdding = useSignal(false);
  const own = knownSession(session.state.value)?.person.id ?? '';
  if (!isAdministrator(session))
    return <p class="note note-warn">{t('settings.people.administrators_only')}</p>;
  return (
    <Loaded resource={companies}>
      {(firms) => (
        <>
          <p class="scope-note">{t('settings.scope.program_note')}</p>
          <Loaded resource={people}>
            {(list) => (
              <ul class="cards" aria-label={t('settings.people.title')}>
                {list.map((person) => (
                  <PersonCard
                    key={person.id}
                    person={person}
                    people={people}
                    companies={firms}
                    isSelf={person.id === own}
                  />
                ))}
              </ul>
            )}
          </Loaded>
          <section class="card">
            {isAdding.value ? (
              <PersonForm
                person={null}
                etag={null}
                companies={firms}
                done={() => {
                  isAdding.value = false;
                  void people.load();
                }}
              />
            ) : (
              <button
                type="button"
                class="primary"
                onClick={() => {
                  isAdding.value = true;
                }}
              >
                {t('settings.people.add')}
              </button>
            )}
          </section>
          <SingleSignOnCard />
        </>
      )}
    </Loaded>
  );
}

function PersonCard(props: {
  person: Person;
  people: Resource<Person[]>;
  companies: Company[];
  isSelf: boolean;
}) {
  const { person, people, companies, isSelf } = props;
  const isEditing = useSignal(false);
  const removing = useMemo(createSaving, []);
  const toggle = (): void => {
    isEditing.value = !isEditing.value;
  };
  async function remove(): Promise<void> {
    if ((await removing.save(() => api.people.remove(person.id))) !== null) await people.load();
  }
  const names = companies.filter(({ id }) => person.companies.includes(id)).map(({ name }) => name);
  return (
    <li class="card">
      <div class="card-head">
        <h2>{person.name}</h2>
        <span class="note-actions">
          <button
            type="button"
            class="link"
            aria-label={t('settings.people.change', person.name)}
            aria-expanded={isEditing.value}
            onClick={toggle}
          >
            {t('change')}
          </button>
          {!isSelf && (
            <RemoveButton label={t('settings.people.remove', person.name)} remove={() => void remove()} />
          )}
        </span>
      </div>
      <p class="quiet">
        {person.email} ·{' '}
        {formatList(Role.options.filter((role) => person.roles.includes(role)).map(textOfRole))}
        {names.length > 0 && ` · ${formatList(names)}`}
      </p>
      {removing.state.value.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(removing.state.value.failure)}
        </p>
      )}
      {isEditing.value && (
        <EditPerson
          id={person.id}
          companies={companies}
          done={() => {
            isEditing.value = false;
            void people.load();
          }}
        />
      )}
    </li>
  );
}
