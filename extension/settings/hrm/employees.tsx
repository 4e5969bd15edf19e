import { signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { ListedEmployee } from '../../../shared/api/hrm.ts';
import { checkNumber, formatNational } from '../../../shared/phone/check.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import type { SessionStore } from '../../bridge/session.store.ts';
import { Paged } from '../../history/paged.tsx';
import { createPages, type Pages } from '../../history/pages.store.ts';
import { textOfFailure } from '../../locales/code-text.ts';
import { t } from '../../locales/texts.ts';
import { RemoveButton } from '../../look/remove-button.tsx';
import { Search } from '../../look/search.tsx';
import { createSaving } from '../resource.ts';
import { ForHrm } from './access.tsx';
import { CsvImport } from './csv-import.tsx';
import { EmployeeForm } from './employee-form.tsx';
import { textOfPurpose } from './purpose.ts';

/** The register of employees that notifications and consents go by. */
export function HrmEmployees({ session }: { session: SessionStore }) {
  return <ForHrm session={session}>{({ id }) => <Employees id={id} />}</ForHrm>;
}

function Employees({ id }: { id: string }) {
  const search = useMemo(() => signal(''), []);
  const pages = useMemo(
    () => createPages<ListedEmployee>((cursor) => hrm.employees.page(id, search.value, cursor)),
    [id, search],
  );
  useEffect(() => void pages.load(), [pages]);
  const isAdding = useSignal(false);
  const again = (): void => void pages.load();
  return (
    <>
      <p class="help">{t('hrm.employees.help')}</p>
      <section class="card" aria-labelledby="employees-title">
        <div class="card-head">
          <h2 id="employees-title">{t('hrm.employees.list')}</h2>
        </div>
        <search class="filters">
          <Search
            label={t('hrm.employees.search')}
            value={search.value}
            search={(words) => {
              search.value = words;
              again();
            }}
          />
        </search>
        <Paged
          pages={pages}
          empty={search.value === '' ? t('hrm.employees.none') : t('hrm.employees.none_found')}
          more={t('hrm.more')}
        >
          {(list) => (
            <ul class="rows people-rows" aria-labelledby="employees-title">
              {list.map((employee) => (
                <EmployeeRow key={employee.reference} id={id} employee={employee} pages={pages} />
              ))}
            </ul>
          )}
        </Paged>
      </section>
      <section class="card">
        {isAdding.value ? (
          <EmployeeForm
            id={id}
            employee={null}
            done={() => {
              isAdding.value = false;
              again();
            }}
            close={() => {
              isAdding.value = false;
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
            {t('hrm.employees.add')}
          </button>
        )}
      </section>
      <CsvImport
        title={t('hrm.employees.import')}
        help={t('hrm.employees.import_help')}
        bring={(csv) => hrm.employees.import(id, csv)}
        brought={again}
      />
    </>
  );
}

function EmployeeRow(props: { id: string; employee: ListedEmployee; pages: Pages<ListedEmployee> }) {
  const { id, employee, pages } = props;
  const isEditing = useSignal(false);
  const removing = useMemo(createSaving, []);
  const { reference, consents } = employee;
  const name = employee.name || reference;
  const hasPrivate = employee.privatePhone !== '' || employee.smsPhone !== '';
  async function remove(): Promise<void> {
    if ((await removing.save(() => hrm.employees.remove(id, reference))) !== null) await pages.load();
  }
  return (
    <li>
      <span class="person-about">
        <strong>{name}</strong> <span class="quiet">{employee.name !== '' && reference}</span>{' '}
        {consents.map((purpose) => (
          <span key={purpose} class="tag tag-good">
            {t('hrm.consent_for', textOfPurpose(purpose))}
          </span>
        ))}
        {hasPrivate && consents.length === 0 && (
          <span class="tag tag-warn">{t('hrm.employees.no_consent')}</span>
        )}
        <Numbers employee={employee} />
      </span>
      <span class="note-actions">
        <button
          type="button"
          class="link"
          aria-label={t('hrm.employees.change', name)}
          aria-expanded={isEditing.value}
          onClick={() => {
            isEditing.value = !isEditing.value;
          }}
        >
          {t('change')}
        </button>
        <a
          href={`#hrm-consents?${new URLSearchParams({ employee: reference })}`}
          aria-label={t('hrm.employees.consents_of', name)}
        >
          {t('hrm.employees.consents')}
        </a>
        <RemoveButton label={t('hrm.employees.remove', name)} remove={() => void remove()} />
      </span>
      {removing.state.value.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(removing.state.value.failure)}
        </p>
      )}
      {isEditing.value && (
        <EmployeeForm
          id={id}
          employee={employee}
          done={() => {
            isEditing.value = false;
            void pages.load();
          }}
          close={() => {
            isEditing.value = false;
          }}
        />
      )}
    </li>
  );
}

/** Each number with whose it is, and whether a text can go there. */
function Numbers({ employee }: { employee: ListedEmployee }) {
  const phones = [
    { label: t('hrm.employee.business_phone'), phone: employee.businessPhone },
    { label: t('hrm.employee.private_phone'), phone: employee.privatePhone },
    { label: t('hrm.employee.sms_phone'), phone: employee.smsPhone },
  ].filter(({ phone }) => phone !== '');
  const { superior, language } = employee;
  return (
    <small class="quiet numbers">
      {phones.length === 0 && <span>{t('hrm.employees.no_number')}</span>}
      {phones.map(({ label, phone }) => {
        const { canReceiveSms, e164 } = checkNumber(phone);
        return (
          <span key={label}>
            {label}: {e164 === '' ? phone : formatNational(e164)}
            {!canReceiveSms && <span class="warn"> ({t('hrm.employees.no_sms')})</span>}
          </span>
        );
      })}
      {superior !== '' && <span>{t('hrm.employees.superior_is', superior)}</span>}
      {language !== null && <span>{t(`hrm.language.${language}`)}</span>}
    </small>
  );
}
