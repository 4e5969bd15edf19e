import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { OperatorAccount, OperatorKind } from '../../shared/api/operator-accounts.ts';
import { operatorAccounts } from '../bridge/administration-api.ts';
import { language, t } from '../locales/texts.ts';
import { Switch } from '../look/switch.tsx';
import { Select } from './choices.tsx';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import {
  numberOf,
  type OperatorField,
  refusedKeys,
  settingsOf,
  type Typed,
  troubleOf,
  typedOf,
} from './operator-fields.ts';
import { createSaving } from './resource.ts';

/** The operators describe their forms in both languages. */
export const inWords = (words: { pl: string; en: string }): string =>
  language() === 'en' ? words.en : words.pl;

/** An account is read again before it is changed, with its version. */
export function EditAccount({ id, kinds, done }: { id: string; kinds: OperatorKind[]; done: () => void }) {
  const account = useResource(() => operatorAccounts.get(id));
  return (
    <Loaded resource={account}>
      {({ value, etag }) => {
        const kind = kinds.find(({ name }) => name === value.operator);
        if (kind === undefined) return <p class="note note-warn">{value.trouble}</p>;
        return <AccountForm kind={kind} account={value} etag={etag} done={done} />;
      }}
    </Loaded>
  );
}

/** A new account, or a change of one, by the form that its operator describes. */
export function AccountForm(props: {
  kind: OperatorKind;
  account: OperatorAccount | null;
  etag: string | null;
  done: () => void;
}) {
  const { kind, account, etag } = props;
  const title = useSignal(account?.title ?? inWords(kind.title));
  const low = useSignal(account?.lowBalance?.toString() ?? '');
  const typed = useSignal<Typed>(typedOf(kind.fields, account?.settings ?? {}));
  const isChecked = useSignal(false);
  const saving = useMemo(createSaving, []);
  const stored = account?.secrets ?? [];
  const state = saving.state.value;
  const refused = refusedKeys(state.kind === 'failed' ? state.failure : null);

  const lowWrong = low.value.trim() !== '' && !((numberOf(low.value) ?? -1) >= 0);
  const wrong = kind.fields.some((field) => troubleOf(field, typed.value, stored) !== null);

  async function save(): Promise<void> {
    isChecked.value = true;
    if (wrong || lowWrong || title.value.trim() === '') return;
    const draft = {
      title: title.value.trim(),
      settings: settingsOf(kind.fields, typed.value, account?.settings ?? null),
      lowBalance: numberOf(low.value),
    };
    const saved = await saving.save(() =>
      account === null
        ? operatorAccounts.create({ ...draft, operator: kind.name })
        : operatorAccounts.change(account.id, draft, etag),
    );
    if (saved !== null) props.done();
  }

  const textOfTrouble = (field: OperatorField): string | null => {
    if (refused.includes(field.key)) return t('settings.operators.refused_field');
    const trouble = troubleOf(field, typed.value, stored);
    if (trouble === 'required') return isChecked.value ? t('settings.operators.required') : null;
    return trouble === null ? null : t('settings.operators.number_wrong');
  };

  return (
    <Form onSubmit={() => void save()}>
      <p class="note">{inWords(kind.intro)}</p>
      <Field
        label={t('settings.operators.name')}
        help={t('settings.operators.name_help')}
        value={title.value}
        maxLength={80}
        error={title.value.trim() === '' ? t('settings.operators.required') : null}
        onInput={(value) => {
          title.value = value;
          saving.touch();
        }}
      />
      {kind.fields.map((field) => (
        <OneField
          key={field.key}
          field={field}
          value={typed.value[field.key] ?? ''}
          isStored={stored.includes(field.key)}
          error={textOfTrouble(field)}
          change={(value) => {
            typed.value = { ...typed.value, [field.key]: value };
            saving.touch();
          }}
        />
      ))}
      <Field
        label={t('settings.operators.low_balance')}
        help={t('settings.operators.low_balance_help')}
        value={low.value}
        error={lowWrong ? t('settings.operators.number_wrong') : null}
        onInput={(value) => {
          low.value = value;
          saving.touch();
        }}
      />
      <Save saving={saving} />
    </Form>
  );
}

function OneField(props: {
  field: OperatorField;
  value: string | boolean;
  isStored: boolean;
  error: string | null;
  change: (value: string | boolean) => void;
}) {
  const { field, value, error, change } = props;
  const label = inWords(field.label);
  const help = inWords(field.help);
  if (field.kind === 'switch') {
    return (
      <Switch isOn={value === true} change={change} help={help}>
        {label}
      </Switch>
    );
  }
  if (field.kind === 'choice') {
    return (
      <div class="field">
        <Select
          label={label}
          value={String(value)}
          options={(field.choices ?? []).map((choice) => ({
            value: choice.value,
            label: inWords(choice.label),
          }))}
          choose={change}
        />
        <small class="help">{help}</small>
        {error !== null && <small class="bad">{error}</small>}
      </div>
    );
  }
  if (field.secret) return <Secret {...props} label={label} help={help} />;
  return <Field label={label} value={String(value)} help={help} error={error} onInput={change} />;
}

/** Typed hidden; a stored one is never shown, and stays when nothing is typed. */
function Secret(props: {
  label: string;
  help: string;
  value: string | boolean;
  isStored: boolean;
  error: string | null;
  change: (value: string) => void;
}) {
  const { label, help, value, isStored, error, change } = props;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="password"
        autoComplete="off"
        value={String(value)}
        placeholder={isStored ? t('settings.operators.secret_stored') : ''}
        aria-invalid={error !== null}
        aria-describedby={`${id}-help`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      <small id={`${id}-help`} class="help">
        {help}
        {error !== null && <span class="bad"> {error}</span>}
      </small>
    </div>
  );
}
