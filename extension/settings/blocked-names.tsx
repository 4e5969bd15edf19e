import { useMemo } from 'preact/hooks';
import type { BlockedImported } from '../../shared/api/blocked-names.ts';
import { api } from '../bridge/api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, plural, t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { BlockedImportForm } from './blocked-names-import.tsx';
import { Loaded, useResource } from './form.tsx';
import { createSaving } from './resource.ts';
import { isAdministrator } from './rights.ts';

/** Lists of names that nobody may register, as an administrator brings them in; CSIRT NASK's changes every month. */
export function BlockedNames({ session }: { session: SessionStore }) {
  return (
    <>
      <p class="scope-note">{t('settings.scope.program_note')}</p>
      <p class="help">{t('settings.blocked_names.help')}</p>
      {isAdministrator(session) ? (
        <Lists />
      ) : (
        <p class="help">{t('settings.blocked_names.administrators_only')}</p>
      )}
    </>
  );
}

function Lists() {
  const imports = useResource(api.blockedNames.imports);
  return (
    <>
      <section class="card" aria-labelledby="imports-title">
        <h2 id="imports-title">{t('settings.blocked_names.lists')}</h2>
        <Loaded resource={imports}>
          {({ items }) =>
            items.length === 0 ? (
              <p class="empty">{t('settings.blocked_names.none')}</p>
            ) : (
              <ul class="rows" aria-labelledby="imports-title">
                {items.map((list) => (
                  <List key={list.id} list={list} removed={() => void imports.load()} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </section>
      <BlockedImportForm imported={() => void imports.load()} />
    </>
  );
}

function List({ list, removed }: { list: BlockedImported; removed: () => void }) {
  const removing = useMemo(createSaving, []);
  const state = removing.state.value;
  const { id, source, listedOn, names, importedAt, importedBy } = list;
  async function remove(): Promise<void> {
    if ((await removing.save(() => api.blockedNames.remove(id))) !== null) removed();
  }
  return (
    <li>
      <span>
        <strong>{source}</strong> {t('settings.blocked_names.of', listedOn)} ·{' '}
        {plural('settings.blocked_names.names', names)}
        <br />
        <small class="quiet">
          {t('settings.blocked_names.imported', formatInstant(importedAt), importedBy)}
        </small>
      </span>
      <RemoveButton label={t('settings.blocked_names.remove', source)} remove={() => void remove()} />
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
    </li>
  );
}
