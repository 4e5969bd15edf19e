import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { plural, t } from '../locales/texts.ts';
import { SettingsLink } from '../look/settings-link.tsx';
import { BatchScreen } from './batch.tsx';
import { Batches } from './batches.tsx';
import { MessageScreen } from './message.tsx';
import { Messages } from './messages.tsx';
import { cameFrom, hashOf, type Route, route, screens } from './route.ts';
import { Statistics } from './statistics.tsx';

const shown: Record<Route['screen'], (props: { id: string; session: SessionStore }) => JSX.Element> = {
  batches: Batches,
  messages: Messages,
  statistics: Statistics,
  batch: BatchScreen,
  message: MessageScreen,
};

/** The list that a batch or a message stands in. */
const listOf: Partial<Record<Route['screen'], string>> = { batch: 'batches', message: 'messages' };

/** What was sent: batches, messages, one of each, and all of it over time. */
export function History({ session }: { session: SessionStore }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  const { screen, id } = route.value;
  const title = t(`history.${screen}.title`);
  useEffect(() => {
    document.title = `${title} – ${t('brand')}`;
    // A screen reader is told that the screen has changed; the first one is read anyway.
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [title, id]);
  const Shown = shown[screen];
  const known = knownSession(session.state.value);
  return (
    <div class="history">
      <header>
        <p class="brand">
          <img src="/icon/48.png" alt="" width="24" height="24" /> {t('brand')}
        </p>
        <nav aria-label={t('history.title')}>
          {screens.map((name) => (
            <a
              key={name}
              href={hashOf(name)}
              aria-current={name === screen ? 'page' : name === listOf[screen] ? 'true' : undefined}
            >
              {t(`history.${name}.title`)}
            </a>
          ))}
        </nav>
        <span class="history-more">
          {known !== null && <span class="quiet">{plural('parts.left', known.balance)}</span>}
          <SettingsLink screen="account">{t('settings.title')}</SettingsLink>
        </span>
      </header>
      <main>
        {(screen === 'batch' || screen === 'message') && (
          <a href={cameFrom.value ?? hashOf('batches')}>{t('history.back')}</a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {known === null ? <SignInFirst session={session} /> : <Shown key={id} id={id} session={session} />}
      </main>
    </div>
  );
}

function SignInFirst({ session }: { session: SessionStore }) {
  if (session.state.value.kind === 'loading') return <p class="loading">{t('loading')}</p>;
  return (
    <p class="note note-warn">
      {t('history.sign_in_first')} <SettingsLink screen="account">{t('block.sign_in')}</SettingsLink>
    </p>
  );
}
