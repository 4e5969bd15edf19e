import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Template } from '../../shared/api/templates.ts';
import { countParts } from '../../shared/sms-text/index.ts';
import { api } from '../bridge/api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { plural, t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { Field, Form, Loaded, Save, useResource } from './form.tsx';
import { createSaving, type Resource } from './resource.ts';
import { isAdministrator } from './rights.ts';

/** Ready texts of the organisation. */
export function TemplatesScreen({ session }: { session: SessionStore }) {
  const templates = useResource(api.templates.list);
  const isAdding = useSignal(false);
  const canChange = isAdministrator(session);
  return (
    <>
      {!canChange && <p class="help">{t('settings.templates.administrators_only')}</p>}
      <Loaded resource={templates}>
        {(list) =>
          list.length === 0 ? (
            <p class="empty">{t('settings.templates.empty')}</p>
          ) : (
            <ul class="cards" aria-label={t('settings.templates.title')}>
              {list.map((template) => (
                <TemplateCard
                  key={template.id}
                  template={template}
                  templates={templates}
                  canChange={canChange}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {canChange && (
        <section class="card">
          {isAdding.value ? (
            <TemplateForm
              template={null}
              etag={null}
              done={() => {
                isAdding.value = false;
                void templates.load();
              }}
            />
          ) : (
            <button
              type="button"
              class="primary"
              onClick={() => {
                isAdding.value = true;
              }}
            >
              {t('settings.templates.add')}
            </button>
          )}
        </section>
      )}
    </>
  );
}

function TemplateCard(props: { template: Template; templates: Resource<Template[]>; canChange: boolean }) {
  const { template, templates, canChange } = props;
  const isEditing = useSignal(false);
  const removing = useMemo(createSaving, []);
  const { id, name, text } = template;
  async function remove(): Promise<void> {
    if ((await removing.save(() => api.templates.remove(id))) !== null) await templates.load();
  }
  return (
    <li class="card">
      <div class="card-head">
        <h2>{name}</h2>
        {canChange && (
          <span class="note-actions">
            <button
              type="button"
              class="link"
              aria-label={t('settings.templates.change', name)}
              aria-expanded={isEditing.value}
              onClick={() => {
                isEditing.value = !isEditing.value;
              }}
            >
              {t('change')}
            </button>
            <RemoveButton label={t('settings.templates.remove', name)} remove={() => void remove()} />
          </span>
        )}
      </div>
      {isEditing.value ? (
        <EditTemplate
          id={id}
          done={() => {
            isEditing.value = false;
            void templates.load();
          }}
        />
      ) : (
        <p class="template-text">{text}</p>
      )}
      {removing.state.value.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(removing.state.value.failure)}
        </p>
      )}
    </li>
  );
}

/** A template is read again before it is changed, with its version. */
function EditTemplate({ id, done }: { id: string; done: () => void }) {
  const template = useResource(() => api.templates.get(id));
  return (
    <Loaded resource={template}>
      {({ value, etag }) => <TemplateForm template={value} etag={etag} done={done} />}
    </Loaded>
  );
}

function TemplateForm(props: { template: Template | null; etag: string | null; done: () => void }) {
  const { template, etag, done } = props;
  const name = useSignal(template?.name ?? '');
  const text = useSignal(template?.text ?? '');
  const saving = useMemo(createSaving, []);
  async function save(): Promise<void> {
    const draft = { name: name.value.trim(), text: text.value };
    const saved = await saving.save(() =>
      template === null ? api.templates.create(draft) : api.templates.change(template.id, draft, etag),
    );
    if (saved !== null) done();
  }
  return (
    <Form onSubmit={() => void save()}>
      <Field
        label={t('templates.name')}
        value={name.value}
        maxLength={120}
        onInput={(value) => {
          name.value = value;
          saving.touch();
        }}
      />
      <label class="field">
        <span>{t('text.title')}</span>
        <textarea
          rows={4}
          maxLength={2000}
          value={text.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            saving.touch();
          }}
        />
        <small class="help">
          {t('settings.templates.help')} {plural('parts.each', countParts(text.value).parts)}
        </small>
      </label>
      <Save saving={saving} disabled={name.value.trim() === '' || text.value.trim() === ''} />
    </Form>
  );
}
