import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Company, CompanySending } from '../../shared/api/companies.ts';
import { companySending } from '../bridge/administration-api.ts';
import { api } from '../bridge/api.ts';
import { formatNumber, t } from '../locales/texts.ts';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving } from './resource.ts';

/** How much of the common package each company may take in a month. */
export function Quotas() {
  const companies = useResource(api.companies.list);
  return (
    <section class="card" aria-labelledby="quotas-title">
      <h2 id="quotas-title">{t('settings.quotas.title')}</h2>
      <p class="help">{t('settings.quotas.help')}</p>
      <Loaded resource={companies}>
        {(list) =>
          list.length === 0 ? (
            <p class="empty">{t('settings.organisation.no_companies')}</p>
          ) : (
            list.map((company) => <Quota key={company.id} company={company} />)
          )
        }
      </Loaded>
    </section>
  );
}

function Quota({ company }: { company: Company }) {
  const sending = useResource(() => companySending.get(company.id));
  return (
    <Loaded resource={sending}>
      {({ value, etag }) => <QuotaForm company={company} value={value} etag={etag} changed={sending.load} />}
    </Loaded>
  );
}

function QuotaForm(props: {
  company: Company;
  value: CompanySending;
  etag: string | null;
  changed: () => Promise<void>;
}) {
  const { company, value, etag, changed } = props;
  const { monthlyParts, usedParts, month } = value;
  const text = useSignal(monthlyParts === null ? '' : String(monthlyParts));
  const saving = useMemo(createSaving, []);
  const digits = text.value.replace(/\s/g, '');
  const isRight = /^\d{0,9}$/.test(digits);
  const wanted = digits === '' ? null : Number(digits);
  const isUsedUp = monthlyParts !== null && usedParts !== null && usedParts >= monthlyParts;
  async function save(): Promise<void> {
    await saving.save(async () => {
      const answer = await companySending.change(company.id, { monthlyParts: wanted }, etag);
      // After a refusal too: the next press is made knowing what holds.
      await changed();
      return answer;
    });
  }
  return (
    <Form onSubmit={() => void save()}>
      <Field
        label={company.name}
        inputMode="numeric"
        value={text.value}
        help={
          monthlyParts === null
            ? t('settings.quotas.unlimited')
            : t('settings.quotas.used', month, usedParts ?? 0, formatNumber(monthlyParts))
        }
        error={isRight ? null : t('settings.quotas.wrong')}
        onInput={(typed) => {
          text.value = typed;
          saving.touch();
        }}
      />
      {monthlyParts !== null && usedParts !== null && monthlyParts > 0 && (
        <progress
          max={monthlyParts}
          value={Math.min(usedParts, monthlyParts)}
          aria-label={t('settings.quotas.progress', company.name)}
        />
      )}
      {isUsedUp && <p class="note note-warn">{t('settings.quotas.used_up')}</p>}
      <Save saving={saving} disabled={!isRight || wanted === monthlyParts} />
    </Form>
  );
}
