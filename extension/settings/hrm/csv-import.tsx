import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { HrmImported } from '../../../shared/api/hrm.ts';
import type { ProblemError } from '../../../shared/api/problems.ts';
import type { Answer } from '../../bridge/failure.ts';
import { plural, t } from '../../locales/texts.ts';
import { BrokenLines, CsvFileField, createChosenCsv } from '../csv-file.tsx';
import { Form, Save } from '../form.tsx';
import { createSaving } from '../resource.ts';

/** A file of employees or consents: all of it, or nothing and which lines are broken. */
export function CsvImport(props: {
  title: string;
  help: string;
  bring: (csv: string) => Promise<Answer<HrmImported>>;
  brought: () => void;
}) {
  const { title, help, bring, brought } = props;
  const id = useId();
  const done = useSignal('');
  const saving = useMemo(createSaving, []);
  const file = useMemo(() => createChosenCsv(saving.touch), [saving]);

  async function save(): Promise<void> {
    const list = file.list.value;
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
        <CsvFileField id={id} csv={file} help={help} />
        <Save
          saving={saving}
          label={t('settings.blocked_names.import_it')}
          done={done.value}
          disabled={file.list.value === null}
        />
        {state.kind === 'failed' && (
          <BrokenLines failure={state.failure} code="import-refused" textOf={textOfLine} />
        )}
      </Form>
    </section>
  );
}

/** `/csv/5/givenOn` → the column, where it is said. */
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
