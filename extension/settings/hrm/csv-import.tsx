import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { HrmImported } from '../../../shared/api/hrm.ts';
import type { ProblemError } from '../../../shared/api/problems.ts';
import type { Answer, Failure } from '../../bridge/failure.ts';
import { formatNumber, plural, t } from '../../locales/texts.ts';
import { longestList, type ReadList, readList } from '../blocked-names-file.ts';
import { Form, Save } from '../form.tsx';
import { createSaving } from '../resource.ts';

/** Lines that are listed; more of them tell nothing more. */
const listedAtMost = 20;

/** A file of employees or consents: all of it, or nothing and which lines are broken. */
export function CsvImport(props: {
  title: string;
  help: string;
  bring: (csv: string) => Promise<Answer<HrmImported>>;
  brought: () => void;
}) {
  const { title, help, bring, brought } = props;
  const id = useId();
  const file = useSignal<ReadList | null>(null);
  const isTooLarge = useSignal(false);
  const done = useSignal('');
  const saving = useMemo(createSaving, []);

  async function choose(chosen: File | undefined): Promise<void> {
    saving.touch();
    file.value = null;
    isTooLarge.value = chosen !== undefined && chosen.size > longestList;
    if (chosen !== undefined && !isTooLarge.value) file.value = await readList(chosen);
  }
  async function save(): Promise<void> {
    const list = file.value;
    if (list === null) return;
    const saved = await saving.save(() => bring(list.csv));
    if (saved === null) return;
    done.value = plural('hrm.import.done', saved.value.lines, saved.value.added);
    brought();
  }
  const state = saving.state.value;
  return (
    <section class="card" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      <Form onSubmit={() => void save()}>
        <div class="field">
          <label for={`${id}-file`}>{t('settings.blocked_names.file')}</label>
          <input
            id={`${id}-file`}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            aria-describedby={`${id}-help`}
            onChange={(event) => void choose(event.currentTarget.files?.[0])}
          />
          <small id={`${id}-help`} class="help">
            {help}
          </small>
          {file.value?.isWindows1250 === true && (
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
          done={done.value}
          disabled={file.value === null}
        />
        {state.kind === 'failed' && <Broken failure={state.failure} />}
      </Form>
    </section>
  );
}

/** Which lines could not be read. Nothing of the file was imported. */
function Broken({ failure }: { failure: Failure }) {
  if (failure.kind !== 'problem' || failure.problem.code !== 'import-refused') return null;
  const { errors, facts } = failure.problem;
  const listed = errors.slice(0, listedAtMost);
  const more = Math.max(errors.length, Number(facts.broken ?? 0)) - listed.length;
  return (
    <div class="note note-bad broken">
      <ul>
        {listed.map((error) => (
          <li key={`${error.path} ${error.code}`}>
            {t('settings.blocked_names.line_number', lineOf(error))} {textOfLine(error)}
          </li>
        ))}
        {more > 0 && <li>{t('settings.blocked_names.more_lines', formatNumber(more))}</li>}
      </ul>
    </div>
  );
}

/** `/csv/5/givenOn` → the line, and the column where it is said. */
const lineOf = ({ path }: ProblemError): string => path.split('/')[2] ?? '';
const columnOf = ({ path }: ProblemError): string => path.split('/')[3] ?? '';

const columns: Readonly<Record<string, () => string>> = {
  reference: () => t('hrm.employee.reference'),
  employee: () => t('hrm.employee.reference'),
  name: () => t('hrm.employee.name'),
  businessPhone: () => t('hrm.employee.business_phone'),
  privatePhone: () => t('hrm.employee.private_phone'),
  smsPhone: () => t('hrm.employee.sms_phone'),
  superior: () => t('hrm.employee.superior'),
  language: () => t('hrm.employee.language'),
  purpose: () => t('hrm.consents.purpose'),
  givenOn: () => t('hrm.consents.given_on'),
  note: () => t('hrm.consents.note'),
};

const lines: Readonly<Record<string, () => string>> = {
  csv: () => t('hrm.import.csv'),
  headings: () => t('hrm.import.headings'),
  'too-many': () => t('hrm.import.too_many'),
  cells: () => t('hrm.import.cells'),
  empty: () => t('hrm.import.empty'),
  missing: () => t('hrm.import.missing'),
  twice: () => t('hrm.import.twice'),
  'in-the-future': () => t('hrm.import.future'),
  'unknown-employee': () => t('hrm.import.unknown_employee'),
};

function textOfLine(error: ProblemError): string {
  const column = columns[columnOf(error)]?.();
  const said = lines[error.code]?.() ?? t('hrm.import.invalid');
  return column === undefined ? said : `${column}: ${said}`;
}
