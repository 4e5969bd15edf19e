import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Company, Organisation } from '../../shared/api/companies.ts';
import { formatNip, isValidNip } from '../../shared/checksums/index.ts';
import { api } from '../bridge/api.ts';
import type { Versioned } from '../bridge/call.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { plural, t } from '../locales/texts.ts';
import { Switch } from '../look/switch.tsx';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving, type Resource } from './resource.ts';
import { isAdministrator } from './rights.ts';

/** The organisation and the companies (databases) that it has. */
export function OrganisationScreen({ session }: { session: SessionStore }) {
  const organisation = useResource(api.organisation.get);
  const companies = useResource(api.companies.list);
  return (
    <>
      <p class="scope-note">{t('settings.scope.program_note')}</p>
      <Loaded resource={organisation}>
        {(read) => <OrganisationForm key={read.value.id} read={read} session={session} />}
      </Loaded>
      <section class="card" aria-labelledby="companies-title">
        <h2 id="companies-title">{t('settings.organisation.companies')}</h2>
        <Loaded resource={companies}>{(list) => <Companies list={list} />}</Loaded>
        {isAdministrator(session) && <AddCompany companies={companies} session={session} />}
      </section>
    </>
  );
}

function OrganisationForm({ read, session }: { read: Versioned<Organisation>; session: SessionStore }) {
  const draft = useSignal(read.value);
  const version = useSignal(read.etag);
  const saving = useMemo(createSaving, []);
  const hasMailAccount = knownSession(session.state.value)?.organisation.hasMailAccount === true;
  const canChange = isAdministrator(session);
  const change = (part: Partial<Organisation>): void => {
    draft.value = { ...draft.value, ...part };
    saving.touch();
  };
  async function save(): Promise<void> {
    const { name, hasCrm, retentionDays } = draft.value;
    const change = { name, hasCrm, retentionDays };
    const saved = await saving.save(() => api.organisation.change(change, version.value));
    if (saved === null) return;
    version.value = saved.value.etag;
    await session.refresh();
  }
  return (
    <section class="card" aria-labelledby="organisation-title">
      <h2 id="organisation-title">{t('settings.organisation.data')}</h2>
      <Form onSubmit={() => void save()}>
        <fieldset class="plain" disabled={!canChange}>
          <Field
            label={t('settings.organisation.name')}
            value={draft.value.name}
            maxLength={120}
            onInput={(name) => change({ name })}
          />
          <Field
            label={t('settings.organisation.retention')}
            help={t('settings.organisation.retention_help')}
            inputMode="numeric"
            value={String(draft.value.retentionDays)}
            onInput={(days) => change({ retentionDays: Number(days.replace(/\D/g, '')) })}
          />
          <Switch
            isOn={draft.value.hasCrm}
            change={(hasCrm) => change({ hasCrm })}
            help={t('settings.organisation.crm_help')}
          >
            {t('settings.organisation.crm')}
          </Switch>
          {draft.value.hasCrm && (
            <p class={`note ${hasMailAccount ? '' : 'note-warn'}`}>
              {hasMailAccount
                ? t('settings.organisation.mail_ready')
                : t('settings.organisation.mail_missing')}{' '}
              <a href="#mail-account">{t('block.mail_accounts')}</a>
            </p>
          )}
          {canChange && <Save saving={saving} />}
        </fieldset>
      </Form>
    </section>
  );
}

function Companies({ list }: { list: Company[] }) {
  if (list.length === 0) return <p class="empty">{t('settings.organisation.no_companies')}</p>;
  return (
    <>
      <p class="quiet">{plural('settings.organisation.company_count', list.length)}</p>
      <ul class="rows">
        {list.map(({ id, name, stamp }) => (
          <li key={id}>
            <span>{name}</span>
            <span class="quiet">{isValidNip(stamp.nip) ? formatNip(stamp.nip) : stamp.nip}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function AddCompany(props: { companies: Resource<Company[]>; session: SessionStore }) {
  const name = useSignal('');
  const saving = useMemo(createSaving, []);
  async function add(): Promise<void> {
    const added = await saving.save(() => api.companies.create({ name: name.value.trim() }));
    if (added === null) return;
    name.value = '';
    await Promise.all([props.companies.load(), props.session.refresh()]);
  }
  return (
    <Form onSubmit={() => void add()}>
      <Field
        label={t('settings.organisation.add_company')}
        value={name.value}
        maxLength={120}
        onInput={(value) => {
          name.value = value;
          saving.touch();
        }}
      />
      <Save saving={saving} label={t('add')} disabled={name.value.trim() === ''} />
    </Form>
  );
}
