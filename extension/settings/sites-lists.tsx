import { useSignal } from '@preact/signals';
import type { Site, SiteList } from '../../shared/api/sites.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { changeList, type ListChange } from '../bridge/site-lists.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatList, t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { Select } from './choices.tsx';
import { useResource } from './form.tsx';

/** What is set for single lists of a site: their columns, pointed at on the page, and their templates. */
export function SiteLists(props: { site: Site; session: SessionStore; changed: () => void }) {
  const { site, session, changed } = props;
  const templates = useResource(api.templates.list);
  const failure = useSignal<Failure | null>(null);
  const roles = knownSession(session.state.value)?.person.roles ?? [];
  const canSet = roles.includes('administrator') || roles.includes(site.kind === 'hrm' ? 'hr' : 'sender');
  const state = templates.state.value;
  const texts = state.kind === 'ready' ? state.value : [];

  async function set(list: SiteList, change: ListChange): Promise<void> {
    const answer = await changeList(site.id, list, change);
    failure.value = answer.ok ? null : answer.failure;
    changed();
  }

  return (
    <>
      <ul class="rows lists" aria-label={t('settings.sites.lists', site.hostPattern)}>
        {site.lists.map((list) => (
          <li key={`${list.path} ${list.headings.join()}`}>
            <div>
              <code>{list.path}</code>
              <p class="quiet">{list.headings.length > 0 && formatList([...list.headings].slice(0, 8))}</p>
              {list.phones.length > 0 && <p>{t('settings.sites.phones', formatList(list.phones))}</p>}
              {list.names.length > 0 && <p>{t('settings.sites.names', formatList(list.names))}</p>}
            </div>
            <Select
              label={t('settings.sites.template')}
              value={list.templateId ?? ''}
              disabled={!canSet || state.kind !== 'ready'}
              options={[
                { value: '', label: t('settings.sites.no_template') },
                ...texts.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              choose={(id) => void set(list, { templateId: id === '' ? null : id })}
            />
            {canSet && (
              <RemoveButton
                label={t('settings.sites.forget_list', list.path)}
                remove={() => void set(list, { phones: [], names: [], templateId: null })}
              />
            )}
          </li>
        ))}
      </ul>
      {failure.value !== null && (
        <p class="bad" role="alert">
          {textOfFailure(failure.value)}
        </p>
      )}
    </>
  );
}
