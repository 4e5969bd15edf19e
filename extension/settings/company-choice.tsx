import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Company } from '../../shared/api/companies.ts';
import { api } from '../bridge/api.ts';
import { t } from '../locales/texts.ts';
import { Select } from './choices.tsx';
import { Loaded, useResource } from './form.tsx';

/** The company whose settings are looked at: it stays the same from screen to screen. */
const chosen = signal<string | null>(null);

/** A screen of the company scope: which company, said and chosen, and what holds for it. */
export function ForCompany({ children }: { children: (company: Company) => ComponentChildren }) {
  const companies = useResource(api.companies.list);
  return (
    <Loaded resource={companies}>
      {(list) => {
        const company = list.find(({ id }) => id === chosen.value) ?? list[0];
        if (company === undefined) return <p class="empty">{t('settings.organisation.no_companies')}</p>;
        return (
          <>
            <p class="scope-note">{t('settings.scope.company_note', company.name)}</p>
            {list.length > 1 && (
              <Select
                label={t('sender.company')}
                value={company.id}
                options={list.map(({ id, name }) => ({ value: id, label: name }))}
                choose={(id) => {
                  chosen.value = id;
                }}
              />
            )}
            {children(company)}
          </>
        );
      }}
    </Loaded>
  );
}
