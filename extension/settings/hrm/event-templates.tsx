import { useSignal } from '@preact/signals';
import { useId, useMemo, useRef } from 'preact/hooks';
import type { HrmCompanyEvent } from '../../../shared/api/hrm.ts';
import { employeeField, type HrmLanguage, hrmEventOf } from '../../../shared/hrm/events.ts';
import { initials } from '../../../shared/hrm/initials.ts';
import { sampleValues, unknownFields, writeText } from '../../../shared/hrm/text.ts';
import { countParts } from '../../../shared/sms-text/index.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import { formatList, plural, t } from '../../locales/texts.ts';
import { Form, Save } from '../form.tsx';
import { createSaving } from '../resource.ts';

type Texts = Record<HrmLanguage, string>;

/** An event's templates in both languages, each with what it comes to. */
export function EventTemplates(props: {
  id: string;
  event: HrmCompanyEvent;
  fullNames: boolean;
  canChange: boolean;
  reload: () => Promise<void>;
  close: () => void;
}) {
  const { id, event, fullNames, canChange, reload, close } = props;
  const draft = useSignal<Texts>({ ...event.templates });
  const saving = useMemo(createSaving, []);
  const products = hrmEventOf(event.event).text;
  const { pl, en } = draft.value;
  const isWhole = [pl, en].every(
    (text) => text.trim() !== '' && unknownFields(event.event, text).length === 0,
  );
  /** The product's own words are not kept as the company's: a better wording of a later version reaches it. */
  const kept = (language: HrmLanguage): string | null => {
    const text = draft.value[language].trim();
    return text === products[language] ? null : text;
  };
  async function save(): Promise<void> {
    const saved = await saving.save(async () => {
      const answer = await hrm.events.change(id, event, { templates: { pl: kept('pl'), en: kept('en') } });
      await reload();
      return answer;
    });
    if (saved !== null) close();
  }
  const template = (language: HrmLanguage) => (
    <TemplateField
      event={event}
      language={language}
      text={draft.value[language]}
      product={products[language]}
      fullNames={fullNames}
      canChange={canChange}
      change={(text) => {
        draft.value = { ...draft.value, [language]: text };
        saving.touch();
      }}
    />
  );
  return (
    <Form onSubmit={() => void save()}>
      {template('pl')}
      {template('en')}
      {event.secret && <p class="help">{t('hrm.events.secret_help')}</p>}
      {canChange && <Save saving={saving} disabled={!isWhole} />}
      <button type="button" class="link" onClick={close}>
        {canChange ? t('hrm.events.leave') : t('hrm.events.close')}
      </button>
    </Form>
  );
}

function TemplateField(props: {
  event: HrmCompanyEvent;
  language: HrmLanguage;
  text: string;
  product: string;
  fullNames: boolean;
  canChange: boolean;
  change: (text: string) => void;
}) {
  const { event, language, text, product, fullNames, canChange, change } = props;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const unknown = unknownFields(event.event, text);
  function insert(name: string): void {
    const at = area.current?.selectionEnd ?? text.length;
    change(`${text.slice(0, at)}{${name}}${text.slice(at)}`);
    area.current?.focus();
  }
  return (
    <div class="template-edit">
      <div class="field">
        <label for={id}>{language === 'pl' ? t('hrm.events.text_pl') : t('hrm.events.text_en')}</label>
        <textarea
          ref={area}
          id={id}
          lang={language}
          rows={3}
          maxLength={2000}
          value={text}
          readOnly={!canChange}
          aria-invalid={unknown.length > 0}
          aria-describedby={unknown.length > 0 ? `${id}-unknown` : undefined}
          onInput={(input) => change(input.currentTarget.value)}
        />
        {canChange && (
          <div class="chips">
            {event.fields.map((field) => (
              <button
                key={field.id}
                type="button"
                class="chip"
                aria-label={t('hrm.events.insert', field[language])}
                onClick={() => insert(field[language])}
              >
                {`{${field[language]}}`}
              </button>
            ))}
            {text !== product && (
              <button type="button" class="link" onClick={() => change(product)}>
                {t('hrm.events.reset')}
              </button>
            )}
          </div>
        )}
        {unknown.length > 0 && (
          <p id={`${id}-unknown`} class="bad" role="alert">
            {t('hrm.events.unknown', formatList(unknown.map((name) => `{${name}}`)))}
          </p>
        )}
      </div>
      <Preview event={event} language={language} text={text} fullNames={fullNames} />
    </div>
  );
}

/** What one employee would read, with made-up values. */
function Preview(props: { event: HrmCompanyEvent; language: HrmLanguage; text: string; fullNames: boolean }) {
  const { event, language, text, fullNames } = props;
  const values = sampleValues(event.event, language);
  const name = values[employeeField.id] ?? '';
  const written = writeText(
    event.event,
    text,
    fullNames ? values : { ...values, [employeeField.id]: initials(name) },
  );
  const { parts } = countParts(written.text);
  return (
    <div class="field">
      <span>
        {t('hrm.events.preview')} · {plural('parts.each', parts)}
      </span>
      <p class="bubble" lang={language} aria-live="polite">
        {written.text}
      </p>
    </div>
  );
}
