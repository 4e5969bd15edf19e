import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { t } from '../locales/texts.ts';
import { Field, Form } from './form.tsx';
import { createSites, sitePattern } from './sites.store.ts';
import { OrganisationSites } from './sites-organisation.tsx';

/** The organisation's sites; and "always on": where pages are read without a click, and how to take that back. */
export function Sites({ session }: { session: SessionStore }) {
  const sites = useMemo(createSites, []);
  useEffect(() => sites.watch(), [sites]);
  const address = useSignal('');
  const problem = useSignal<string | null>(null);

  function add(pattern: string | null): void {
    if (pattern === null) {
      problem.value = t('settings.sites.wrong');
      return;
    }
    void sites.grant(pattern).then((isGiven) => {
      problem.value = isGiven ? null : t('settings.sites.refused');
      if (isGiven) address.value = '';
    });
  }

  return (
    <>
      {knownSession(session.state.value) !== null && (
        <OrganisationSites session={session} changed={() => void sites.load()} />
      )}
      <section class="card" aria-labelledby="granted-title">
        <h2 id="granted-title">{t('settings.sites.granted')}</h2>
        <p class="help">{t('settings.sites.text')}</p>
        {sites.granted.value.length === 0 && <p class="empty">{t('settings.sites.none')}</p>}
        <ul class="rows" aria-labelledby="granted-title">
          {sites.granted.value.map((pattern) => (
            <li key={pattern}>
              <code>{pattern}</code>
              <button
                type="button"
                class="link bad"
                aria-label={t('settings.sites.remove', pattern)}
                onClick={() => void sites.remove(pattern)}
              >
                {t('remove')}
              </button>
            </li>
          ))}
        </ul>
        <Form onSubmit={() => add(sitePattern(address.value))}>
          <Field
            label={t('settings.sites.address')}
            value={address.value}
            inputMode="url"
            help={t('settings.sites.help')}
            error={problem.value}
            onInput={(value) => {
              address.value = value;
              problem.value = null;
            }}
          />
          <div class="actions">
            <button type="submit" disabled={address.value.trim() === ''}>
              {t('add')}
            </button>
          </div>
        </Form>
      </section>
      {sites.offered.value.length > 0 && (
        <section class="card" aria-labelledby="offered-title">
          <h2 id="offered-title">{t('settings.sites.offered')}</h2>
          <ul class="rows">
            {sites.offered.value.map((pattern) => (
              <li key={pattern}>
                <code>{pattern}</code>
                <button
                  type="button"
                  aria-label={t('settings.sites.grant', pattern)}
                  onClick={() => add(pattern)}
                >
                  {t('settings.sites.turn_on')}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
