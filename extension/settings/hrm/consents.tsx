import { signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Consent } from '../../../shared/api/hrm.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import type { SessionStore } from '../../bridge/session.store.ts';
import { Paged } from '../../history/paged.tsx';
import { createPages } from '../../history/pages.store.ts';
import { textOfFailure } from '../../locales/code-text.ts';
import { formatInstant, t } from '../../locales/texts.ts';
import { RemoveButton } from '../../look/remove-button.tsx';
import { Search } from '../../look/search.tsx';
import { Switch } from '../../look/switch.tsx';
import { createSaving } from '../resource.ts';
import { asked } from '../route.ts';
import { ForHrm } from './access.tsx';
import { ConsentForm } from './consent-form.tsx';
import { CsvImport } from './csv-import.tsx';
import { textOfPurpose } from './purpose.ts';

/** Employees' consents to texts on their private numbers: recorded, withdrawn, never deleted (domain §7). */
export function HrmConsents({ session }: { session: SessionStore }) {
  return <ForHrm session={session}>{({ id }) => <Consents id={id} />}</ForHrm>;
}

function Consents({ id }: { id: string }) {
  const withHistory = useSignal(false);
  const employee = useMemo(() => signal(asked.peek().get('employee') ?? ''), []);
  const pages = useMemo(
    () =>
      createPages<Consent>((cursor) =>
        hrm.consents.page(id, employee.value, withHistory.value ? 'all' : 'standing', cursor),
      ),
    [id, employee, withHistory],
  );
  const again = (): void => void pages.load();
  useEffect(again, [pages]);
  function lookAt(reference: string): void {
    employee.value = reference;
    again();
  }
  return (
    <>
      <p class="help">{t('hrm.consents.help')}</p>
      <ConsentForm company={id} employee={employee.value} recorded={again} />
      <section class="card" aria-labelledby="consents-title">
        <h2 id="consents-title">{t('hrm.consents.list')}</h2>
        <search class="filters">
          <Search label={t('hrm.consents.of_employee')} value={employee.value} search={lookAt} />
          <Switch
            isOn={withHistory.value}
            change={(isOn) => {
              withHistory.value = isOn;
              again();
            }}
          >
            {t('hrm.consents.with_history')}
          </Switch>
        </search>
        <Paged
          pages={pages}
          empty={employee.value === '' ? t('hrm.consents.none') : t('hrm.consents.none_of', employee.value)}
          more={t('hrm.more')}
        >
          {(list) => (
            <ul class="rows" aria-labelledby="consents-title">
              {list.map((consent) => (
                <ConsentRow key={consent.id} id={id} consent={consent} changed={again} />
              ))}
            </ul>
          )}
        </Paged>
      </section>
      <CsvImport
        title={t('hrm.consents.import')}
        help={t('hrm.consents.import_help')}
        bring={(csv) => hrm.consents.import(id, csv)}
        brought={again}
      />
    </>
  );
}

function ConsentRow({ id, consent, changed }: { id: string; consent: Consent; changed: () => void }) {
  const withdrawing = useMemo(createSaving, []);
  const { employee, name, purpose, givenOn, note, recordedAt, recordedBy, withdrawnAt, withdrawnBy } =
    consent;
  async function withdraw(): Promise<void> {
    if ((await withdrawing.save(() => hrm.consents.withdraw(id, { employee, purpose }))) !== null) changed();
  }
  return (
    <li>
      <span class="person-about">
        <strong>{name || employee}</strong> <span class="quiet">{name !== '' && employee}</span>{' '}
        <span class={`tag ${withdrawnAt === null ? 'tag-good' : ''}`}>{textOfPurpose(purpose)}</span>
        <small class="quiet numbers">
          <span>{t('hrm.consents.given', givenOn)}</span>
          {note !== '' && <span>{note}</span>}
          <span>{t('hrm.consents.recorded', formatInstant(recordedAt), recordedBy)}</span>
          {withdrawnAt !== null && (
            <span class="warn">
              {t('hrm.consents.withdrawn', formatInstant(withdrawnAt), withdrawnBy ?? '')}
            </span>
          )}
        </small>
      </span>
      {withdrawnAt === null && (
        <RemoveButton
          label={t('hrm.consents.withdraw_of', name || employee)}
          words={{ remove: t('hrm.consents.withdraw'), really: t('hrm.consents.withdraw_really') }}
          remove={() => void withdraw()}
        />
      )}
      {withdrawing.state.value.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(withdrawing.state.value.failure)}
        </p>
      )}
    </li>
  );
}
