import { useMemo } from 'preact/hooks';
import type { MessageTimeline } from '../../shared/api/messages.ts';
import { formatNational } from '../../shared/phone/check.ts';
import { history } from '../bridge/history-api.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import {
  textOfFailure,
  textOfMessageState,
  textOfOutcome,
  textOfReason,
  textOfTakeBack,
} from '../locales/code-text.ts';
import { formatMoment, plural, t } from '../locales/texts.ts';
import { RemoveButton } from '../look/remove-button.tsx';
import { Loaded, useResource } from '../settings/form.tsx';
import { createSaving } from '../settings/resource.ts';
import { hashOf } from './route.ts';
import { type Event, eventsOf } from './timeline.ts';

/** One message: to whom, what, and everything that happened to it. */
export function MessageScreen({ id }: { id: string; session: SessionStore }) {
  const message = useResource(() => history.message(id));
  return (
    <Loaded resource={message}>
      {(value) => (
        <>
          <About message={value} stopped={() => void message.load()} />
          <section class="card" aria-labelledby="timeline-title">
            <h2 id="timeline-title">{t('history.message.timeline')}</h2>
            <ol class="timeline" aria-labelledby="timeline-title">
              {eventsOf(value).map((event, at) => (
                <EventRow key={`${event.kind}-${event.at}-${at}`} event={event} />
              ))}
            </ol>
            <button type="button" class="link more" onClick={() => void message.load()}>
              {t('block.check_again')}
            </button>
          </section>
        </>
      )}
    </Loaded>
  );
}

function About({ message, stopped }: { message: MessageTimeline; stopped: () => void }) {
  const { number, recipientName, state, text, parts, batchId } = message;
  return (
    <section class="card" aria-labelledby="about-title">
      <div class="card-head">
        <h2 id="about-title">{recipientName || t('recipients.nameless')}</h2>
        <span class={`state state-${state}`}>{textOfMessageState(state)}</span>
      </div>
      <dl class="facts">
        <div>
          <dt>{t('history.number')}</dt>
          <dd>{number === '' ? t('history.erased') : formatNational(number)}</dd>
        </div>
        <div>
          <dt>{t('history.parts')}</dt>
          <dd>{plural('parts.each', parts)}</dd>
        </div>
        <div>
          <dt>{t('history.of_batch')}</dt>
          <dd>
            <a href={hashOf('batch', {}, batchId)}>{t('history.message.to_batch')}</a>
          </dd>
        </div>
      </dl>
      {text === null ? (
        <p class="quiet">{t('history.message.text_erased')}</p>
      ) : (
        <blockquote class="bubble-text">{text}</blockquote>
      )}
      <StopOne message={message} stopped={stopped} />
    </section>
  );
}

/** In the queue it is stopped at once; its operator is asked for it back, where it can be. */
function StopOne({ message, stopped }: { message: MessageTimeline; stopped: () => void }) {
  const stopping = useMemo(createSaving, []);
  const state = stopping.state.value;
  if (message.state !== 'queued' && message.state !== 'accepted') return null;
  if (message.askedBack !== null && message.askedBack.outcome === null) {
    return <p class="note">{t('history.message.being_asked_back')}</p>;
  }
  async function stop(): Promise<void> {
    if ((await stopping.save(() => history.cancelMessage(message.id))) !== null) stopped();
  }
  return (
    <div class="actions">
      <RemoveButton
        label={t('history.message.stop')}
        remove={() => void stop()}
        words={{ remove: t('history.message.stop'), really: t('history.batch_act.stop_really') }}
      />
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {state.failure.kind === 'problem' && state.failure.problem.code === 'conflict'
            ? t('history.message.too_late')
            : textOfFailure(state.failure)}
        </p>
      )}
    </div>
  );
}

function EventRow({ event }: { event: Event }) {
  return (
    <li class={`event event-${toneOf(event)}`}>
      <time dateTime={new Date(event.at).toISOString()}>{formatMoment(event.at)}</time>
      <div>
        {event.kind === 'attempt' ? (
          <>
            <strong>{textOfOutcome(event.outcome)}</strong>{' '}
            <span class="quiet">{t('history.message.by_operator', event.operator)}</span>
          </>
        ) : event.kind === 'asked-back' ? (
          <strong>{t('history.message.asked_back')}</strong>
        ) : event.kind === 'take-back' ? (
          <>
            <strong>{textOfTakeBack(event.outcome)}</strong>{' '}
            {event.operator !== '' && (
              <span class="quiet">{t('history.message.by_operator', event.operator)}</span>
            )}
          </>
        ) : (
          <>
            <strong>{textOfMessageState(event.state)}</strong>{' '}
            {event.kind === 'report' && <span class="quiet">{t('history.message.report')}</span>}
          </>
        )}
        {event.detail !== '' && <p class="quiet">{textOfReason(event.detail)}</p>}
        {event.kind === 'attempt' && event.operatorMessageId !== '' && (
          <p class="quiet">
            {t('history.message.operator_id')} <code>{event.operatorMessageId}</code>
          </p>
        )}
      </div>
    </li>
  );
}

function toneOf(event: Event): 'good' | 'bad' | 'warn' | 'plain' {
  if (event.kind === 'asked-back') return 'plain';
  if (event.kind === 'take-back') {
    if (event.outcome === 'given-back') return 'good';
    return event.outcome === 'waiting' ? 'warn' : 'plain';
  }
  const what = event.kind === 'attempt' ? event.outcome : event.state;
  if (what === 'delivered') return 'good';
  if (what === 'rejected' || what === 'undelivered' || what === 'expired') return 'bad';
  return what === 'unknown' || what === 'retryable' ? 'warn' : 'plain';
}
