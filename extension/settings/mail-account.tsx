import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { MailAccount, MailSecurity } from '../../shared/api/mail-accounts.ts';
import { api } from '../bridge/api.ts';
import type { Answer } from '../bridge/failure.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, t } from '../locales/texts.ts';
import { Select } from './choices.tsx';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { MailTest } from './mail-account-test.tsx';
import { createSaving } from './resource.ts';
import { isAdministrator } from './rights.ts';
import { Confirm } from './sender-name-confirm.tsx';

/** Program / CRM / Konta e-mail: the account that owner's statements leave through (R3). */
export function MailAccountScreen({ session }: { session: SessionStore }) {
  return (
    <>
      <p class="scope-note">{t('settings.scope.program_note')}</p>
      {isAdministrator(session) ? (
        <Account session={session} />
      ) : (
        <p class="help">{t('settings.mail_account.administrators_only')}</p>
      )}
    </>
  );
}

/** Null: none is set up, which is no failure here. */
async function readAccount(): Promise<Answer<MailAccount | null>> {
  const answer = await api.mailAccount.get();
  const isMissing =
    !answer.ok && answer.failure.kind === 'problem' && answer.failure.problem.code === 'not-found';
  return isMissing ? { ok: true, value: null } : answer;
}

function Account({ session }: { session: SessionStore }) {
  const account = useResource(readAccount);
  const organisation = knownSession(session.state.value);
  const changed = async (): Promise<void> => {
    await Promise.all([account.load(), session.refresh()]);
  };
  return (
    <Loaded resource={account}>
      {(known) => (
        <section class="card" aria-labelledby="mail-account-title">
          <h2 id="mail-account-title">{t('settings.mail_account.account')}</h2>
          <p class="help">{t('settings.mail_account.help')}</p>
          {known === null && organisation?.organisation.hasCrm === true && (
            <p class="note note-warn">{t('settings.organisation.mail_missing')}</p>
          )}
          {organisation?.operator.sandbox === true && (
            <p class="note">{t('settings.mail_account.sandbox')}</p>
          )}
          <AccountForm key={known === null ? 'new' : 'known'} account={known} saved={changed} />
          {known !== null && <MailTest account={known} tested={account.load} />}
          {known !== null && <Remove hasCrm={organisation?.organisation.hasCrm === true} removed={changed} />}
        </section>
      )}
    </Loaded>
  );
}

/** The usual port of each kind of security. */
const usualPort: Record<MailSecurity, number> = { tls: 465, starttls: 587, none: 25 };

function AccountForm({ account, saved }: { account: MailAccount | null; saved: () => Promise<void> }) {
  const draft = useSignal({
    host: account?.host ?? '',
    port: String(account?.port ?? usualPort.starttls),
    security: account?.security ?? ('starttls' as MailSecurity),
    user: account?.user ?? '',
    password: '',
    address: account?.address ?? '',
  });
  const saving = useMemo(createSaving, []);
  const { host, port, security, user, password, address } = draft.value;
  function change(part: Partial<typeof draft.value>): void {
    draft.value = { ...draft.value, ...part };
    saving.touch();
  }
  function secure(chosen: MailSecurity): void {
    const isUsual = Number(port) === usualPort[security];
    change({ security: chosen, ...(isUsual ? { port: String(usualPort[chosen]) } : {}) });
  }
  async function save(): Promise<void> {
    const wanted = { host, port: Number(port), security, user, address };
    const done = await saving.save(() =>
      api.mailAccount.set(password === '' ? wanted : { ...wanted, password }),
    );
    if (done === null) return;
    draft.value = { ...draft.value, password: '' };
    await saved();
  }
  const state = saving.state.value;
  const wrong =
    state.kind === 'failed' && state.failure.kind === 'problem' ? state.failure.problem.errors : [];
  const isWrong = (field: string): boolean => wrong.some(({ path }) => path === `/${field}`);
  return (
    <Form onSubmit={() => void save()}>
      <div class="pair">
        <Field
          label={t('settings.mail_account.host')}
          value={host}
          maxLength={253}
          inputMode="url"
          required
          help={t('settings.mail_account.host_help')}
          error={isWrong('host') ? t('settings.mail_account.host_wrong') : null}
          onInput={(value) => change({ host: value })}
        />
        <Field
          label={t('settings.mail_account.port')}
          value={port}
          maxLength={5}
          inputMode="numeric"
          required
          error={isWrong('port') ? t('settings.mail_account.port_wrong') : null}
          onInput={(value) => change({ port: value.replace(/\D/g, '') })}
        />
      </div>
      <Select
        label={t('settings.mail_account.security')}
        value={security}
        options={[
          { value: 'starttls', label: t('settings.mail_account.starttls') },
          { value: 'tls', label: t('settings.mail_account.tls') },
          { value: 'none', label: t('settings.mail_account.none') },
        ]}
        choose={(value) => secure(value as MailSecurity)}
      />
      <div class="pair">
        <Field
          label={t('settings.mail_account.user')}
          value={user}
          maxLength={254}
          autoComplete="off"
          help={t('settings.mail_account.user_help')}
          error={isWrong('user') ? t('settings.mail_account.line_wrong') : null}
          onInput={(value) => change({ user: value })}
        />
        <Field
          label={t('settings.mail_account.password')}
          type="password"
          value={password}
          maxLength={1000}
          autoComplete="new-password"
          help={
            account?.hasPassword === true
              ? t('settings.mail_account.password_kept')
              : t('settings.mail_account.password_help')
          }
          error={isWrong('password') ? t('settings.mail_account.password_wrong') : null}
          onInput={(value) => change({ password: value })}
        />
      </div>
      <Field
        label={t('settings.mail_account.address')}
        type="email"
        inputMode="email"
        value={address}
        maxLength={254}
        required
        help={t('settings.mail_account.address_help')}
        error={isWrong('address') ? t('sign_in.email_wrong') : null}
        onInput={(value) => change({ address: value })}
      />
      {account !== null && (
        <p class="quiet">{t('settings.mail_account.changed', formatInstant(account.changedAt))}</p>
      )}
      <Save saving={saving} disabled={host.trim() === '' || port === '' || address.trim() === ''} />
    </Form>
  );
}

/** R3: with the CRM module the whole SMS configuration closes; what is authorised goes on sending. */
function Remove({ hasCrm, removed }: { hasCrm: boolean; removed: () => Promise<void> }) {
  const isAsking = useSignal(false);
  const removing = useMemo(createSaving, []);
  const state = removing.state.value;
  async function remove(): Promise<void> {
    isAsking.value = false;
    if ((await removing.save(api.mailAccount.remove)) !== null) await removed();
  }
  return (
    <div>
      <button
        type="button"
        class="link bad"
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {t('settings.mail_account.remove')}
      </button>
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
      {isAsking.value && (
        <Confirm
          title={t('settings.mail_account.remove_title')}
          confirm={t('remove')}
          yes={() => void remove()}
          no={() => {
            isAsking.value = false;
          }}
        >
          <p>{hasCrm ? t('settings.mail_account.remove_closes') : t('settings.mail_account.remove_text')}</p>
        </Confirm>
      )}
    </div>
  );
}
