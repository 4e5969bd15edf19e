import type { SenderName } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfNameState } from '../locales/code-text.ts';
import { formatInstant, formatList, t } from '../locales/texts.ts';
import { Loaded, useResource } from './form.tsx';

/** The organisation's sender names with their states, and which scope uses which. */
export function SenderNames({ session }: { session: SessionStore }) {
  const names = useResource(api.senderNames.list);
  const known = knownSession(session.state.value);
  const waitsForMail = known?.organisation.hasCrm === true && !known.organisation.hasMailAccount;
  return (
    <>
      <p class="scope-note">{t('settings.scope.program_note')}</p>
      {waitsForMail && (
        <p class="note note-bad" role="alert">
          {t('block.mail_account_missing')} <a href="#organisation">{t('block.mail_accounts')}</a>
        </p>
      )}
      <Loaded resource={names}>
        {(list) =>
          list.length === 0 ? (
            <p class="empty">{t('settings.sender_names.empty')}</p>
          ) : (
            <ul class="cards" aria-label={t('settings.sender_names.title')}>
              {list.map((name) => (
                <Name key={name.id} name={name} used={usersOf(name, known?.companies ?? [])} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

function Name({ name: { name, state, since, reason }, used }: { name: SenderName; used: string[] }) {
  const tone = state === 'authorised' ? 'good' : state === 'submitted' ? 'warn' : 'plain';
  return (
    <li class="card">
      <div class="card-head">
        <h2 class="sender-name">{name}</h2>
        <span class={`tag tag-${tone}`}>{textOfNameState(state)}</span>
      </div>
      <p class="quiet">
        {t('settings.sender_names.since', formatInstant(since))}
        {used.length > 0 && ` · ${t('settings.sender_names.used_by', formatList(used))}`}
      </p>
      {state === 'submitted' && <p class="help">{t('settings.sender_names.usually')}</p>}
      {reason !== '' && <p class="note note-warn">{t('settings.sender_names.reason', reason)}</p>}
    </li>
  );
}

function usersOf({ usedBy }: SenderName, companies: { id: string; name: string }[]): string[] {
  return usedBy.map((slot) =>
    slot === 'program'
      ? t('settings.sender_names.program')
      : (companies.find(({ id }) => id === slot)?.name ?? t('sender.company')),
  );
}
