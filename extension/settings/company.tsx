import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Company, Stamp } from '../../shared/api/companies.ts';
import type { SendingCompany } from '../../shared/api/session.ts';
import { formatNip, isValidNip, normaliseNip } from '../../shared/checksums/index.ts';
import { api } from '../bridge/api.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfNameState } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving } from './resource.ts';
import { isAdministrator } from './rights.ts';

/** The company scope: what holds for one database only. */
export function CompanyScreen({ session }: { session: SessionStore }) {
  const companies = useResource(api.companies.list);
  const chosen = useSignal<string | null>(null);
  return (
    <Loaded resource={companies}>
      {(list) => {
        const company = list.find(({ id }) => id === chosen.value) ?? list[0];
        if (company === undefined) return <p class="empty">{t('settings.organisation.no_companies')}</p>;
        return (
          <>
            <p class="scope-note">{t('settings.scope.company_note', company.name)}</p>
            {list.length > 1 && (
              <label class="field">
                <span>{t('sender.company')}</span>
                <select
                  value={company.id}
                  onChange={(event) => {
                    chosen.value = event.currentTarget.value;
                  }}
                >
                  {list.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            )}
            <EffectiveName session={session} companyId={company.id} />
            <Stamped
              key={company.id}
              id={company.id}
              canChange={isAdministrator(session)}
              saved={companies.load}
            />
          </>
        );
      }}
    </Loaded>
  );
}

/** The name that the company sends under and where it comes from (R7). */
function EffectiveName({ session, companyId }: { session: SessionStore; companyId: string }) {
  const companies: SendingCompany[] = knownSession(session.state.value)?.companies ?? [];
  const name = companies.find(({ id }) => id === companyId)?.effectiveName ?? null;
  return (
    <section class="card" aria-labelledby="effective-title">
      <h2 id="effective-title">{t('settings.company.effective')}</h2>
      {name === null ? (
        <p>
          {t('sender.none')} <a href="#sender-names">{t('block.sender_names')}</a>
        </p>
      ) : (
        <p>
          <strong class="sender-name">{name.name}</strong>{' '}
          <span class={`tag tag-${name.state === 'authorised' ? 'good' : 'warn'}`}>
            {textOfNameState(name.state)}
          </span>{' '}
          <span class="quiet">
            {name.source === 'program' ? t('sender.from_program') : t('sender.individual')}
          </span>
        </p>
      )}
    </section>
  );
}

/** The company is read again before it is changed, with its version. */
function Stamped(props: { id: string; canChange: boolean; saved: () => Promise<void> }) {
  const company = useResource(() => api.companies.get(props.id));
  return (
    <Loaded resource={company}>
      {({ value, etag }) => (
        <StampForm
          key={etag}
          company={value}
          etag={etag}
          canChange={props.canChange}
          saved={() => Promise.all([props.saved(), company.load()])}
        />
      )}
    </Loaded>
  );
}

function StampForm(props: {
  company: Company;
  etag: string | null;
  canChange: boolean;
  saved: () => Promise<unknown>;
}) {
  const { company, canChange, etag } = props;
  const name = useSignal(company.name);
  const stamp = useSignal<Stamp>(company.stamp);
  const isNipWrong = useSignal(false);
  const saving = useMemo(createSaving, []);
  const change = (part: Partial<Stamp>): void => {
    stamp.value = { ...stamp.value, ...part };
    isNipWrong.value = false;
    saving.touch();
  };
  async function save(): Promise<void> {
    const nip = normaliseNip(stamp.value.nip);
    isNipWrong.value = nip !== '' && !isValidNip(nip);
    if (isNipWrong.value) return;
    const saved = await saving.save(() =>
      api.companies.change(company.id, { name: name.value.trim(), stamp: { ...stamp.value, nip } }, etag),
    );
    if (saved !== null) await props.saved();
  }
  return (
    <section class="card" aria-labelledby="stamp-title">
      <h2 id="stamp-title">{t('settings.company.stamp')}</h2>
      <p class="help">{t('settings.company.stamp_help')}</p>
      <Form onSubmit={() => void save()}>
        <fieldset class="plain" disabled={!canChange}>
          <Field
            label={t('settings.company.short_name')}
            value={name.value}
            maxLength={120}
            onInput={(value) => {
              name.value = value;
              saving.touch();
            }}
          />
          <Field
            label={t('settings.company.full_name')}
            value={stamp.value.name}
            maxLength={200}
            autoComplete="organization"
            onInput={(value) => change({ name: value })}
          />
          <Field
            label={t('settings.company.address')}
            value={stamp.value.address}
            maxLength={300}
            autoComplete="street-address"
            onInput={(value) => change({ address: value })}
          />
          <Field
            label={t('settings.company.nip')}
            value={stamp.value.nip}
            maxLength={20}
            inputMode="numeric"
            help={isValidNip(stamp.value.nip) ? formatNip(stamp.value.nip) : t('settings.company.nip_help')}
            error={isNipWrong.value ? t('settings.company.nip_wrong') : null}
            onInput={(value) => change({ nip: value })}
          />
          {canChange && <Save saving={saving} disabled={name.value.trim() === ''} />}
        </fieldset>
      </Form>
    </section>
  );
}
