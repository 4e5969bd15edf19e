import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { ListChanged, NumberListName } from '../../../shared/api/privacy.ts';
import { numberLists } from '../../bridge/privacy-api.ts';
import { textOfSkip } from '../../locales/code-text.ts';
import { plural, t } from '../../locales/texts.ts';
import { Field, Form, Save } from '../form.tsx';
import { createSaving } from '../resource.ts';
import { listWords } from './list-words.ts';

/** Numbers as people paste them: one a line, or with commas and semicolons between. */
export const numbersIn = (text: string): string[] =>
  text
    .split(/[\n;,]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');

const most = 10_000;

export function AddNumbers({ list, added }: { list: NumberListName; added: () => void }) {
  const id = useId();
  const text = useSignal('');
  const source = useSignal('');
  const done = useSignal<(ListChanged & { given: string[] }) | null>(null);
  const saving = useMemo(createSaving, []);
  const words = listWords[list];
  const given = numbersIn(text.value);
  const change = (work: () => void): void => {
    work();
    done.value = null;
    saving.touch();
  };
  async function save(): Promise<void> {
    const saved = await saving.save(() =>
      numberLists.add(list, { numbers: given, source: source.value.trim() }),
    );
    if (saved === null) return;
    done.value = { ...saved.value, given };
    // What was refused stays, to be corrected.
    text.value = saved.value.refused.map(({ index }) => given[index] ?? '').join('\n');
    added();
  }
  return (
    <Form onSubmit={() => void save()}>
      <p class="help">{t(words.help)}</p>
      <div class="columns">
        <div class="field">
          <label for={id}>{t('privacy.numbers')}</label>
          <textarea
            id={id}
            rows={3}
            value={text.value}
            aria-describedby={`${id}-help`}
            onInput={(event) => {
              const { value } = event.currentTarget;
              change(() => {
                text.value = value;
              });
            }}
          />
          <small id={`${id}-help`} class="help">
            {given.length > most ? t('privacy.too_many') : t('privacy.numbers_help')}
          </small>
        </div>
        <Field
          label={t('privacy.source')}
          help={t(words.source)}
          value={source.value}
          maxLength={200}
          required
          onInput={(value) =>
            change(() => {
              source.value = value;
            })
          }
        />
      </div>
      <Save
        saving={saving}
        label={t('privacy.record')}
        done={done.value === null ? '' : plural('privacy.added', done.value.changed)}
        disabled={given.length === 0 || given.length > most || source.value.trim() === ''}
      />
      {done.value !== null && done.value.refused.length > 0 && (
        <div class="note note-warn" role="alert">
          <p>{t('privacy.refused')}</p>
          <ul>
            {done.value.refused.slice(0, 20).map(({ index, reason }) => (
              <li key={index}>
                {done.value?.given[index]} – {textOfSkip(reason)}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Form>
  );
}
