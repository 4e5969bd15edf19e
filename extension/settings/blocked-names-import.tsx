import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import { api } from '../bridge/api.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { plural, t } from '../locales/texts.ts';
import { BrokenLines, CsvFileField, createChosenCsv } from './csv-file.tsx';
import { Field, Form, Save } from './form.tsx';
import { createSaving } from './resource.ts';

/** One list from a file: whose it is, of which day, and which lines are broken. */
export function BlockedImportForm({ imported }: { imported: () => void }) {
  const id = useId();
  const source = useSignal('CSIRT NASK');
  const listedOn = useSignal(new Date().toISOString().slice(0, 10));
  const done = useSignal<string | null>(null);
  const saving = useMemo(createSaving, []);
  const file = useMemo(() => createChosenCsv(saving.touch), [saving]);

  async function save(): Promise<void> {
    const { value } = file.list;
    if (value === null) return;
    const { csv } = value;
    const saved = await saving.save(() =>
      api.blockedNames.import({ source: source.value.trim(), listedOn: listedOn.value, csv }),
    );
    if (saved === null) return;
    done.value = plural('settings.blocked_names.done', saved.value.names);
    imported();
  }
  const state = saving.state.value;
  return (
    <section class="card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t('settings.blocked_names.import')}</h2>
      <Form onSubmit={() => void save()}>
        <Field
          label={t('settings.blocked_names.source')}
          help={t('settings.blocked_names.source_help')}
          value={source.value}
          maxLength={120}
          required
          onInput={(value) => {
            source.value = value;
            saving.touch();
          }}
        />
        <label class="field">
          <span>{t('settings.blocked_names.date')}</span>
          <input
            type="date"
            value={listedOn.value}
            required
            onInput={(event) => {
              listedOn.value = event.currentTarget.value;
              saving.touch();
            }}
          />
        </label>
        <CsvFileField id={id} csv={file} help={t('settings.blocked_names.file_help')} />
        <Save
          saving={saving}
          label={t('settings.blocked_names.import_it')}
          done={done.value ?? undefined}
          disabled={file.list.value === null || source.value.trim() === '' || listedOn.value === ''}
        />
        {state.kind === 'failed' && (
          <BrokenLines
            failure={state.failure}
            code="blocked-list-broken"
            textOf={({ code }) => (lineTexts[code] ?? lineTexts.csv)?.() ?? textOfFailure(state.failure)}
          />
        )}
      </Form>
    </section>
  );
}

const lineTexts: Readonly<Record<string, () => string>> = {
  csv: () => t('settings.blocked_names.line.csv'),
  empty: () => t('settings.blocked_names.line.empty'),
  'too-long': () => t('settings.blocked_names.line.too_long'),
  characters: () => t('settings.blocked_names.line.characters'),
  'too-many': () => t('settings.blocked_names.line.too_many'),
};
