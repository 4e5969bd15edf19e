import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Organisation } from '../../shared/api/companies.ts';
import { api } from '../bridge/api.ts';
import type { Versioned } from '../bridge/call.ts';
import { t } from '../locales/texts.ts';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving } from './resource.ts';

/** When administrators are told that the package is low. */
export function LowPackage({ saved }: { saved: () => void }) {
  const organisation = useResource(api.organisation.get);
  return (
    <section class="card" aria-labelledby="low-title">
      <h2 id="low-title">{t('settings.packages.low')}</h2>
      <Loaded resource={organisation}>{(read) => <LowForm read={read} saved={saved} />}</Loaded>
    </section>
  );
}

function LowForm({ read, saved }: { read: Versioned<Organisation>; saved: () => void }) {
  const parts = useSignal(read.value.lowParts?.toString() ?? '');
  const version = useSignal(read.etag);
  const saving = useMemo(createSaving, []);
  const text = parts.value.replace(/\s/g, '');
  const lowParts = text === '' ? null : Number(text);
  const isWrong =
    lowParts !== null && !(Number.isInteger(lowParts) && lowParts >= 0 && lowParts <= 100_000_000);
  async function save(): Promise<void> {
    const done = await saving.save(() => api.organisation.change({ lowParts }, version.value));
    if (done === null) return;
    version.value = done.value.etag;
    saved();
  }
  return (
    <Form onSubmit={() => void save()}>
      <Field
        label={t('settings.packages.low_parts')}
        help={t('settings.packages.low_help')}
        inputMode="numeric"
        value={parts.value}
        error={isWrong ? t('settings.packages.parts_wrong') : null}
        onInput={(value) => {
          parts.value = value;
          saving.touch();
        }}
      />
      <Save saving={saving} disabled={isWrong} />
    </Form>
  );
}
