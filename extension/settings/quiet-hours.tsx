import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { CompanySending } from '../../shared/api/companies.ts';
import { companySending } from '../bridge/administration-api.ts';
import type { Versioned } from '../bridge/call.ts';
import { t } from '../locales/texts.ts';
import { Switch } from '../look/switch.tsx';
import { Select } from './choices.tsx';
import { Form, Loaded, Save } from './form.tsx';
import { createSaving, type Resource } from './resource.ts';

/** Hours of the local day in which the company's texts go out. */
export function QuietHours(props: {
  id: string;
  sending: Resource<Versioned<CompanySending>>;
  canChange: boolean;
  changed: () => Promise<void>;
}) {
  return (
    <section class="card" aria-labelledby="hours-title">
      <h2 id="hours-title">{t('settings.hours.title')}</h2>
      <p class="help">{t('settings.hours.help')}</p>
      <Loaded resource={props.sending}>
        {({ value, etag }) => <Hours {...props} first={value} etag={etag} />}
      </Loaded>
    </section>
  );
}

function Hours(props: {
  id: string;
  first: CompanySending;
  etag: string | null;
  canChange: boolean;
  changed: () => Promise<void>;
}) {
  const draft = useSignal({ timeZone: props.first.timeZone, ...props.first.quietHours });
  const saving = useMemo(createSaving, []);
  const { timeZone, from, until, forAll } = draft.value;
  function change(part: Partial<typeof draft.value>): void {
    draft.value = { ...draft.value, ...part };
    saving.touch();
  }
  async function save(): Promise<void> {
    const json = { timeZone, quietHours: { from, until, forAll } };
    await saving.save(async () => {
      const answer = await companySending.change(props.id, json, props.etag);
      // After a refusal too: the next press is made knowing what holds.
      await props.changed();
      return answer;
    });
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
