import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { CompanySending } from '../../shared/api/companies.ts';
import { companySending } from '../bridge/administration-api.ts';
import { t } from '../locales/texts.ts';
import { Switch } from '../look/switch.tsx';
import { Select } from './choices.tsx';
import { Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving } from './resource.ts';

/** Hours of the local day in which the company's texts go out. */
export function QuietHoursForm({ id, canChange }: { id: string; canChange: boolean }) {
  const sending = useResource(() => companySending.get(id));
  return (
    <section class="card" aria-labelledby="hours-title">
      <h2 id="hours-title">{t('settings.hours.title')}</h2>
      <p class="help">{t('settings.hours.help')}</p>
      <Loaded resource={sending}>
        {({ value, etag }) => <Hours id={id} first={value} firstEtag={etag} canChange={canChange} />}
      </Loaded>
    </section>
  );
}

function Hours(props: { id: string; first: CompanySending; firstEtag: string | null; canChange: boolean }) {
  const draft = useSignal({ timeZone: props.first.timeZone, ...props.first.quietHours });
  const etag = useSignal(props.firstEtag);
  const saving = useMemo(createSaving, []);
  const { timeZone, from, until, forAll } = draft.value;
  function change(part: Partial<typeof draft.value>): void {
    draft.value = { ...draft.value, ...part };
    saving.touch();
  }
  async function save(): Promise<void> {
    const json = { timeZone, quietHours: { from, until, forAll } };
    const saved = await saving.save(() => companySending.change(props.id, json, etag.value));
    if (saved !== null) etag.value = saved.value.etag;
  }
  return (
    <Form onSubmit={() => void save()}>
      <fieldset class="plain" disabled={!props.canChange}>
        <div class="columns">
          <Select
            label={t('settings.hours.from')}
            value={String(from)}
            options={hours(0, 23)}
            choose={(hour) => change({ from: Number(hour), until: Math.max(until, Number(hour) + 1) })}
          />
          <Select
            label={t('settings.hours.until')}
            value={String(until)}
            options={hours(from + 1, 24)}
            choose={(hour) => change({ until: Number(hour) })}
          />
        </div>
        <Select
          label={t('settings.hours.zone')}
          value={timeZone}
          options={[...new Set([timeZone, 'Europe/Warsaw', ...Intl.supportedValuesOf('timeZone')])].map(
            (zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }),
          )}
          choose={(zone) => change({ timeZone: zone })}
        />
        <Switch isOn={forAll} change={(isOn) => change({ forAll: isOn })} help={t('settings.hours.all_help')}>
          {t('settings.hours.all')}
        </Switch>
        {props.canChange && <Save saving={saving} />}
      </fieldset>
    </Form>
  );
}

const hours = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => ({
    value: String(first + at),
    label: `${String(first + at).padStart(2, '0')}:00`,
  }));
