import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { HrmCompanyEvent } from '../../../shared/api/hrm.ts';
import { hrm } from '../../bridge/hrm-api.ts';
import type { SessionStore } from '../../bridge/session.store.ts';
import { textOfFailure } from '../../locales/code-text.ts';
import { language, t } from '../../locales/texts.ts';
import { Switch } from '../../look/switch.tsx';
import { Loaded, useResource } from '../form.tsx';
import { createSaving, type Resource } from '../resource.ts';
import { isAdministrator } from '../rights.ts';
import { ForHrm } from './access.tsx';
import { EventTemplates } from './event-templates.tsx';

/** Of what a company's HRM tells its people, and in which words. */
export function HrmEvents({ session }: { session: SessionStore }) {
  return <ForHrm session={session}>{({ id }) => <Events id={id} session={session} />}</ForHrm>;
}

function Events({ id, session }: { id: string; session: SessionStore }) {
  const canChange = isAdministrator(session);
  const events = useResource(() => hrm.events.list(id));
  const settings = useResource(() => hrm.settings.get(id));
  return (
    <>
      <p class="help">{t('hrm.events.help')}</p>
      {!canChange && <p class="note note-warn">{t('settings.hrm.administrators_only')}</p>}
      <Loaded resource={settings}>
        {({ value: { fullNames } }) => (
          <Loaded resource={events}>
            {(list) => (
              <ul class="cards" aria-label={t('settings.hrm_events.title')}>
                {list.map((event) => (
                  <EventCard
                    key={event.event}
                    id={id}
                    event={event}
                    events={events}
                    fullNames={fullNames}
                    canChange={canChange}
                  />
                ))}
              </ul>
            )}
          </Loaded>
        )}
      </Loaded>
    </>
  );
}

function EventCard(props: {
  id: string;
  event: HrmCompanyEvent;
  events: Resource<HrmCompanyEvent[]>;
  fullNames: boolean;
  canChange: boolean;
}) {
  const { id, event, events, fullNames, canChange } = props;
  const isEditing = useSignal(false);
  const switching = useMemo(createSaving, []);
  const state = switching.state.value;
  const name = nameOfEvent(event);
  const own = event.own.pl || event.own.en;
  async function set(enabled: boolean): Promise<void> {
    await switching.save(async () => {
      const answer = await hrm.events.change(id, event, { enabled });
      // After a refusal too: somebody else may have changed it.
      await events.load();
      return answer;
    });
  }
  return (
    <li class={`card hrm-event ${event.enabled ? '' : 'is-off'}`}>
      <div class="card-head">
        <h2>{name}</h2>
        <span class="tags">
          <span class="tag">
            {event.direction === 'superior' ? t('hrm.events.to_superior') : t('hrm.events.to_employee')}
          </span>
          {event.purpose === 'occasions' && <span class="tag">{t('hrm.events.wish')}</span>}
          {event.secret && <span class="tag tag-warn">{t('hrm.events.secret')}</span>}
          {own && <span class="tag tag-own">{t('hrm.events.own')}</span>}
        </span>
      </div>
      <div class="hrm-event-line">
        <Switch
          isOn={event.enabled}
          disabled={!canChange || state.kind === 'saving'}
          change={(isOn) => void set(isOn)}
        >
          <span class="unseen">{name}: </span>
          {event.enabled ? t('hrm.events.on') : t('hrm.events.off')}
        </Switch>
        {!isEditing.value && (
          <button
            type="button"
            class="link"
            aria-label={canChange ? t('hrm.events.edit_of', name) : t('hrm.events.look_at', name)}
            onClick={() => {
              isEditing.value = true;
            }}
          >
            {canChange ? t('hrm.events.edit') : t('hrm.events.look')}
          </button>
        )}
      </div>
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
      {!isEditing.value && (
        <p class="template-text">
          {event.templates[language() === 'en' ? 'en' : 'pl']}
          {event.secret && <small class="quiet secret-help">{t('hrm.events.secret_help')}</small>}
        </p>
      )}
      {isEditing.value && (
        <EventTemplates
          id={id}
          event={event}
          fullNames={fullNames}
          canChange={canChange}
          reload={events.load}
          close={() => {
            isEditing.value = false;
          }}
        />
      )}
    </li>
  );
}

/** The catalogue's name in the user's language. */
export const nameOfEvent = ({ names }: Pick<HrmCompanyEvent, 'names'>): string =>
  language() === 'en' ? names.en : names.pl;
