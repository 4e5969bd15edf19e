import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { api } from '../bridge/api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { singleSignOn } from '../bridge/single-sign-on-api.ts';
import { t } from '../locales/texts.ts';
import { Field, Form, Save } from './form.tsx';
import { createSaving } from './resource.ts';

const looksLikeEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text.trim());

/** Where the organisation signs in by itself. */
interface Provider {
  url: string;
  name: string;
  required: boolean;
}

/**
 * Two steps: the address, then the code that was mailed to it, or that the organisation's own provider ends on. No
 * password anywhere.
 */
export function SignInForm({ session }: { session: SessionStore }) {
  const email = useSignal('');
  const code = useSignal('');
  const isCodeSent = useSignal(false);
  const provider = useSignal<Provider | null>(null);
  const isAddressWrong = useSignal(false);
  const asking = useMemo(createSaving, []);
  const entering = useMemo(createSaving, []);

  async function askForCode(): Promise<void> {
    isAddressWrong.value = !looksLikeEmail(email.value);
    if (isAddressWrong.value) return;
    const place = await asking.save(() => singleSignOn.place(email.value.trim()));
    provider.value = place?.value.provider ?? null;
    // A provider that does not answer keeps nobody out who may have a code by e-mail.
    if (provider.value === null) await mailCode();
    else isCodeSent.value = true;
  }

  async function mailCode(): Promise<void> {
    provider.value = null;
    const asked = await asking.save(() => api.session.requestCode(email.value.trim()));
    if (asked !== null) isCodeSent.value = true;
  }

  async function signIn(): Promise<void> {
    const digits = code.value.replace(/\s/g, '');
    const entered = await entering.save(() => api.session.signIn(email.value.trim(), digits));
    if (entered !== null) await session.refresh();
    else code.value = '';
  }

  return (
    <section class="card" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">{t('sign_in.title')}</h2>
      <Form onSubmit={() => void askForCode()}>
        <Field
          label={t('sign_in.email')}
          type="email"
          inputMode="email"
          autoComplete="email"
          value={email.value}
          error={isAddressWrong.value ? t('sign_in.email_wrong') : null}
          onInput={(value) => {
            email.value = value;
            isAddressWrong.value = false;
            isCodeSent.value = false;
            asking.touch();
          }}
        />
        <Save saving={asking} done="" label={labelOf(isCodeSent.value, provider.value)} />
      </Form>
      {isCodeSent.value && (
        <Form onSubmit={() => void signIn()}>
          {provider.value === null ? (
            <p role="status">{t('sign_in.sent', email.value.trim())}</p>
          ) : (
            <ProviderWay provider={provider.value} mail={() => void mailCode()} />
          )}
          <Code
            isMailed={provider.value === null}
            value={code.value}
            onInput={(value) => {
              code.value = value;
              entering.touch();
            }}
          />
          <Save
            saving={entering}
            done=""
            label={t('sign_in.enter')}
            disabled={code.value.replace(/\D/g, '').length !== 6}
          />
        </Form>
      )}
    </section>
  );
}

const labelOf = (isCodeSent: boolean, provider: Provider | null): string => {
  if (!isCodeSent) return t('sign_in.ask');
  return provider === null ? t('sign_in.ask_again') : t('sign_in.begin_again');
};

/** The provider opens in a tab of its own, by a press of the person's own; its way ends on a page with the code. */
function ProviderWay({ provider, mail }: { provider: Provider; mail: () => void }) {
  return (
    <>
      <p role="status">{t('sign_in.provider', provider.name)}</p>
      <p class="actions">
        <button
          type="button"
          class="primary"
          onClick={() => window.open(provider.url, '_blank', 'noopener,noreferrer')}
        >
          {t('sign_in.open_provider', provider.name)}
        </button>
        {!provider.required && (
          <button type="button" class="link" onClick={mail}>
            {t('sign_in.mail_instead')}
          </button>
        )}
      </p>
    </>
  );
}

function Code(props: { isMailed: boolean; value: string; onInput: (value: string) => void }) {
  const { isMailed, value, onInput } = props;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={box}>
      <Field
        label={isMailed ? t('sign_in.code') : t('sign_in.page_code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={11}
        value={value}
        onInput={onInput}
        help={t('sign_in.code_help')}
      />
    </div>
  );
}
