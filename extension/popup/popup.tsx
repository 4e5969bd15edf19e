import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { plural, t } from '../locales/texts.ts';
import { HistoryLink } from '../look/history-link.tsx';
import { SettingsLink } from '../look/settings-link.tsx';
import { Switch } from '../look/switch.tsx';
import type { Page } from './popup.store.ts';
import { SiteLine } from './site-line.tsx';

/** What was read on this page, who is signed in, and the way on. */
export function Popup({ page, session }: { page: Page; session: SessionStore }) {
  return (
    <main class="popup">
      <h1>
        <img src="/icon/48.png" alt="" width="20" height="20" /> {t('brand')}
      </h1>
      <SiteLine page={page} session={session} />
      <Read page={page} />
      <button
        type="button"
        class="primary"
        onClick={() => void page.openComposer().then(() => globalThis.close())}
      >
        {t('popup.open_composer')}
      </button>
      {page.pattern.value !== null && (
        <Switch
          isOn={page.isAlwaysOn.value}
          change={(isOn) => void page.setAlwaysOn(isOn)}
          help={t('popup.always_on_help')}
        >
          {t('popup.always_on')}
        </Switch>
      )}
      <Who session={session} />
    </main>
  );
}

function Read({ page }: { page: Page }) {
  const state = page.state.value;
  if (state.kind === 'reading') return <p role="status">{t('popup.reading')}</p>;
  if (state.kind === 'closed') return <p role="status">{t('popup.closed')}</p>;
  const { off, lists, numbers } = state.summary;
  if (off === 'opted-out') return <p role="status">{t('popup.opted_out')}</p>;
  return (
    <div role="status">
      {off === 'degraded' && <p class="note note-warn">{t('popup.degraded')}</p>}
      {off === 'taken-out' && <p class="note note-warn">{t('popup.taken_out')}</p>}
      {lists.length === 0 && numbers === 0 && <p class="quiet">{t('popup.nothing')}</p>}
      <ul class="rows" aria-label={t('popup.read')}>
        {lists.map(({ list, rows, numbers: inList, ticked }) => (
          <li key={list}>
            <span>{plural('popup.list', rows)}</span>
            <span class="quiet">
              {plural('popup.numbers', inList)}
              {ticked > 0 && ` · ${plural('popup.ticked', ticked)}`}
            </span>
          </li>
        ))}
        {numbers > 0 && (
          <li>
            <span>{t('popup.outside_lists')}</span>
            <span class="quiet">{plural('popup.numbers', numbers)}</span>
          </li>
        )}
      </ul>
    </div>
  );
}

function Who({ session }: { session: SessionStore }) {
  const state = session.state.value;
  const known = knownSession(state);
  return (
    <footer class="who">
      <p>
        {state.kind === 'loading' && t('loading')}
        {state.kind === 'signed-out' && t('popup.signed_out')}
        {state.kind === 'unknown' && <span class="warn">{textOfFailure(state.failure)}</span>}
        {known !== null && (
          <>
            {' '}
            {known.person.email} · {plural('parts.left', known.balance)}
          </>
        )}
      </p>
      <p class="note-actions">
        {known !== null && <HistoryLink>{t('history.title')}</HistoryLink>}
        <SettingsLink screen="account">
          {state.kind === 'signed-out' ? t('block.sign_in') : t('settings.title')}
        </SettingsLink>
      </p>
    </footer>
  );
}
