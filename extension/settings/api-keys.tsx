import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { z } from 'zod';
import type { Company } from '../../shared/api/companies.ts';
import { type ApiKey, type ApiKeyMade, ApiKeyScope } from '../../shared/api/people.ts';
import { apiKeys } from '../bridge/administration-api.ts';
import { api } from '../bridge/api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { textOfFailure, textOfScope } from '../locales/code-text.ts';
import { formatInstant, formatList, t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { Choices } from './choices.tsx';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving } from './resource.ts';
import { isAdministrator } from './rights.ts';

type Made = z.infer<typeof ApiKeyMade>;

/** Keys for programs that send by themselves: made, shown once, revoked. */
export function ApiKeys({ session }: { session: SessionStore }) {
  if (!isAdministrator(session)) {
    return <p class="note note-warn">{t('settings.api_keys.administrators_only')}</p>;
  }
  return <Keys />;
}

function Keys() {
  const keys = useResource(apiKeys.list);
  const companies = useResource(api.companies.list);
  const made = useSignal<Made | null>(null);
  return (
    <>
      <p class="scope-note">{t('settings.api_keys.text')}</p>
      {made.value !== null && (
        <Secret
          made={made.value}
          close={() => {
            made.value = null;
          }}
        />
      )}
      <Loaded resource={companies}>
        {(firms) => (
          <>
            <section class="card" aria-labelledby="keys-title">
              <h2 id="keys-title">{t('settings.api_keys.list')}</h2>
              <Loaded resource={keys}>
                {(list) =>
                  list.length === 0 ? (
                    <p class="empty">{t('settings.api_keys.empty')}</p>
                  ) : (
                    <ul class="rows" aria-labelledby="keys-title">
                      {list.map((key) => (
                        <KeyRow key={key.id} apiKey={key} companies={firms} gone={() => void keys.load()} />
                      ))}
                    </ul>
                  )
                }
              </Loaded>
            </section>
            <NewKey
              companies={firms}
              done={(key) => {
                made.value = key;
                void keys.load();
              }}
            />
          </>
        )}
      </Loaded>
    </>
  );
}

/** The only time that anybody sees it: the server keeps a digest. */
function Secret({ made, close }: { made: Made; close: () => void }) {
  const isCopied = useSignal(false);
  const copy = (): void =>
    void navigator.clipboard.writeText(made.secret).then(
      () => {
        isCopied.value = true;
      },
      () => undefined,
    );
  return (
    <section class="card" aria-labelledby="secret-title">
      <h2 id="secret-title">{t('settings.api_keys.made', made.name)}</h2>
      <p class="note note-warn" role="alert">
        {t('settings.api_keys.once')}
      </p>
      <code class="secret">{made.secret}</code>
      <div class="actions">
        <button type="button" class="primary" onClick={copy}>
          {t('copy')}
        </button>
        <button type="button" onClick={close}>
          {t('settings.api_keys.stored')}
        </button>
        <span role="status">{isCopied.value && <span class="good">{t('copied')}</span>}</span>
      </div>
    </section>
  );
}

function KeyRow(props: { apiKey: ApiKey; companies: Company[]; gone: () => void }) {
  const { apiKey, companies, gone } = props;
  const revoking = useMemo(createSaving, []);
  const names = companies.filter(({ id }) => apiKey.companies.includes(id)).map(({ name }) => name);
  async function revoke(): Promise<void> {
    if ((await revoking.save(() => apiKeys.revoke(apiKey.id))) !== null) gone();
  }
  return (
    <li>
      <span>
        <strong>{apiKey.name}</strong>{' '}
        {apiKey.scopes.map((scope) => (
          <span key={scope} class="tag">
            {textOfScope(scope)}
          </span>
        ))}
        <br />
        <small class="quiet">
          {names.length === 0 ? t('settings.api_keys.no_company') : formatList(names)} ·{' '}
          {t('settings.api_keys.created', formatInstant(apiKey.createdAt))} ·{' '}
          {apiKey.lastUsedAt === null
            ? t('settings.api_keys.never_used')
            : t('settings.api_keys.used', formatInstant(apiKey.lastUsedAt))}
        </small>
      </span>
      <RemoveButton label={t('settings.api_keys.revoke', apiKey.name)} remove={() => void revoke()} />
      {revoking.state.value.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(revoking.state.value.failure)}
        </p>
      )}
    </li>
  );
}

function NewKey({ companies, done }: { companies: Company[]; done: (made: Made) => void }) {
  const name = useSignal('');
  const scopes = useSignal<ApiKeyScope[]>(['send']);
  const allowed = useSignal<string[]>(companies.length === 1 ? companies.map(({ id }) => id) : []);
  const saving = useMemo(createSaving, []);
  const isComplete = name.value.trim() !== '' && scopes.value.length > 0 && allowed.value.length > 0;
  async function make(): Promise<void> {
    const draft = { name: name.value.trim(), scopes: scopes.value, companies: allowed.value };
    const made = await saving.save(() => apiKeys.create(draft));
    if (made === null) return;
    name.value = '';
    saving.touch();
    done(made.value);
  }
  return (
    <section class="card" aria-labelledby="new-key-title">
      <h2 id="new-key-title">{t('settings.api_keys.new')}</h2>
      <Form onSubmit={() => void make()}>
        <Field
          label={t('settings.api_keys.name')}
          help={t('settings.api_keys.name_help')}
          value={name.value}
          maxLength={120}
          onInput={(value) => {
            name.value = value;
            saving.touch();
          }}
        />
        <Choices
          legend={t('settings.api_keys.scopes')}
          options={ApiKeyScope.options.map((scope) => ({ value: scope, label: textOfScope(scope) }))}
          chosen={scopes.value}
          choose={(chosen) => {
            scopes.value = ApiKeyScope.options.filter((scope) => chosen.includes(scope));
            saving.touch();
          }}
        />
        <Choices
          legend={t('settings.api_keys.companies')}
          options={companies.map(({ id, name: label }) => ({ value: id, label }))}
          chosen={allowed.value}
          choose={(chosen) => {
            allowed.value = chosen;
            saving.touch();
          }}
        />
        <Save saving={saving} label={t('settings.api_keys.make')} disabled={!isComplete} done="" />
      </Form>
    </section>
  );
}
