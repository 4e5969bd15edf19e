import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Failure } from '../bridge/failure.ts';
import { knownSession } from '../bridge/session.store.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { t } from '../locales/texts.ts';
import type { Composer } from './composer.store.ts';
import { createTemplates } from './templates.store.ts';

/** Pick a ready text, or keep this one for the next time. */
export function Templates({ composer }: { composer: Composer }) {
  const templates = useMemo(createTemplates, []);
  const isNaming = useSignal(false);
  const session = knownSession(composer.session.state.value);
  const isSignedIn = session !== null;
  useEffect(() => {
    if (isSignedIn) void templates.load();
  }, [isSignedIn, templates]);
  const { text, templateId } = composer.text.value;

  function pick(id: string): void {
    const template = templates.list.value.find((one) => one.id === id);
    if (template !== undefined) composer.change({ text: template.text, templateId: template.id });
  }

  return (
    <div class="templates">
      <select
        aria-label={t('templates.pick')}
        value={templateId ?? ''}
        onChange={(event) => pick(event.currentTarget.value)}
        disabled={templates.list.value.length === 0}
      >
        <option value="">
          {templates.list.value.length === 0 ? t('templates.none') : t('templates.pick')}
        </option>
        {templates.list.value.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {session?.person.roles.includes('administrator') === true && (
        <button
          type="button"
          class="link"
          disabled={text.trim() === ''}
          aria-expanded={isNaming.value}
          onClick={() => {
            isNaming.value = !isNaming.value;
          }}
        >
          {t('templates.save')}
        </button>
      )}
      <DefaultHere composer={composer} />
      {isNaming.value && (
        <NameTemplate
          close={() => {
            isNaming.value = false;
          }}
          save={(name) => templates.save(name, text)}
        />
      )}
      {templates.failure.value !== null && isNaming.value && (
        <p class="bad" role="alert">
          {textOfFailure(templates.failure.value)}
        </p>
      )}
    </div>
  );
}

/** Separate templates for separate lists: the one that the composer begins with on the list of these recipients. */
function DefaultHere({ composer }: { composer: Composer }) {
  const failure = useSignal<Failure | null>(null);
  const here = composer.site.here.value;
  const { templateId } = composer.text.value;
  const roles = knownSession(composer.session.state.value)?.person.roles ?? [];
  const sends = here?.site.kind === 'hrm' ? 'hr' : 'sender';
  if (here?.place == null || templateId === null) return null;
  if (here.list?.templateId === templateId) return <small class="quiet">{t('templates.default_here')}</small>;
  if (!roles.includes('administrator') && !roles.includes(sends)) return null;
  return (
    <>
      <button
        type="button"
        class="link"
        onClick={() =>
          void composer.site.remember(templateId).then((answer) => {
            failure.value = answer === null || answer.ok ? null : answer.failure;
          })
        }
      >
        {t('templates.make_default')}
      </button>
      {failure.value !== null && (
        <p class="bad" role="alert">
          {textOfFailure(failure.value)}
        </p>
      )}
    </>
  );
}

function NameTemplate({ save, close }: { save: (name: string) => Promise<boolean>; close: () => void }) {
  const name = useSignal('');
  async function submit(): Promise<void> {
    if (name.value.trim() !== '' && (await save(name.value.trim()))) close();
  }
  return (
    <div class="inline-form">
      <label class="field">
        <span>{t('templates.name')}</span>
        <input
          value={name.value}
          maxLength={120}
          onInput={(event) => {
            name.value = event.currentTarget.value;
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.ctrlKey) void submit();
            if (event.key === 'Escape') close();
          }}
        />
      </label>
      <button type="button" onClick={() => void submit()} disabled={name.value.trim() === ''}>
        {t('save')}
      </button>
    </div>
  );
}
