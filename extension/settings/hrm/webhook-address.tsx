import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { HrmWebhook } from '../../../shared/api/hrm-results.ts';
import type { Failure } from '../../bridge/failure.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import { t } from '../../locales/texts.ts';
import { Field, Form, Save } from '../form.tsx';
import { createSaving } from '../resource.ts';

/** Sets the address; each time there is a new secret, which is shown this once. */
export function SetWebhook(props: { id: string; webhook: HrmWebhook | null; done: () => void }) {
  const { id, webhook, done } = props;
  const url = useSignal(webhook?.url ?? '');
  const secret = useSignal<string | null>(null);
  const saving = useMemo(createSaving, []);
  const state = saving.state.value;
  async function save(): Promise<void> {
    secret.value = null;
    const made = await saving.save(() => hrm.webhook.set(id, { url: url.value.trim() }));
    if (made === null) return;
    secret.value = made.value.secret;
    url.value = made.value.url;
    done();
  }
  return (
    <section class="card" aria-labelledby="webhook-title">
      <h2 id="webhook-title">{t('hrm.webhook.address')}</h2>
      <Form onSubmit={() => void save()}>
        <Field
          label={t('hrm.webhook.url')}
          help={webhook === null ? t('hrm.webhook.url_help') : t('hrm.webhook.url_again')}
          type="url"
          inputMode="url"
          value={url.value}
          maxLength={500}
          required
          error={state.kind === 'failed' ? whyNot(state.failure) : null}
          onInput={(value) => {
            url.value = value;
            saving.touch();
          }}
        />
        <Save
          saving={saving}
          label={webhook === null ? t('hrm.webhook.set') : t('hrm.webhook.set_again')}
          disabled={!URL.canParse(url.value.trim())}
        />
      </Form>
      {secret.value !== null && (
        <Secret
          secret={secret.value}
          close={() => {
            secret.value = null;
          }}
        />
      )}
    </section>
  );
}

/** What is wrong with the address, where the server says so. */
function whyNot(failure: Failure): string | null {
  if (failure.kind !== 'problem') return null;
  const codes = failure.problem.errors.filter(({ path }) => path === '/url').map(({ code }) => code);
  if (codes.includes('not_https')) return t('hrm.webhook.not_https');
  if (codes.includes('private_address')) return t('hrm.webhook.private_address');
  return codes.length > 0 ? t('hrm.webhook.bad_url') : null;
}

/** The only time that anybody sees it. */
function Secret({ secret, close }: { secret: string; close: () => void }) {
  const isCopied = useSignal(false);
  const copy = (): void =>
    void navigator.clipboard.writeText(secret).then(
      () => {
        isCopied.value = true;
      },
      () => undefined,
    );
  return (
    <div class="template-edit">
      <p class="note note-warn" role="alert">
        {t('hrm.webhook.secret_once')}
      </p>
      <code class="secret">{secret}</code>
      <div class="actions">
        <button type="button" class="primary" onClick={copy}>
          {t('copy')}
        </button>
        <button type="button" onClick={close}>
          {t('hrm.webhook.secret_kept')}
        </button>
        <span role="status">{isCopied.value && <span class="good">{t('copied')}</span>}</span>
      </div>
    </div>
  );
}
