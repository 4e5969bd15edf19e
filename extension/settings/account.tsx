import type { Session } from '../../shared/api/session.ts';
import { api } from '../bridge/api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { forgetAllDrafts } from '../composer/draft.storage.ts';
import { textOfFailure, textOfRole } from '../locales/code-text.ts';
import { formatInstant, formatList, t } from '../locales/texts.ts';
import { ServerAddress } from './server-address.tsx';
import { SignInForm } from './sign-in.tsx';

/** Who is signed in, and to which server. */
export function Account({ session }: { session: SessionStore }) {
  const state = session.state.value;
  return (
    <>
      {state.kind === 'loading' && <p class="loading">{t('loading')}</p>}
      {state.kind === 'signed-out' && <SignInForm session={session} />}
      {state.kind === 'signed-in' && <SignedIn session={state.session} />}
      {state.kind === 'unknown' && (
        <div class="note note-warn" role="alert">
          <p>
            {textOfFailure(state.failure)}{' '}
            <button type="button" class="link" onClick={() => void session.refresh()}>
              {t('block.check_again')}
            </button>
          </p>
        </div>
      )}
      <ServerAddress session={session} />
    </>
  );
}

function SignedIn({ session: { person, organisation, expiresAt } }: { session: Session }) {
  async function signOut(): Promise<void> {
    // Drafts hold people's numbers: they do not wait for the next person at this computer.
    await forgetAllDrafts();
    await api.session.signOut();
  }
  return (
    <section class="card" aria-labelledby="signed-in-title">
      <h2 id="signed-in-title">{t('settings.account.signed_in')}</h2>
      <dl class="facts">
        <div>
          <dt>{t('settings.account.person')}</dt>
          <dd>
            {person.name} <span class="quiet">{person.email}</span>
          </dd>
        </div>
        <div>
          <dt>{t('settings.account.organisation')}</dt>
          <dd>{organisation.name}</dd>
        </div>
        <div>
          <dt>{t('settings.account.roles')}</dt>
          <dd>{formatList(person.roles.map(textOfRole))}</dd>
        </div>
        <div>
          <dt>{t('settings.account.until')}</dt>
          <dd>{formatInstant(expiresAt)}</dd>
        </div>
      </dl>
      <button type="button" onClick={() => void signOut()}>
        {t('settings.account.sign_out')}
      </button>
    </section>
  );
}
