import type { ComponentChildren } from 'preact';
import { useEffect, useId, useMemo } from 'preact/hooks';
import type { Answer } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import { createResource, type Resource, type Saving } from './resource.ts';

/** Reads something when the screen is opened. */
export function useResource<Value>(load: () => Promise<Answer<Value>>): Resource<Value> {
  const resource = useMemo(() => createResource(load), []);
  useEffect(() => void resource.load(), [resource]);
  return resource;
}

/** The value once it is there; until then that it is being read, or why it could not be. */
export function Loaded<Value>(props: {
  resource: Resource<Value>;
  children: (value: Value) => ComponentChildren;
}) {
  const state = props.resource.state.value;
  if (state.kind === 'loading') return <p class="loading">{t('loading')}</p>;
  if (state.kind === 'ready') return <>{props.children(state.value)}</>;
  return (
    <div class="note note-bad" role="alert">
      <p>
        {textOfFailure(state.failure)}{' '}
        <button type="button" class="link" onClick={() => void props.resource.load()}>
          {t('block.check_again')}
        </button>
      </p>
    </div>
  );
}

/** A labelled text field with its help and what is wrong with it. */
export function Field(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  help?: string;
  error?: string | null;
  type?: 'text' | 'email' | 'url' | 'password';
  autoComplete?: string;
  inputMode?: 'numeric' | 'email' | 'url';
  maxLength?: number;
  required?: boolean;
  disabled?: boolean;
}) {
  const id = useId();
  const hasError = typeof props.error === 'string';
  const described = [props.help ? `${id}-help` : '', hasError ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      <input
        id={id}
        // One of the four; the types want to know which.
        type={(props.type ?? 'text') as 'text'}
        value={props.value}
        autoComplete={props.autoComplete ?? 'off'}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        required={props.required}
        disabled={props.disabled}
        aria-invalid={hasError}
        aria-describedby={described === '' ? undefined : described}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      {props.help !== undefined && (
        <small id={`${id}-help`} class="help">
          {props.help}
        </small>
      )}
      {hasError && (
        <small id={`${id}-error`} class="bad">
          {props.error}
        </small>
      )}
    </div>
  );
}

/** The button that saves, and beside it how that went. */
export function Save(props: {
  saving: Saving;
  label?: string;
  disabled?: boolean;
  /** What is said when it went well; empty where the screen shows it otherwise. */
  done?: string;
}) {
  const { saving, label, disabled, done } = props;
  const state = saving.state.value;
  return (
    <div class="actions">
      <button type="submit" class="primary" disabled={state.kind === 'saving' || disabled === true}>
        {label ?? t('save')}
      </button>
      <span role="status">{state.kind === 'saved' && <span class="good">{done ?? t('saved')}</span>}</span>
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
    </div>
  );
}

/** A form that never reloads the page. */
export function Form({ onSubmit, children }: { onSubmit: () => void; children: ComponentChildren }) {
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
