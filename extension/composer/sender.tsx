import type { Session } from '../../shared/api/session.ts';
import { knownSession } from '../bridge/session.store.ts';
import { textOfNameState } from '../locales/code-text.ts';
import { plural, t } from '../locales/texts.ts';
import { SettingsLink } from '../look/settings-link.tsx';
import type { Composer } from './composer.store.ts';

/** Under which name, for which company, from which package. */
export function Sender({ composer }: { composer: Composer }) {
  const session = knownSession(composer.session.state.value);
  return (
    <header class="sender">
      {session === null ? <Brand /> : <Facts session={session} company={composer.company.value} />}
      <SettingsLink screen="account" class="icon-button" label={t('settings.open')}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M3 6h7m4 0h3M3 14h3m4 0h7" />
          <circle cx="12" cy="6" r="2" />
          <circle cx="8" cy="14" r="2" />
        </svg>
      </SettingsLink>
      {session !== null && session.companies.length > 1 && <CompanyChoice composer={composer} />}
    </header>
  );
}

/** Stands there while nobody is signed in or the server does not answer. */
function Brand() {
  return (
    <p class="brand">
      <img src="/icon/48.png" alt="" width="20" height="20" /> {t('brand')}
    </p>
  );
}

function Facts({ session, company }: { session: Session; company: Session['companies'][number] | null }) {
  const name = company?.effectiveName ?? null;
  return (
    <dl class="facts">
      <div>
        <dt>{t('sender.from')}</dt>
        <dd>
          {name === null ? (
            <span class="quiet">{company === null ? t('sender.not_known') : t('sender.none')}</span>
          ) : (
            <>
              <strong class="sender-name">{name.name}</strong>{' '}
              <span class={`tag tag-${name.state === 'authorised' ? 'good' : 'warn'}`}>
                {textOfNameState(name.state)}
              </span>{' '}
              <span class="quiet">
                {name.source === 'program' ? t('sender.from_program') : t('sender.individual')}
              </span>
            </>
          )}
        </dd>
      </div>
      <div>
        <dt>{t('sender.package')}</dt>
        <dd>
          <span class={session.balance > 0 ? '' : 'bad'}>{plural('parts.each', session.balance)}</span>{' '}
          {session.operator.sandbox && <span class="tag">{t('sender.sandbox')}</span>}
        </dd>
      </div>
    </dl>
  );
}

function CompanyChoice({ composer }: { composer: Composer }) {
  const companies = knownSession(composer.session.state.value)?.companies ?? [];
  return (
    <label class="field company-choice">
      <span>{t('sender.company')}</span>
      <select
        value={composer.company.value?.id ?? ''}
        onChange={(event) => composer.change({ companyId: event.currentTarget.value || null })}
      >
        {composer.company.value === null && <option value="">{t('sender.choose_company')}</option>}
        {companies.map(({ id, name, effectiveName }) => (
          <option key={id} value={id}>
            {effectiveName === null ? name : `${name} – ${effectiveName.name}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** As an iPhone writes it: without the spaces (R4). */
export function onPhones(name: string): string {
  return name.replaceAll(' ', '');
}
