import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { t } from '../locales/texts.ts';
import { Search } from '../look/search.tsx';
import { Select } from '../settings/choices.tsx';
import { type FilterName, type Filters, route, setFilters } from './route.ts';

/** What is looked for. It stands in the address, so that a look can be kept, and come back to. */
export function FilterBar(props: {
  session: SessionStore;
  states?: { value: string; label: string }[];
  hasSearch?: boolean;
  searchLabel?: string;
  hasOrigin?: boolean;
}) {
  const { session, states, hasSearch = false, hasOrigin = false } = props;
  const { filters } = route.value;
  const companies = knownSession(session.state.value)?.companies ?? [];
  const set = (name: FilterName, value: string): void => {
    const { [name]: _, ...others } = route.value.filters;
    setFilters(value === '' ? others : { ...others, [name]: value });
  };
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <search class={hasOrigin ? 'filters filters-many' : 'filters'} aria-label={t('history.filter.title')}>
      {hasSearch && (
        <Search
          label={props.searchLabel ?? t('history.filter.search')}
          value={filters.search ?? ''}
          search={(words) => set('search', words)}
        />
      )}
      {companies.length > 1 && (
        <Select
          label={t('sender.company')}
          value={filters.company ?? ''}
          options={[
            { value: '', label: t('history.filter.all_companies') },
            ...companies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          choose={(id) => set('company', id)}
        />
      )}
      {states !== undefined && (
        <Select
          label={t('history.filter.state')}
          value={filters.state ?? ''}
          options={[{ value: '', label: t('history.filter.any_state') }, ...states]}
          choose={(state) => set('state', state)}
        />
      )}
      {hasOrigin && (
        <Select
          label={t('history.filter.origin')}
          value={filters.origin ?? ''}
          options={[
            { value: '', label: t('history.filter.any_origin') },
            { value: 'crm', label: t('history.filter.crm') },
            { value: 'hrm', label: t('history.filter.hrm') },
          ]}
          choose={(origin) => set('origin', origin)}
        />
      )}
      <DayField label={t('history.filter.from')} name="from" filters={filters} set={set} />
      <DayField label={t('history.filter.to')} name="to" filters={filters} set={set} />
      {isFiltered && (
        <button type="button" class="link" onClick={() => setFilters({})}>
          {t('history.filter.clear')}
        </button>
      )}
    </search>
  );
}

function DayField(props: {
  label: string;
  name: 'from' | 'to';
  filters: Filters;
  set: (name: FilterName, value: string) => void;
}) {
  const { label, name, filters, set } = props;
  return (
    <label class="field">
      <span>{label}</span>
      <input
        type="date"
        value={filters[name] ?? ''}
        onInput={(event) => set(name, event.currentTarget.value)}
      />
    </label>
  );
}
