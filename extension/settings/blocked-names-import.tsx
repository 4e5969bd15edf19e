import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatNumber, plural, t } from '../locales/texts.ts';
import { longestList, type ReadList, readList } from './blocked-names-file.ts';
import { Field, Form, Save } from './form.tsx';
import { createSaving } from './resource.ts';

/** Lines that are listed; more of them tell nothing more. */
const listedAtMost = 20;

/** One list from a file: whose it is, of which day, and which lines are broken. */
export function BlockedImportForm({ imported }: { imported: () => void }) {
  const id = useId();
  const source = useSignal('CSIRT NASK');
  const listedOn = useSignal(new Date().toISOString().slice(0, 10));
  const file = useSignal<{ name: string; list: ReadList } | null>(null);
  const isTooLarge = useSignal(false);
  const done = useSignal<string | null>(null);
  const saving = useMemo(createSaving, []);

  async function choose(chosen: File | undefined): Promise<void> {
    saving.touch();
    file.value = null;
    isTooLarge.value = chosen !== undefined && chosen.size > longestList;
    if (chosen === undefined || isTooLarge.value) return;
    file.value = { name: chosen.name, list: await readList(chosen) };
  }
  async function save(): Promise<void> {
    const { value } = file;
    if (value === null) return;
    const { csv } = value.list;
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
        <div class="field">
          <label for={`${id}-file`}>{t('settings.blocked_names.file')}</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            aria-describedby={`${id}-file-help`}
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
          <small id={`${id}-file-help`} class="help">
            {t('settings.blocked_names.file_help')}
          </small>
          {file.value?.list.isWindows1250 === true && (
            <small class="warn">{t('settings.blocked_names.windows_1250')}</small>
          )}
          {isTooLarge.value && (
            <small class="bad" role="alert">
              {t('settings.blocked_names.too_large', longestList / 1_000_000)}
            </small>
          )}
        </div>
        <Save
          saving={saving}
          label={t('settings.blocked_names.import_it')}
          done={done.value ?? undefined}
          disabled={file.value === null || source.value.trim() === '' || listedOn.value === ''}
        />
        {state.kind === 'failed' && <Broken failure={state.failure} />}
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

/** Which lines could not be read. Nothing of the list was imported. */
function Broken({ failure }: { failure: Failure }) {
  if (failure.kind !== 'problem' || failure.problem.code !== 'blocked-list-broken') return null;
  const { errors, facts } = failure.problem;
  const listed = errors.slice(0, listedAtMost);
  const more = Math.max(errors.length, Number(facts.broken ?? 0)) - listed.length;
  return (
    <div class="note note-bad broken">
      <ul>
        {listed.map(({ path, code }) => (
          <li key={`${path} ${code}`}>
            {t('settings.blocked_names.line_number', lineOf(path))}{' '}
            {(lineTexts[code] ?? lineTexts.csv)?.() ?? textOfFailure(failure)}
          </li>
        ))}
        {more > 0 && <li>{t('settings.blocked_names.more_lines', formatNumber(more))}</li>}
      </ul>
    </div>
  );
}

const lineOf = (path: string): string => path.split('/').at(-1) ?? '';
