import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { SenderName, SlotState, Slots } from '../../shared/api/sender-names.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';
import { tellNamesChanged } from '../bridge/names-changed.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { t } from '../locales/texts.ts';
import { Select } from './choices.tsx';
import { Loaded, useResource } from './form.tsx';
import type { Resource } from './resource.ts';
import { isAdministrator } from './rights.ts';
import { NameCard } from './sender-name-card.tsx';
import { SlotCard } from './sender-name-slot.tsx';

/** "Konfiguracja programu → SMS": the name of all companies without one of their own (R9). */
export function SenderNames({ session }: { session: SessionStore }) {
  return (
    <>
      <p class="scope-note">{t('settings.scope.program_note')}</p>
      {isAdministrator(session) ? (
        <Configured session={session}>{(slots) => slots.program}</Configured>
      ) : (
        <OnlyRead session={session} />
      )}
    </>
  );
}

/** "Konfiguracja firmy → SMS": one company's own name, where it wants one (R8). */
export function CompanySenderName({ session }: { session: SessionStore }) {
  const chosen = useSignal<string | null>(null);
  const companies = knownSession(session.state.value)?.companies ?? [];
  const company = companies.find(({ id }) => id === chosen.value) ?? companies[0];
  if (company === undefined) return <p class="empty">{t('settings.organisation.no_companies')}</p>;
  return (
    <>
      <p class="scope-note">{t('settings.scope.company_note', company.name)}</p>
      {companies.length > 1 && (
        <Select
          label={t('sender.company')}
          value={company.id}
          options={companies.map(({ id, name }) => ({ value: id, label: name }))}
          choose={(id) => {
            chosen.value = id;
          }}
        />
      )}
      {isAdministrator(session) ? (
        <Configured key={company.id} session={session}>
          {(slots) => slots.companies.find(({ slot }) => slot === company.id)}
        </Configured>
      ) : (
        <OnlyRead session={session} />
      )}
    </>
  );
}

/** One scope's slot above the names of the organisation. */
function Configured(props: { session: SessionStore; children: (slots: Slots) => SlotState | undefined }) {
  const { session, children: slotOf } = props;
  const slots = useResource(api.slots.get);
  const names = useResource(api.senderNames.list);
  const changed = (): void => {
    void Promise.all([slots.load(), names.load(), session.refresh(), tellNamesChanged()]);
  };
  return (
    <Loaded resource={slots}>
      {(both) => {
        const slot = slotOf(both);
        if (slot === undefined) return <p class="note note-bad">{t('problem.company_deleted')}</p>;
        return (
          <>
            {both.closed !== null && <Closed />}
            <Loaded resource={names}>
              {(list) => (
                <Scope
                  slot={slot}
                  list={list}
                  isClosed={both.closed !== null}
                  session={session}
                  changed={changed}
                />
              )}
            </Loaded>
          </>
        );
      }}
    </Loaded>
  );
}

/** R3: with the CRM module nothing here is to be had before a mail account is. */
function Closed() {
  return (
    <p class="note note-bad" role="alert">
      {t('block.mail_account_missing')} <a href="#mail-account">{t('block.mail_accounts')}</a>
    </p>
  );
}

function Scope(props: {
  slot: SlotState;
  list: SenderName[];
  isClosed: boolean;
  session: SessionStore;
  changed: () => void;
}) {
  const { slot, list, isClosed, session, changed } = props;
  const open = useSignal<ReadonlySet<string>>(waiting(slot));
  const failures = useSignal<ReadonlyMap<string, Failure>>(new Map());
  const shown = useSignal<string | null>(null);
  const show = (id: string): void => {
    open.value = new Set([...open.value, id]);
    shown.value = id;
  };
  useEffect(() => {
    const card = shown.value === null ? null : document.getElementById(`name-${shown.value}`);
    if (card === null) return;
    card.scrollIntoView({ block: 'start' });
    card.querySelector<HTMLElement>('button')?.focus();
    shown.value = null;
  });
  return (
    <>
      <SlotCard
        slot={slot}
        names={list}
        isClosed={isClosed}
        changed={changed}
        show={show}
        added={(id, failure) => {
          if (failure !== null) failures.value = new Map([...failures.value, [id, failure]]);
          show(id);
          changed();
        }}
      />
      <h2 class="list-title">{t('names.list.title')}</h2>
      {list.length === 0 && <p class="empty">{t('settings.sender_names.empty')}</p>}
      <ul class="cards" aria-label={t('names.list.title')}>
        {list.map((name) => (
          <NameCard
            key={name.id}
            name={name}
            used={usersOf(name, session)}
            slot={slot}
            isClosed={isClosed}
            isOpen={open.value.has(name.id)}
            failure={failures.value.get(name.id) ?? null}
            changed={changed}
            toggle={() => {
              const others = [...open.value].filter((id) => id !== name.id);
              open.value = new Set(open.value.has(name.id) ? others : [...others, name.id]);
            }}
          />
        ))}
      </ul>
    </>
  );
}

/** Names of the slot that wait for somebody stand open. */
function waiting({ current, openChange }: SlotState): ReadonlySet<string> {
  const names = [current, openChange].filter((name) => name !== null);
  return new Set(names.filter(({ state }) => state !== 'authorised').map(({ id }) => id));
}

/** Who only sends sees the names and how they stand. */
function OnlyRead({ session }: { session: SessionStore }) {
  const names: Resource<SenderName[]> = useResource(api.senderNames.list);
  return (
    <>
      <p class="help">{t('names.list.administrators_only')}</p>
      <Loaded resource={names}>
        {(list) => (
          <ul class="cards" aria-label={t('names.list.title')}>
            {list.length === 0 && <li class="empty">{t('settings.sender_names.empty')}</li>}
            {list.map((name) => (
              <NameCard
                key={name.id}
                name={name}
                used={usersOf(name, session)}
                slot={null}
                isClosed
                isOpen={false}
                failure={null}
                toggle={() => undefined}
                changed={() => undefined}
              />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}

function usersOf({ usedBy }: SenderName, session: SessionStore): string[] {
  const companies = knownSession(session.state.value)?.companies ?? [];
  return usedBy.map((slot) =>
    slot === 'program'
      ? t('settings.sender_names.program')
      : (companies.find(({ id }) => id === slot)?.name ?? t('sender.company')),
  );
}
