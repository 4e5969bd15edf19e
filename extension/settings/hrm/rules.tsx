import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { HrmNumberSource, type HrmSettings } from '../../../shared/api/hrm.ts';
import type { Versioned } from '../../bridge/call.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import { t } from '../../locales/texts.ts';
import { Switch } from '../../look/switch.tsx';
import { Select } from '../choices.tsx';
import { Form, Loaded, Save, useResource } from '../form.tsx';
import { createSaving, type Resource } from '../resource.ts';

/** Which numbers are texted, how people are named, in which language and how often. */
export function Rules({ id, canChange }: { id: string; canChange: boolean }) {
  const settings = useResource(() => hrm.settings.get(id));
  return (
    <section class="card" aria-labelledby="rules-title">
      <h2 id="rules-title">{t('hrm.rules.title')}</h2>
      <Loaded resource={settings}>
        {(first) => <RulesForm id={id} first={first} settings={settings} canChange={canChange} />}
      </Loaded>
    </section>
  );
}

function RulesForm(props: {
  id: string;
  first: Versioned<HrmSettings>;
  settings: Resource<Versioned<HrmSettings>>;
  canChange: boolean;
}) {
  const { id, first, settings, canChange } = props;
  const draft = useSignal(first.value);
  const saving = useMemo(createSaving, []);
  const { numberSources, unknownNumbers, fullNames, language, digestMinutes } = draft.value;
  function change(part: Partial<HrmSettings>): void {
    draft.value = { ...draft.value, ...part };
    saving.touch();
  }
  async function save(): Promise<void> {
    await saving.save(async () => {
      const answer = await hrm.settings.change(id, draft.value, first.etag);
      // After a refusal too: the next press is made on the version that holds.
      await settings.load();
      return answer;
    });
  }
  return (
    <Form onSubmit={() => void save()}>
      <fieldset class="plain" disabled={!canChange}>
        <Sources chosen={numberSources} choose={(sources) => change({ numberSources: sources })} />
        <Select
          label={t('hrm.rules.unknown')}
          value={unknownNumbers}
          options={[
            { value: 'business', label: t('hrm.rules.unknown_business') },
            { value: 'private', label: t('hrm.rules.unknown_private') },
          ]}
          choose={(kind) => change({ unknownNumbers: kind })}
        />
        <Switch
          isOn={fullNames}
          change={(isOn) => change({ fullNames: isOn })}
          help={t('hrm.rules.names_help')}
        >
          {t('hrm.rules.names')}
        </Switch>
        <div class="columns">
          <Select
            label={t('hrm.rules.language')}
            value={language}
            options={[
              { value: 'pl', label: t('hrm.language.pl') },
              { value: 'en', label: t('hrm.language.en') },
            ]}
            choose={(chosen) => change({ language: chosen })}
          />
          <Select
            label={t('hrm.rules.digest')}
            value={String(digestMinutes)}
            options={[...new Set([...spans, digestMinutes])]
              .sort((a, b) => a - b)
              .map((minutes) => ({ value: String(minutes), label: textOfSpan(minutes) }))}
            choose={(minutes) => change({ digestMinutes: Number(minutes) })}
          />
        </div>
        <p class="help">{t('hrm.rules.digest_help')}</p>
        {canChange && <Save saving={saving} />}
      </fieldset>
    </Form>
  );
}

/** Minutes on offer. */
const spans = [0, 5, 15, 30, 60, 120, 240, 480, 1440];

function textOfSpan(minutes: number): string {
  if (minutes === 0) return t('hrm.rules.digest_none');
  return minutes % 60 === 0
    ? t('hrm.rules.digest_hours', minutes / 60)
    : t('hrm.rules.digest_minutes', minutes);
}

export const textOfSource = (source: HrmNumberSource): string =>
  ({
    sms: t('hrm.employee.sms_phone'),
    business: t('hrm.employee.business_phone'),
    private: t('hrm.employee.private_phone'),
  })[source];

/** R29: the first of the ticked numbers that an employee has is texted. */
function Sources(props: { chosen: readonly HrmNumberSource[]; choose: (chosen: HrmNumberSource[]) => void }) {
  const { chosen, choose } = props;
  const others = HrmNumberSource.options.filter((source) => !chosen.includes(source));
  const move = (at: number, by: number): void => {
    const [source] = chosen.slice(at, at + 1);
    if (source !== undefined) choose(chosen.toSpliced(at, 1).toSpliced(at + by, 0, source));
  };
  return (
    <fieldset class="choices sources">
      <legend>{t('hrm.rules.sources')}</legend>
      <p class="help">{t('hrm.rules.sources_help')}</p>
      <ol class="rows">
        {[...chosen, ...others].map((source, at) => {
          const isUsed = at < chosen.length;
          return (
            <li key={source}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={isUsed}
                  // One must be left: else nobody could be texted.
                  disabled={isUsed && chosen.length === 1}
                  onChange={() =>
                    choose(isUsed ? chosen.filter((one) => one !== source) : [...chosen, source])
                  }
                />
                {isUsed ? `${at + 1}. ${textOfSource(source)}` : textOfSource(source)}
              </label>
              {isUsed && (
                <span class="note-actions">
                  <Mover at={at} by={-1} last={chosen.length - 1} source={source} move={move} />
                  <Mover at={at} by={1} last={chosen.length - 1} source={source} move={move} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </fieldset>
  );
}

function Mover(props: {
  at: number;
  by: 1 | -1;
  last: number;
  source: HrmNumberSource;
  move: (at: number, by: number) => void;
}) {
  const { at, by, last, source, move } = props;
  const label = by < 0 ? t('hrm.rules.up', textOfSource(source)) : t('hrm.rules.down', textOfSource(source));
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      disabled={at + by < 0 || at + by > last}
      onClick={() => move(at, by)}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <path d={by < 0 ? 'm5 12 5-5 5 5' : 'm5 8 5 5 5-5'} />
      </svg>
    </button>
  );
}
