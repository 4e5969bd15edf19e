import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { NumberErased, NumberRecord } from '../../../shared/api/privacy.ts';
import { formatNational } from '../../../shared/phone/check.ts';
import { numbers } from '../../bridge/privacy-api.ts';
import { textOfFailure } from '../../locales/code-text.ts';
import { formatInstant, formatNumber, t } from '../../locales/texts.ts';
import { download } from '../../look/download.ts';
import { RemoveButton } from '../../look/remove-button.tsx';
import { Field, Form } from '../form.tsx';
import { createSaving } from '../resource.ts';

/** What is kept about a number, as a file for whoever asks, and its erasure. */
export function PersonCard() {
  const number = useSignal('');
  const record = useSignal<NumberRecord | null>(null);
  const erased = useSignal<NumberErased | null>(null);
  const asking = useMemo(createSaving, []);
  const state = asking.state.value;
  const isBusy = state.kind === 'saving';
  async function find(): Promise<void> {
    const found = await asking.save(() => numbers.record(number.value.trim()));
    record.value = found?.value ?? null;
    erased.value = null;
  }
  async function erase(): Promise<void> {
    const done = await asking.save(() => numbers.erase(number.value.trim()));
    if (done === null) return;
    erased.value = done.value;
    record.value = null;
  }
  return (
    <section class="card" aria-labelledby="person-title">
      <h2 id="person-title">{t('privacy.person.title')}</h2>
      <p class="help">{t('privacy.person.help')}</p>
      <Form onSubmit={() => void find()}>
        <Field
          label={t('history.number')}
          value={number.value}
          maxLength={40}
          onInput={(value) => {
            number.value = value;
            record.value = null;
            erased.value = null;
            asking.touch();
          }}
        />
        <div class="actions">
          <button type="submit" class="primary" disabled={isBusy || number.value.trim() === ''}>
            {t('privacy.person.find')}
          </button>
          {state.kind === 'failed' && (
            <p class="bad" role="alert">
              {textOfFailure(state.failure)}
            </p>
          )}
        </div>
      </Form>
      <div role="status" class="found">
        {erased.value !== null && <Erased erased={erased.value} />}
        {record.value !== null && <Found record={record.value} erase={() => void erase()} />}
      </div>
    </section>
  );
}

function Found({ record, erase }: { record: NumberRecord; erase: () => void }) {
  const { number, optOut, marketingConsent, messages, inbound, employees } = record;
  const yes = (listed: { at: number; source: string } | null): string =>
    listed === null
      ? t('privacy.person.no')
      : t('privacy.person.yes', formatInstant(listed.at), listed.source);
  return (
    <>
      <h3>{formatNational(number)}</h3>
      <dl class="facts">
        <Fact name={t('privacy.person.messages')}>{formatNumber(messages.length)}</Fact>
        <Fact name={t('privacy.person.inbound')}>{formatNumber(inbound.length)}</Fact>
        <Fact name={t('privacy.opt_outs.single')}>{yes(optOut)}</Fact>
        <Fact name={t('privacy.consents.single')}>{yes(marketingConsent)}</Fact>
        <Fact name={t('privacy.person.employees')}>
          {employees.map(({ name, reference }) => name || reference).join(', ') || t('privacy.person.no')}
        </Fact>
      </dl>
      <div class="actions">
        <button
          type="button"
          onClick={() =>
            download(
              `${number.slice(1)}.json`,
              new Blob([JSON.stringify(record, null, 2)], { type: 'application/json' }),
            )
          }
        >
          {t('privacy.person.save')}
        </button>
        <RemoveButton
          label={t('privacy.person.erase_of', formatNational(number))}
          remove={erase}
          words={{ remove: t('privacy.person.erase'), really: t('privacy.person.erase_really') }}
        />
      </div>
      <p class="help">{t('privacy.person.erase_help')}</p>
    </>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Erased({ erased }: { erased: NumberErased }) {
  return (
    <>
      <p class="note">
        {t('privacy.person.erased', formatNumber(erased.messages), formatNumber(erased.inbound))}
      </p>
      {erased.underWay > 0 && (
        <p class="note note-warn">{t('privacy.person.under_way', formatNumber(erased.underWay))}</p>
      )}
      {erased.employees > 0 && (
        <p class="note note-warn">
          {t('privacy.person.still_employee')}{' '}
          <a href="#hrm-employees">{t('settings.hrm_employees.title')}</a>
        </p>
      )}
    </>
  );
}
