import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { t } from '../locales/texts.ts';
import { HistoryLink } from '../look/history-link.tsx';
import type { SettingsScreen } from '../look/settings-link.tsx';
import { About } from './about.tsx';
import { Account } from './account.tsx';
import { ApiKeys } from './api-keys.tsx';
import { AuditScreen } from './audit.tsx';
import { BlockedNames } from './blocked-names.tsx';
import { CompanyScreen } from './company.tsx';
import { HrmConsents } from './hrm/consents.tsx';
import { HrmEmployees } from './hrm/employees.tsx';
import { HrmEvents } from './hrm/events.tsx';
import { HrmScreen } from './hrm/hrm.tsx';
import { HrmReport } from './hrm/report.tsx';
import { HrmWebhookScreen } from './hrm/webhook.tsx';
import { MailAccountScreen } from './mail-account.tsx';
import { Operators } from './operators.tsx';
import { OrganisationScreen } from './organisation.tsx';
import { Packages } from './packages.tsx';
import { People } from './people.tsx';
import { PrivacyScreen } from './privacy/privacy.tsx';
import { scopes, screen } from './route.ts';
import { CompanySenderName, SenderNames } from './sender-names.tsx';
import { Sites } from './sites.tsx';
import { TemplatesScreen } from './templates.tsx';

type Screen = (props: { session: SessionStore }) => JSX.Element;

const shown: Record<SettingsScreen, Screen> = {
  account: Account,
  organisation: OrganisationScreen,
  'sender-names': SenderNames,
  'mail-account': MailAccountScreen,
  'blocked-names': BlockedNames,
  'company-sms': CompanySenderName,
  packages: Packages,
  operators: Operators,
  people: People,
  privacy: PrivacyScreen,
  'api-keys': ApiKeys,
  audit: AuditScreen,
  templates: TemplatesScreen,
  company: CompanyScreen,
  hrm: HrmScreen,
  'hrm-events': HrmEvents,
  'hrm-employees': HrmEmployees,
  'hrm-consents': HrmConsents,
  'hrm-report': HrmReport,
  'hrm-webhook': HrmWebhookScreen,
  sites: Sites,
  about: About,
};

/** Screens that work without a session. */
const open: ReadonlySet<SettingsScreen> = new Set(['account', 'sites', 'about']);

export const titleOf = (name: SettingsScreen): string =>
  t(`settings.${name.replaceAll('-', '_') as 'account'}.title`);

/** "Konfiguracja": the navigation by scope, and one screen. */
export function Settings({ session }: { session: SessionStore }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  const name = screen.value;
  useEffect(() => {
    document.title = `${titleOf(name)} – ${t('settings.title')}`;
    // A screen reader is told that the screen has changed; the first one is read anyway.
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [name]);
  const Shown = shown[name];
  const isSignedIn = knownSession(session.state.value) !== null;
  return (
    <div class="settings">
      <Navigation current={name} />
      <main>
        <h1 ref={heading} tabIndex={-1}>
          {titleOf(name)}
        </h1>
        {isSignedIn || open.has(name) ? (
          <Shown key={name} session={session} />
        ) : (
          <SignInFirst session={session} />
        )}
      </main>
    </div>
  );
}

function Navigation({ current }: { current: SettingsScreen }) {
  const isOpen = useSignal(false);
  useEffect(() => {
    isOpen.value = false;
  }, [current, isOpen]);
  return (
    <nav aria-label={t('settings.title')} class={isOpen.value ? 'open' : ''}>
      <div class="nav-head">
        <p class="brand">
          <img src="/icon/48.png" alt="" width="24" height="24" /> {t('brand')}
        </p>
        {/* Where there is no room for it beside the screen, the navigation is folded above it. */}
        <button
          type="button"
          class="nav-button"
          aria-expanded={isOpen.value}
          onClick={() => {
            isOpen.value = !isOpen.value;
          }}
        >
          {t('settings.all_screens')}
        </button>
      </div>
      {scopes.map(({ scope, screens }) => (
        <section key={scope} aria-labelledby={`scope-${scope}`}>
          <h2 id={`scope-${scope}`}>{t(`settings.scope.${scope}`)}</h2>
          <ul>
            {screens.map((name) => (
              <li key={name}>
                <a href={`#${name}`} aria-current={name === current ? 'page' : undefined}>
                  {titleOf(name)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <p class="elsewhere">
        <HistoryLink>{t('history.title')}</HistoryLink>
      </p>
    </nav>
  );
}

function SignInFirst({ session }: { session: SessionStore }) {
  if (session.state.value.kind === 'loading') return <p class="loading">{t('loading')}</p>;
  return (
    <>
      <p class="note note-warn">{t('settings.sign_in_first')}</p>
      <Account session={session} />
    </>
  );
}
