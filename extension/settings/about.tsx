import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { SessionStore } from '../bridge/session.store.ts';
import { t } from '../locales/texts.ts';

interface Shortcut {
  name: string;
  keys: string;
}

/** The version, and the keys as the browser has them: it may have given ours to nobody. */
export function About(_: { session: SessionStore }) {
  const shortcuts = useSignal<Shortcut[]>([]);
  useEffect(() => {
    void browser.commands.getAll().then((commands) => {
      shortcuts.value = commands
        .filter(({ description }) => description)
        .map(({ description, shortcut }) => ({ name: description ?? '', keys: shortcut ?? '' }));
    });
  }, [shortcuts]);
  return (
    <>
      <section class="card" aria-labelledby="shortcuts-title">
        <h2 id="shortcuts-title">{t('settings.about.shortcuts')}</h2>
        <ul class="rows">
          {shortcuts.value.map(({ name, keys }) => (
            <li key={name}>
              <span>{name}</span>
              {keys === '' ? <span class="quiet">{t('settings.about.no_keys')}</span> : <kbd>{keys}</kbd>}
            </li>
          ))}
          <li>
            <span>{t('settings.about.send')}</span>
            <kbd>{t('send.keys')}</kbd>
          </li>
        </ul>
        <p class="help">{t('settings.about.shortcuts_help')}</p>
      </section>
      <section class="card">
        <h2>{t('settings.about.privacy')}</h2>
        <p>{t('settings.about.privacy_text')}</p>
        <p class="quiet">{t('settings.about.version', browser.runtime.getManifest().version)}</p>
      </section>
    </>
  );
}
