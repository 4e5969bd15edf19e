import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { SingleSignOn } from '../../shared/api/single-sign-on.ts';
import type { Answer } from '../bridge/failure.ts';
import { singleSignOn } from '../bridge/single-sign-on-api.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving } from './resource.ts';

/** Null: none is set up, which is no failure here. */
async function readProvider(): Promise<Answer<SingleSignOn | null>> {
  const answer = await singleSignOn.get();
  const isMissing =
    !answer.ok && answer.failure.kind === 'problem' && answer.failure.problem.code === 'not-found';
  return isMissing ? { ok: true, value: null } : answer;
}

/** The organisation's own OpenID Connect provider, folded until it is wanted. */
export function SingleSignOnCard() {
  const provider = useResource(readProvider);
  return (
    <section class="card" aria-labelledby="sso-title">
      <h2 id="sso-title">{t('settings.sso.title')}</h2>
      <p class="help">{t('settings.sso.help')}</p>
      <Loaded resource={provider}>
        {(known) => (
          <details open={known !== null}>
            <summary>{known === null ? t('settings.sso.set_up') : new URL(known.issuer).host}</summary>
            <ProviderForm key={known === null ? 'new' : 'known'} provider={known} saved={provider.load} />
          </details>
        )}
      </Loaded>
    </section>
  );
}

function ProviderForm({ provider, saved }: { provider: SingleSignOn | null; saved: () => Promise<void> }) {
  const draft = useSignal({
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    domains: provider?.domains.join(', ') ?? '',
    required: provider?.required ?? false,
  });
  const saving = useMemo(createSaving, []);
  const removing = useMemo(createSaving, []);
  const { issuer, clientId, clientSecret, domains, required } = draft.value;
  function change(part: Partial<typeof draft.value>): void {
    draft.value = { ...draft.value, ...part };
    saving.touch();
  }
  async function save(): Promise<void> {
    const wanted = {
      issuer: issuer.trim(),
      clientId,
      domains: domains.split(/[\s,;]+/).filter(Boolean),
      required,
    };
    const done = await saving.save(() =>
      singleSignOn.set(clientSecret === '' && provider !== null ? wanted : { ...wanted, clientSecret }),
    );
    if (done === null) return;
    change({ clientSecret: '' });
    await saved();
  }
  async function remove(): Promise<void> {
    if ((await removing.save(singleSignOn.remove)) !== null) await saved();
  }
  const state = saving.state.value;
  const wrong =
    state.kind === 'failed' && state.failure.kind === 'problem' ? state.failure.problem.errors : [];
  const errorOf = (field: string, text: string): string | null =>
    wrong.some(({ path }) => path.startsWith(`/${field}`)) ? text : null;
  const failed = removing.state.value;
  return (
    <Form onSubmit={() => void save()}>
      <Field
        label={t('settings.sso.issuer')}
        type="url"
        inputMode="url"
        required
        maxLength={500}
        value={issuer}
        help={t('settings.sso.issuer_help')}
        error={errorOf('issuer', t('settings.sso.issuer_wrong'))}
        onInput={(value) => change({ issuer: value })}
      />
      <div class="pair">
        <Field
          label={t('settings.sso.client')}
          required
          maxLength={300}
          value={clientId}
          onInput={(value) => change({ clientId: value })}
        />
        <Field
          label={t('settings.sso.secret')}
          type="password"
          autoComplete="new-password"
          maxLength={1000}
          value={clientSecret}
          help={
            provider?.hasClientSecret === true ? t('settings.sso.secret_kept') : t('settings.sso.secret_help')
          }
          error={errorOf('clientSecret', t('settings.sso.secret_wrong'))}
          onInput={(value) => change({ clientSecret: value })}
        />
      </div>
      <Field
        label={t('settings.sso.domains')}
        required
        value={domains}
        help={t('settings.sso.domains_help')}
        error={errorOf('domains', t('settings.sso.domains_wrong'))}
        onInput={(value) => change({ domains: value })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={required}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
        {t('settings.sso.required')}
      </label>
      {provider !== null && <p class="quiet">{t('settings.sso.redirect', provider.redirectUri)}</p>}
      <Save
        saving={saving}
        disabled={issuer.trim() === '' || clientId.trim() === '' || domains.trim() === ''}
      />
      {provider !== null && (
        <RemoveButton
          label={t('settings.sso.remove')}
          words={{ remove: t('settings.sso.remove'), really: t('remove') }}
          remove={() => void remove()}
        />
      )}
      {failed.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(failed.failure)}
        </p>
      )}
    </Form>
  );
}
