import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Employee } from '../../../shared/api/hrm.ts';
import type { HrmLanguage } from '../../../shared/hrm/events.ts';
import { checkNumber } from '../../../shared/phone/check.ts';
import type { Answer } from '../../bridge/failure.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import { t } from '../../locales/texts.ts';
import { Select } from '../choices.tsx';
import { Field, Form, Save } from '../form.tsx';
import { createSaving } from '../resource.ts';

const nobody: Employee = {
  reference: '',
  name: '',
  businessPhone: '',
  privatePhone: '',
  smsPhone: '',
  superior: '',
  language: null,
};

/** One employee, new (`null`) or known; the reference of a known one stays. */
export function EmployeeForm(props: {
  id: string;
  employee: Employee | null;
  done: () => void;
  close: () => void;
}) {
  const { id, employee, done, close } = props;
  const draft = useSignal<Employee>({ ...nobody, ...employee });
  const isTaken = useSignal(false);
  const saving = useMemo(createSaving, []);
  const { reference, name, businessPhone, privatePhone, smsPhone, superior, language } = draft.value;
  function change(part: Partial<Employee>): void {
    draft.value = { ...draft.value, ...part };
    isTaken.value = false;
    saving.touch();
  }
  async function save(): Promise<void> {
    // A new employee must not silently take the place of one who has that number already.
    if (employee === null && (await isKnown(id, reference.trim()))) {
      isTaken.value = true;
      return;
    }
    const saved = await saving.save((): Promise<Answer<null>> => {
      const { value } = draft;
      return hrm.employees.put(id, {
        reference: value.reference,
        name: value.name,
        businessPhone: value.businessPhone,
        privatePhone: value.privatePhone,
        smsPhone: value.smsPhone,
        superior: value.superior,
        language: value.language,
      });
    });
    if (saved !== null) done();
  }
  const phone = (label: string, value: string, set: (value: string) => void, help?: string) => (
    <Field
      label={label}
      value={value}
      maxLength={60}
      {...(help === undefined ? {} : { help })}
      error={value.trim() === '' || checkNumber(value).canReceiveSms ? null : t('hrm.employee.no_sms')}
      onInput={set}
    />
  );
  return (
    <Form onSubmit={() => void save()}>
      <h3>{employee === null ? t('hrm.employees.add') : employee.name || employee.reference}</h3>
      <div class="columns">
        <Field
          label={t('hrm.employee.reference')}
          help={t('hrm.employee.reference_help')}
          value={reference}
          maxLength={120}
          required
          disabled={employee !== null}
          error={isTaken.value ? t('hrm.employee.taken') : null}
          onInput={(value) => change({ reference: value })}
        />
        <Field
          label={t('hrm.employee.name')}
          value={name}
          maxLength={200}
          onInput={(value) => change({ name: value })}
        />
        {phone(t('hrm.employee.business_phone'), businessPhone, (value) => change({ businessPhone: value }))}
        {phone(t('hrm.employee.private_phone'), privatePhone, (value) => change({ privatePhone: value }))}
        {phone(
          t('hrm.employee.sms_phone'),
          smsPhone,
          (value) => change({ smsPhone: value }),
          t('hrm.employee.sms_phone_help'),
        )}
        <Field
          label={t('hrm.employee.superior')}
          help={t('hrm.employee.superior_help')}
          value={superior}
          maxLength={120}
          onInput={(value) => change({ superior: value })}
        />
        <Select<HrmLanguage | 'company'>
          label={t('hrm.employee.language')}
          value={language ?? 'company'}
          options={[
            { value: 'company', label: t('hrm.language.company') },
            { value: 'pl', label: t('hrm.language.pl') },
            { value: 'en', label: t('hrm.language.en') },
          ]}
          choose={(chosen) => change({ language: chosen === 'company' ? null : chosen })}
        />
      </div>
      <Save saving={saving} disabled={reference.trim() === ''} />
      <button type="button" class="link" onClick={close}>
        {t('hrm.leave')}
      </button>
    </Form>
  );
}

async function isKnown(id: string, reference: string): Promise<boolean> {
  for (let cursor: string | null = null, asked = 0; asked < 5; asked++) {
    const answer = await hrm.employees.page(id, reference, cursor);
    // Where nobody can be asked, saving says why.
    if (!answer.ok) return false;
    if (answer.value.items.some((one) => one.reference === reference)) return true;
    cursor = answer.value.next;
    if (cursor === null) return false;
  }
  return false;
}
