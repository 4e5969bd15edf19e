import { useId } from 'preact/hooks';
import { formatNip } from '../../shared/checksums/index.ts';
import { t } from '../locales/texts.ts';
import { Select } from './choices.tsx';
import { Field, Loaded } from './form.tsx';
import { StatementLines } from './sender-name-lines.tsx';
import type { StatementGap, StatementStore } from './sender-name-statement.store.ts';

/** "Oświadczenie właściciela": whose data, the text as it will be stored, and the owner's two ticks (R13–R16). */
export function StatementForm({ statement }: { statement: StatementStore }) {
  const id = useId();
  return (
    <section class="statement" aria-labelledby={id}>
      <h3 id={id}>{t('names.statement.title')}</h3>
      <p class="help">{t('names.statement.help')}</p>
      <Loaded resource={statement.draft}>
        {() => (
          <>
            <Fields statement={statement} />
            <Text statement={statement} />
          </>
        )}
      </Loaded>
    </section>
  );
}

function Fields({ statement }: { statement: StatementStore }) {
  const { company, address, nip, signatory } = statement.fields.value;
  const gaps = statement.gaps.value;
  const companies = statement.known.value?.companies ?? [];
  const required = (field: StatementGap) => (gaps.includes(field) ? t('names.statement.required') : null);
  return (
    <>
      {companies.length > 1 && (
        <Select
          label={t('names.statement.whose')}
          value={statement.companyId.value ?? ''}
          options={[
            ...(statement.companyId.value === null ? [{ value: '', label: t('sender.choose_company') }] : []),
            ...companies.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          choose={(id) => void statement.choose(id)}
        />
      )}
      <div class="pair">
        <Field
          label={t('settings.company.full_name')}
          value={company}
          maxLength={200}
          required
          autoComplete="organization"
          error={required('company')}
          onInput={(value) => statement.change({ company: value })}
        />
        <Field
          label={t('settings.company.nip')}
          value={nip}
          maxLength={40}
          required
          inputMode="numeric"
          help={gaps.includes('nip') || gaps.includes('nip-invalid') ? undefined : formatNip(nip)}
          error={
            gaps.includes('nip-invalid') && nip.replace(/\D/g, '').length >= 10
              ? t('settings.company.nip_wrong')
              : required('nip')
          }
          onInput={(value) => statement.change({ nip: value })}
        />
      </div>
      <Field
        label={t('settings.company.address')}
        value={address}
        maxLength={300}
        required
        autoComplete="street-address"
        error={required('address')}
        onInput={(value) => statement.change({ address: value })}
      />
      <Field
        label={t('names.statement.signatory')}
        value={signatory}
        maxLength={120}
        required
        autoComplete="name"
        help={t('names.statement.copy_to', statement.known.value?.email ?? '')}
        error={required('signatory')}
        onInput={(value) => statement.change({ signatory: value })}
      />
      {statement.companyId.value !== null && (
        <Tick store={statement.savesStamp} label={t('names.statement.save_stamp')} />
      )}
    </>
  );
}

function Text({ statement }: { statement: StatementStore }) {
  const { title, text, version } = statement.rendered.value;
  return (
    <>
      <Select
        label={t('names.statement.language')}
        value={statement.language.value}
        options={[
          { value: 'pl', label: t('names.statement.in_polish') },
          { value: 'en', label: t('names.statement.in_english') },
        ]}
        choose={(language) => statement.speak(language === 'en' ? 'en' : 'pl')}
      />
      <blockquote class="statement-text" lang={statement.language.value}>
        <strong>{title}</strong>
        <StatementLines text={text} />
        <footer class="quiet">{t('names.statement.version', version)}</footer>
      </blockquote>
      {statement.isVoid.value && (
        <p class="note note-warn" role="alert">
          {t('names.statement.changed')}
        </p>
      )}
      <div class="ticks">
        <label class="check">
          <input
            type="checkbox"
            checked={statement.isAccepted.value}
            onChange={(event) => statement.accept(event.currentTarget.checked)}
          />
          {t('names.statement.accept')}
        </label>
        <Tick store={statement.represents} label={t('names.statement.represent')} />
      </div>
    </>
  );
}

function Tick({ store, label }: { store: { value: boolean }; label: string }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={store.value}
        onChange={(event) => {
          store.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}

const gapTexts = {
  'company-not-chosen': 'names.gap.whose',
  company: 'names.gap.company',
  address: 'names.gap.address',
  nip: 'names.gap.nip',
  'nip-invalid': 'names.gap.nip_invalid',
  signatory: 'names.gap.signatory',
  accepted: 'names.gap.accepted',
  representation: 'names.gap.representation',
} as const satisfies Record<StatementGap, string>;

export const textOfGap = (gap: StatementGap): string => t(gapTexts[gap]);
