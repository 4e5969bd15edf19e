import { useMemo } from 'preact/hooks';
import { csvOf } from '../../shared/csv/csv.ts';
import type { Answer } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import { createSaving } from '../settings/resource.ts';
import { download } from './download.ts';

/**
 * Gives all of a list as a CSV file, also what was not looked at yet. Why it could not be read stands beside the button.
 */
export function SaveCsv<Item>(props: {
  label?: string;
  /** Of the file, without its ending. */
  name: string;
  /** The first line, and one for each item. */
  headings: string[];
  rowOf: (item: Item) => (string | number)[];
  read: () => Promise<Answer<Item[]>>;
  disabled?: boolean;
}) {
  const { label = t('history.csv.download'), name, headings, rowOf, read, disabled = false } = props;
  const reading = useMemo(createSaving, []);
  const state = reading.state.value;
  async function save(): Promise<void> {
    const all = await reading.save(read);
    if (all === null) return;
    const file = csvOf([headings, ...all.value.map(rowOf)], ';');
    download(`${name}.csv`, new Blob([file], { type: 'text/csv;charset=utf-8' }));
  }
  return (
    <span class="note-actions">
      {state.kind === 'failed' && (
        <span class="bad" role="alert">
          {textOfFailure(state.failure)}
        </span>
      )}
      <button type="button" disabled={disabled || state.kind === 'saving'} onClick={() => void save()}>
        {state.kind === 'saving' ? t('history.csv.reading') : label}
      </button>
    </span>
  );
}
