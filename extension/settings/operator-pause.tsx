import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { OperatorAccount } from '../../shared/api/operator-accounts.ts';
import { operatorAccounts } from '../bridge/administration-api.ts';
import { t } from '../locales/texts.ts';
import { Field, Form, Save } from './form.tsx';
import { createSaving } from './resource.ts';

/** Nobody pauses an account without saying why: the next administrator has to know. */
export function PauseForm({ account, done }: { account: OperatorAccount; done: () => void }) {
  const reason = useSignal('');
  const saving = useMemo(createSaving, []);
  async function pause(): Promise<void> {
    const paused = await saving.save(() => operatorAccounts.pause(account.id, reason.value.trim()));
    if (paused !== null) done();
  }
  return (
    <Form onSubmit={() => void pause()}>
      <Field
        label={t('settings.operators.pause_reason')}
        help={t('settings.operators.pause_help')}
        value={reason.value}
        maxLength={200}
        onInput={(value) => {
          reason.value = value;
          saving.touch();
        }}
      />
      <Save saving={saving} label={t('settings.operators.pause_it')} disabled={reason.value.trim() === ''} />
    </Form>
  );
}
