import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { api } from '../bridge/api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { t } from '../locales/texts.ts';
import { Field, Form, Save } from './form.tsx';
import { createSaving } from './resource.ts';

const looksLikeEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text.trim());

/** Two steps: the address, then the code that was mailed to it. No password anywhere. */
export function SignInForm({ session }: { session: SessionStore }) {
  const email = useSignal('');
  const code = useSignal('');
  const isCodeSent = useSignal(false);
  const isAddressWrong = useSignal(false);
  const asking = useMemo(createSaving, []);
  const entering = useMemo(createSaving, []);

  async function askForCode(): Promise<void> {
    isAddressWrong.value = !looksLikeEmail(email.value);
    if (isAddressWrong.value) return;
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
            asking.touch();
          }}
        />
        <Save saving={asking} done="" label={isCodeSent.value ? t('sign_in.ask_again') : t('sign_in.ask')} />
      </Form>
      {isCodeSent.value && (
        <Form onSubmit={() => void signIn()}>
          <p role="status">{t('sign_in.sent', email.value.trim())}</p>
          <Code
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

function Code({ value, onInput }: { value: string; onInput: (value: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={box}>
      <Field
        label={t('sign_in.code')}
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
