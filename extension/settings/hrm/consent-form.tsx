import { useSignal } from '@preact/signals';
import { useEffect, useId, useMemo } from 'preact/hooks';
import { type HrmConsentPurpose, hrmConsentPurposes } from '../../../shared/hrm/events.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import { today } from '../../locales/days.ts';
import { t } from '../../locales/texts.ts';
import { Select } from '../choices.tsx';
import { Field, Form, Save } from '../form.tsx';
import { createSaving } from '../resource.ts';
import { textOfPurpose } from './purpose.ts';

/** Writes down that an employee has consented; the employee's own paper or form is where the note points. */
export function ConsentForm(props: { company: string; employee: string; recorded: () => void }) {
  const { company, recorded } = props;
  const id = useId();
  const employee = useSignal(props.employee);
  const purpose = useSignal<HrmConsentPurpose>('service');
  const givenOn = useSignal(today());
  const note = useSignal('');
  const saving = useMemo(createSaving, []);
  useEffect(() => {
    if (props.employee !== '') employee.value = props.employee;
  }, [props.employee]);
  const isFuture = givenOn.value > today();
  async function save(): Promise<void> {
    const saved = await saving.save(() =>
      hrm.consents.record(company, {
        employee: employee.value.trim(),
        purpose: purpose.value,
        givenOn: givenOn.value,
        note: note.value.trim(),
      }),
    );
    if (saved === null) return;
    employee.value = '';
    note.value = '';
    recorded();
  }
  return (
    <section class="card" aria-labelledby="consent-title">
      <h2 id="consent-title">{t('hrm.consents.record')}</h2>
      <Form onSubmit={() => void save()}>
        <div class="columns">
          <Field
            label={t('hrm.employee.reference')}
            help={t('hrm.consents.employee_help')}
            value={employee.value}
            maxLength={120}
            required
            onInput={(value) => {
              employee.value = value;
              saving.touch();
            }}
          />
          <Select
            label={t('hrm.consents.purpose')}
            value={purpose.value}
            options={hrmConsentPurposes.map((one) => ({ value: one, label: textOfPurpose(one) }))}
            choose={(chosen) => {
              purpose.value = chosen;
              saving.touch();
            }}
          />
          <div class="field">
            <label for={`${id}-day`}>{t('hrm.consents.given_on')}</label>
            <input
              id={`${id}-day`}
              type="date"
              value={givenOn.value}
              max={today()}
              aria-invalid={isFuture}
              aria-describedby={isFuture ? `${id}-future` : undefined}
              required
              onInput={(event) => {
                givenOn.value = event.currentTarget.value;
                saving.touch();
              }}
            />
            {isFuture && (
              <small id={`${id}-future`} class="bad">
                {t('hrm.import.future')}
              </small>
            )}
          </div>
          <Field
            label={t('hrm.consents.note')}
            help={t('hrm.consents.note_help')}
            value={note.value}
            maxLength={300}
            onInput={(value) => {
              note.value = value;
              saving.touch();
            }}
          />
        </div>
        <Save
          saving={saving}
          label={t('hrm.consents.record_it')}
          done={t('hrm.consents.done')}
          disabled={employee.value.trim() === '' || givenOn.value === '' || isFuture}
        />
      </Form>
    </section>
  );
}
