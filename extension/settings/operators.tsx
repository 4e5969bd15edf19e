import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { OperatorAccount, OperatorKind, OperatorPause } from '../../shared/api/operator-accounts.ts';
import { operatorAccounts } from '../bridge/administration-api.ts';
import type { Answer } from '../bridge/failure.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { Select } from './choices.tsx';
import { Loaded, useResource } from './form.tsx';
import { AccountForm, EditAccount, inWords } from './operator-account-form.tsx';
import { Balance } from './operator-balances.tsx';
import { PauseForm } from './operator-pause.tsx';
import { OperatorRoutesForm } from './operator-routes.tsx';
import { createSaving, type Resource } from './resource.ts';
import { isAdministrator } from './rights.ts';
import { UnknownReports } from './unknown-reports.tsx';

/** Accounts at SMS operators, and which messages go over which. */
export function Operators({ session }: { session: SessionStore }) {
  if (isAdministrator(session)) return <Accounts session={session} />;
  return <p class="note note-warn">{t('settings.operators.administrators_only')}</p>;
}

function Accounts({ session }: { session: SessionStore }) {
  const kinds = useResource(operatorAccounts.kinds);
  const accounts = useResource(operatorAccounts.list);
  async function again(): Promise<void> {
    await Promise.all([accounts.load(), session.refresh()]);
  }
  return (
    <>
      <p class="scope-note">{t('settings.operators.text')}</p>
      <Loaded resource={kinds}>
        {(known) => (
          <>
            <Loaded resource={accounts}>
              {(list) =>
                list.length === 0 ? (
                  <p class="empty">{t('settings.operators.none')}</p>
                ) : (
                  <ul class="cards" aria-label={t('settings.operators.list')}>
                    {list.map((account) => (
                      <AccountCard key={account.id} account={account} kinds={known} changed={again} />
                    ))}
                  </ul>
                )
              }
            </Loaded>
            <NewAccount kinds={known} added={again} />
            <Routes accounts={accounts} />
            <UnknownReports />
          </>
        )}
      </Loaded>
    </>
  );
}

/** An added or removed account is in the routes too: they are read again with the list. */
function Routes({ accounts }: { accounts: Resource<OperatorAccount[]> }) {
  return (
    <Loaded resource={accounts}>
      {(list) =>
        list.length === 0 ? null : (
          <OperatorRoutesForm key={list.map(({ id }) => id).join()} accounts={list} />
        )
      }
    </Loaded>
  );
}

function AccountCard(props: {
  account: OperatorAccount;
  kinds: OperatorKind[];
  changed: () => Promise<void>;
}) {
  const { account, kinds, changed } = props;
  const { id, title, operator, pauses, running, trouble } = account;
  const open = useSignal<'nothing' | 'form' | 'pause'>('nothing');
  const acting = useMemo(createSaving, []);
  const isPaused = pauses.some(({ by, senderName }) => by === 'administrator' && senderName === '');
  const isStopped = pauses.some(({ senderName }) => senderName === '');
  const kind = kinds.find(({ name }) => name === operator);
  async function act(work: () => Promise<Answer<unknown>>): Promise<void> {
    await acting.save(work);
    await changed();
  }
  const toggle = (what: 'form' | 'pause') => (): void => {
    open.value = open.value === what ? 'nothing' : what;
  };
  const close = (): void => {
    open.value = 'nothing';
    void changed();
  };
  return (
    <li class="card">
      <div class="card-head">
        <h2>
          {title} <span class="quiet">{kind === undefined ? operator : inWords(kind.title)}</span>{' '}
          <span class={`tag ${running && !isStopped ? 'tag-good' : 'tag-warn'}`}>
            {isStopped
              ? t('settings.operators.paused')
              : running
                ? t('settings.operators.running')
                : t('settings.operators.stopped')}
          </span>
        </h2>
        <span class="note-actions">
          <button
            type="button"
            class="link"
            aria-label={t('settings.operators.change', title)}
            aria-expanded={open.value === 'form'}
            onClick={toggle('form')}
          >
            {t('change')}
          </button>
          {!isPaused && (
            <button
              type="button"
              class="link"
              aria-label={t('settings.operators.pause', title)}
              aria-expanded={open.value === 'pause'}
              onClick={toggle('pause')}
            >
              {t('settings.operators.pause_it')}
            </button>
          )}
          {pauses.length > 0 && (
            <button
              type="button"
              class="link"
              aria-label={t('settings.operators.resume', title)}
              onClick={() => void act(() => operatorAccounts.resume(id))}
            >
              {t('settings.operators.resume_it')}
            </button>
          )}
          <RemoveButton
            label={t('settings.operators.remove', title)}
            remove={() => void act(() => operatorAccounts.remove(id))}
          />
        </span>
      </div>
      {trouble !== '' && <p class="note note-bad">{trouble}</p>}
      {pauses.map((pause) => (
        <p key={`${pause.by}-${pause.senderName}`} class="note note-warn">
          {textOfPause(pause)}
        </p>
      ))}
      <Balance account={account} changed={() => void changed()} />
      {account.reportsUrl !== '' && (
        <details>
          <summary>{t('settings.operators.reports')}</summary>
          <p class="help">{t('settings.operators.reports_help')}</p>
          <code class="secret">{account.reportsUrl}</code>
        </details>
      )}
      {open.value === 'pause' && <PauseForm account={account} done={close} />}
      {open.value === 'form' && <EditAccount id={id} kinds={kinds} done={close} />}
      {acting.state.value.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(acting.state.value.failure)}
        </p>
      )}
    </li>
  );
}

function textOfPause({ by, senderName, reason, since, until }: OperatorPause): string {
  const at = formatInstant(since);
  const said =
    senderName !== ''
      ? t('settings.operators.paused_name', senderName, at, reason)
      : by === 'administrator'
        ? t('settings.operators.paused_by_administrator', at, reason)
        : t('settings.operators.paused_by_operator', at, reason);
  return until === null ? said : `${said} ${t('settings.operators.until', formatInstant(until))}`;
}

function NewAccount({ kinds, added }: { kinds: OperatorKind[]; added: () => Promise<void> }) {
  const chosen = useSignal<string | null>(null);
  const kind = kinds.find(({ name }) => name === chosen.value);
  if (kind === undefined) {
    return (
      <div class="actions">
        <button
          type="button"
          class="primary"
          onClick={() => {
            chosen.value = kinds[0]?.name ?? null;
          }}
        >
          {t('settings.operators.add')}
        </button>
      </div>
    );
  }
  return (
    <section class="card" aria-labelledby="new-account-title">
      <div class="card-head">
        <h2 id="new-account-title">{t('settings.operators.add_title')}</h2>
        <button
          type="button"
          class="link"
          onClick={() => {
            chosen.value = null;
          }}
        >
          {t('cancel')}
        </button>
      </div>
      <Select
        label={t('settings.operators.operator')}
        value={kind.name}
        options={kinds.map(({ name, title }) => ({ value: name, label: inWords(title) }))}
        choose={(name) => {
          chosen.value = name;
        }}
      />
      <AccountForm
        key={kind.name}
        kind={kind}
        account={null}
        etag={null}
        done={() => {
          chosen.value = null;
          void added();
        }}
      />
    </section>
  );
}
