import { useMemo } from 'preact/hooks';
import type { MailAccount } from '../../shared/api/mail-accounts.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, t } from '../locales/texts.ts';
import { createSaving } from './resource.ts';
import { mailFailureOf, textOfMailFailure } from './sender-name-texts.ts';

/** Sends a mail to whoever presses, through the account as it is stored, and says in words what became of it. */
export function MailTest({ account, tested }: { account: MailAccount; tested: () => Promise<void> }) {
  const testing = useMemo(createSaving, []);
  const state = testing.state.value;
  async function test(): Promise<void> {
    if ((await testing.save(api.mailAccount.test)) !== null) await tested();
  }
  return (
    <div class="step">
      <h3>{t('settings.mail_account.test_title')}</h3>
      <p class="quiet">
        {account.testedAt === null
          ? t('settings.mail_account.untested')
          : t('settings.mail_account.tested', formatInstant(account.testedAt))}
      </p>
      <div class="actions">
        <button type="button" disabled={state.kind === 'saving'} onClick={() => void test()}>
          {state.kind === 'saving' ? t('names.form.sending') : t('settings.mail_account.test')}
        </button>
        <span role="status" class="good">
          {state.kind === 'saved' && t('settings.mail_account.taken')}
        </span>
      </div>
      {state.kind === 'failed' && <Trouble failure={state.failure} />}
    </div>
  );
}

function Trouble({ failure }: { failure: Failure }) {
  const facts = failure.kind === 'problem' ? failure.problem.facts : {};
  const reason = mailFailureOf(facts);
  const { detail } = facts;
  return (
    <div class="note note-bad" role="alert">
      <p>
        {reason === null ? textOfFailure(failure) : textOfMailFailure(reason)}{' '}
        {reason !== null && typeof detail === 'string' && detail !== '' && (
          <q class="server-words">{detail}</q>
        )}
      </p>
    </div>
  );
}
