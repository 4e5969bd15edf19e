import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Company } from '../../shared/api/companies.ts';
import type { OperatorAccount, OperatorRoute } from '../../shared/api/operator-accounts.ts';
import { operatorRoutes } from '../bridge/administration-api.ts';
import { api } from '../bridge/api.ts';
import { t } from '../locales/texts.ts';
import { Choices, Select } from './choices.tsx';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving } from './resource.ts';

/** A route as it is typed. */
interface Row {
  accountId: string;
  prefixes: string;
  companyIds: string[];
}

/** Which account takes which messages: in order, the first that fits. */
export function OperatorRoutesForm({ accounts }: { accounts: OperatorAccount[] }) {
  const routes = useResource(operatorRoutes.get);
  const companies = useResource(api.companies.list);
  return (
    <section class="card" aria-labelledby="routes-title">
      <h2 id="routes-title">{t('settings.operators.routes')}</h2>
      <p class="help">{t('settings.operators.routes_help')}</p>
      <Loaded resource={companies}>
        {(firms) => (
          <Loaded resource={routes}>
            {({ value, etag }) => (
              <Rows first={value.routes} firstEtag={etag} accounts={accounts} companies={firms} />
            )}
          </Loaded>
        )}
      </Loaded>
    </section>
  );
}

function Rows(props: {
  first: OperatorRoute[];
  firstEtag: string | null;
  accounts: OperatorAccount[];
  companies: Company[];
}) {
  const { accounts, companies } = props;
  const rows = useSignal<Row[]>(
    props.first.map(({ prefixes, ...route }) => ({ ...route, prefixes: prefixes.join(', ') })),
  );
  const etag = useSignal(props.firstEtag);
  const saving = useMemo(createSaving, []);
  const set = (changed: Row[]): void => {
    rows.value = changed;
    saving.touch();
  };
  const isRight = rows.value.every(({ prefixes }) => prefixesOf(prefixes) !== null);
  async function save(): Promise<void> {
    const routes = rows.value.map((row) => ({ ...row, prefixes: prefixesOf(row.prefixes) ?? [] }));
    const saved = await saving.save(() => operatorRoutes.set({ routes }, etag.value));
    if (saved !== null) etag.value = saved.value.etag;
  }
  const firstAccount = accounts[0]?.id ?? '';
  return (
    <Form onSubmit={() => void save()}>
      {rows.value.length === 0 && <p class="note note-warn">{t('settings.operators.no_routes')}</p>}
      <ol class="routes">
        {rows.value.map((row, at) => (
          <li key={at}>
            <RouteRow
              row={row}
              at={at}
              count={rows.value.length}
              accounts={accounts}
              companies={companies}
              change={(part) => set(rows.value.with(at, { ...row, ...part }))}
              move={(by) => set(swapped(rows.value, at, at + by))}
              remove={() => set(rows.value.toSpliced(at, 1))}
            />
          </li>
        ))}
      </ol>
      <button
        type="button"
        onClick={() => set([...rows.value, { accountId: firstAccount, prefixes: '', companyIds: [] }])}
      >
        {t('settings.operators.add_route')}
      </button>
      <Save saving={saving} disabled={!isRight} />
    </Form>
  );
}

function RouteRow(props: {
  row: Row;
  at: number;
  count: number;
  accounts: OperatorAccount[];
  companies: Company[];
  change: (part: Partial<Row>) => void;
  move: (by: 1 | -1) => void;
  remove: () => void;
}) {
  const { row, at, count, accounts, companies, change, move, remove } = props;
  const place = at + 1;
  const isKnown = accounts.some(({ id }) => id === row.accountId);
  return (
    <fieldset class="choices route">
      <legend>{t('settings.operators.route', place)}</legend>
      <Select
        label={t('settings.operators.account')}
        value={row.accountId}
        options={[
          ...accounts.map(({ id, title }) => ({ value: id, label: title })),
          ...(isKnown ? [] : [{ value: row.accountId, label: t('settings.operators.gone_account') }]),
        ]}
        choose={(accountId) => change({ accountId })}
      />
      <Field
        label={t('settings.operators.prefixes')}
        help={t('settings.operators.prefixes_help')}
        value={row.prefixes}
        error={prefixesOf(row.prefixes) === null ? t('settings.operators.prefixes_wrong') : null}
        onInput={(prefixes) => change({ prefixes })}
      />
      {companies.length > 1 && (
        <Choices
          legend={t('settings.operators.route_companies')}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={row.companyIds}
          choose={(companyIds) => change({ companyIds })}
        />
      )}
      <span class="note-actions">
        {at > 0 && (
          <button type="button" class="link" onClick={() => move(-1)}>
            {t('settings.operators.up', place)}
          </button>
        )}
        {place < count && (
          <button type="button" class="link" onClick={() => move(1)}>
            {t('settings.operators.down', place)}
          </button>
        )}
        <button type="button" class="link bad" onClick={remove}>
          {t('settings.operators.remove_route', place)}
        </button>
      </span>
    </fieldset>
  );
}

/** `+48, 49` is not taken as it stands; null when one of them is no prefix. */
export function prefixesOf(text: string): string[] | null {
  const prefixes = text.split(/[\s,;]+/).filter((prefix) => prefix !== '');
  return prefixes.every((prefix) => /^\+[1-9]\d{0,6}$/.test(prefix)) ? [...new Set(prefixes)] : null;
}

function swapped(rows: Row[], one: number, other: number): Row[] {
  const [first, second] = [rows[one], rows[other]];
  return first === undefined || second === undefined ? rows : rows.with(one, second).with(other, first);
}
