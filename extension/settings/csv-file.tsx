import { type Signal, signal } from '@preact/signals';
import type { ProblemCode, ProblemError } from '../../shared/api/problems.ts';
import type { Failure } from '../bridge/failure.ts';
import { formatNumber, t } from '../locales/texts.ts';
import { longestList, type ReadList, readList } from './blocked-names-file.ts';

/** Lines that are listed; more of them tell nothing more. */
const listedAtMost = 20;

/** The file that the user has chosen for an import. */
export interface ChosenCsv {
  /** Null: none yet, or one that cannot be taken. */
  list: Signal<ReadList | null>;
  isTooLarge: Signal<boolean>;
  choose(file: File | undefined): Promise<void>;
}

/** @param touch what was said of the file before holds no more */
export function createChosenCsv(touch: () => void): ChosenCsv {
  const list = signal<ReadList | null>(null);
  const isTooLarge = signal(false);
  return {
    list,
    isTooLarge,
    async choose(file) {
      touch();
      list.value = null;
      isTooLarge.value = file !== undefined && file.size > longestList;
      if (file !== undefined && !isTooLarge.value) list.value = await readList(file);
    },
  };
}

export function CsvFileField({ id, csv, help }: { id: string; csv: ChosenCsv; help: string }) {
  return (
    <div class="field">
      <label for={`${id}-file`}>{t('settings.blocked_names.file')}</label>
      <input
        id={`${id}-file`}
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        aria-describedby={`${id}-file-help`}
        onChange={(event) => void csv.choose(event.currentTarget.files?.[0])}
      />
      <small id={`${id}-file-help`} class="help">
        {help}
      </small>
      {csv.list.value?.isWindows1250 === true && (
        <small class="warn">{t('settings.blocked_names.windows_1250')}</small>
      )}
      {csv.isTooLarge.value && (
        <small class="bad" role="alert">
          {t('settings.blocked_names.too_large', longestList / 1_000_000)}
        </small>
      )}
    </div>
  );
}

/** Which lines could not be read. Nothing of the file was imported. */
export function BrokenLines(props: {
  failure: Failure;
  /** The problem that lists lines. */
  code: ProblemCode;
  textOf: (error: ProblemError) => string;
}) {
  const { failure, code, textOf } = props;
  if (failure.kind !== 'problem' || failure.problem.code !== code) return null;
  const { errors, facts } = failure.problem;
  const listed = errors.slice(0, listedAtMost);
  const more = Math.max(errors.length, Number(facts.broken ?? 0)) - listed.length;
  return (
    <div class="note note-bad broken">
      <ul>
        {listed.map((error) => (
          <li key={`${error.path} ${error.code}`}>
            {t('settings.blocked_names.line_number', lineOf(error))} {textOf(error)}
          </li>
        ))}
        {more > 0 && <li>{t('settings.blocked_names.more_lines', formatNumber(more))}</li>}
      </ul>
    </div>
  );
}

/** `/csv/5`, or `/csv/5/givenOn` where the column is known. */
const lineOf = ({ path }: ProblemError): string => path.split('/')[2] ?? '';
