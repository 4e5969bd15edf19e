import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Batch } from '../../shared/api/batches.ts';
import { messageStates } from '../../shared/api/messages.ts';
import { api } from '../bridge/api.ts';
import { history } from '../bridge/history-api.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfFailure, textOfMessageState } from '../locales/code-text.ts';
import { dayOf } from '../locales/days.ts';
import { formatInstant, plural, t } from '../locales/texts.ts';
import { SaveCsv } from '../look/save-csv.tsx';
import { Search } from '../look/search.tsx';
import { Select } from '../settings/choices.tsx';
import { type BatchStore, createBatch } from './batch.store.ts';
import { BatchTag, StateCounts } from './batches.tsx';
import { doneOf, failedAnewOf, waitingOf } from './counts.ts';
import { messageCells, messageHeadings } from './csv.ts';
import { MessageRow } from './message-row.tsx';
import { Paged } from './paged.tsx';
import { hashOf } from './route.ts';

/** One batch: how far it is, what can be done about it, and its messages. */
export function BatchScreen({ id, session }: { id: string; session: SessionStore }) {
  const store = useMemo(() => createBatch(id), [id]);
  useEffect(() => {
    void store.look();
    return store.stop;
  }, [store]);
  const batch = store.batch.value;
  const failure = store.failure.value;
  return (
    <>
      {failure !== null && (
        <p class="note note-bad" role="alert">
          {textOfFailure(failure)}{' '}
          <button type="button" class="link" onClick={() => void store.look()}>
            {t('block.check_again')}
          </button>
        </p>
      )}
      {batch === null && failure === null && <p class="loading">{t('loading')}</p>}
      {batch !== null && (
        <>
          <About batch={batch} store={store} session={session} />
          <section class="card" aria-labelledby="messages-title">
            <div class="card-head">
              <h2 id="messages-title">{t('history.messages.title')}</h2>
              <SaveCsv
                name={`${t('history.csv.file_messages')}-${dayOf(batch.createdAt)}-${batch.id}`}
                headings={messageHeadings()}
                rowOf={messageCells}
                read={() => api.batches.messages(batch.id)}
              />
            </div>
            <MessageFilterBar batch={batch} store={store} />
            <Paged
              pages={store.messages}
              empty={isFiltered(store) ? t('history.none_match') : t('history.messages.empty')}
            >
              {(messages) => (
                <ul class="sent" aria-labelledby="messages-title">
                  {messages.map((message) => (
                    <MessageRow key={message.id} message={message} />
                  ))}
                </ul>
              )}
            </Paged>
          </section>
        </>
      )}
    </>
  );
}

function About({ batch, store, session }: { batch: Batch; store: BatchStore; session: SessionStore }) {
  const { companyId, createdAt, createdBy, senderName, counts, messages, parts, settledParts, askedBack } =
    batch;
  const company = knownSession(session.state.value)?.companies.find(({ id }) => id === companyId)?.name;
  const done = doneOf(counts);
  return (
    <section class="card" aria-labelledby="batch-title">
      <div class="card-head">
        <h2 id="batch-title">{plural('history.messages_count', messages)}</h2>
        <BatchTag state={batch.state} />
      </div>
      <progress max={messages} value={done} aria-label={t('progress.title')} />
      <p role="status">{store.isOver.value ? t('progress.over') : t('progress.done_of', done, messages)}</p>
      <StateCounts counts={counts} />
      {askedBack !== null && <AskedBack {...askedBack} />}
      <blockquote class="bubble-text">{batch.text || t('history.message.text_erased')}</blockquote>
      <dl class="facts">
        <Fact name={t('sender.from')}>{senderName}</Fact>
        {company !== undefined && <Fact name={t('sender.company')}>{company}</Fact>}
        <Fact name={t('history.sent_by')}>{createdBy}</Fact>
        <Fact name={t('history.sent_at')}>{formatInstant(createdAt)}</Fact>
        <Fact name={t('history.parts')}>{t('history.parts_settled', parts, settledParts)}</Fact>
      </dl>
      <Acts batch={batch} store={store} session={session} />
    </section>
  );
}

/** What operators say to being asked for what they had when the batch was stopped. */
function AskedBack({ messages, waiting, givenBack }: NonNullable<Batch['askedBack']>) {
  const kept = messages - waiting - givenBack;
  const words = [
    plural('history.asked_back.asked', messages),
    givenBack > 0 ? plural('history.asked_back.given', givenBack) : '',
    kept > 0 ? plural('history.asked_back.kept', kept) : '',
    waiting > 0 ? plural('history.asked_back.waiting', waiting) : '',
  ];
  return <p class="quiet">{words.filter((word) => word !== '').join(' ')}</p>;
}

const isFiltered = ({ filters }: BatchStore): boolean =>
  filters.value.state !== null || filters.value.search !== '';

/** Which messages of the batch are looked at: by words or a number, and by the states that there are. */
function MessageFilterBar({ batch, store }: { batch: Batch; store: BatchStore }) {
  const { state, search } = store.filters.value;
  if (batch.messages < 2) return null;
  return (
    <search class="filters" aria-label={t('history.filter.title')}>
      <Search
        label={t('history.filter.person')}
        value={search}
        search={(words) => void store.setFilters({ search: words })}
      />
      <Select
        label={t('history.filter.state')}
        value={state ?? ''}
        options={[
          { value: '', label: t('history.filter.any_state') },
          ...messageStates
            .filter((one) => one === state || (batch.counts[one] ?? 0) > 0)
            .map((one) => ({ value: one, label: textOfMessageState(one) })),
        ]}
        choose={(one) =>
          void store.setFilters({ state: messageStates.find((known) => known === one) ?? null })
        }
      />
    </search>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What can still be done: stop what waits, send again what failed. */
function Acts(props: { batch: Batch; store: BatchStore; session: SessionStore }) {
  const { batch, store, session } = props;
  const waiting = waitingOf(batch.counts);
  const state = store.acting.state.value;
  const isBusy = state.kind === 'saving';
  async function cancel(): Promise<void> {
    await store.act(() => history.cancel(batch.id));
    await session.refresh();
  }
  const canCancel = waiting > 0 && batch.state !== 'cancelled' && batch.state !== 'finished';
  return (
    <div class="actions">
      {canCancel && (
        <Asked
          label={plural('history.batch_act.stop', waiting)}
          warning={t('history.batch_act.stop_warning')}
          really={t('history.batch_act.stop_really')}
          not={t('history.batch_act.go_on')}
          isBusy={isBusy}
          act={() => void cancel()}
        />
      )}
      <RetryFailed {...props} isBusy={isBusy} />
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
    </div>
  );
}

function RetryFailed(props: { batch: Batch; store: BatchStore; session: SessionStore; isBusy: boolean }) {
  const { batch, store, session, isBusy } = props;
  // One key until it is answered: pressed again after a lost answer, it sends once.
  const key = useSignal(crypto.randomUUID());
  const failed = failedAnewOf(batch);
  async function retry(): Promise<void> {
    const done = await store.act(() => history.retry(batch.id, key.value));
    if (done === null) return;
    key.value = crypto.randomUUID();
    await session.refresh();
    location.hash = hashOf('batch', {}, done.value.id);
  }
  return (
    <>
      {failed > 0 && (
        <Asked
          label={plural('history.batch_act.retry', failed)}
          warning={t('history.batch_act.retry_warning')}
          really={t('history.batch_act.retry_really')}
          not={t('cancel')}
          isBusy={isBusy}
          act={() => void retry()}
        />
      )}
      {batch.retried > 0 && <p class="quiet">{plural('history.batch_act.retried', batch.retried)}</p>}
    </>
  );
}

/** A button that asks before it acts. */
function Asked(props: {
  label: string;
  warning: string;
  really: string;
  not: string;
  isBusy: boolean;
  act: () => void;
}) {
  const isAsking = useSignal(false);
  const ask = (yes: boolean) => (): void => {
    isAsking.value = yes;
  };
  if (!isAsking.value) {
    return (
      <button type="button" disabled={props.isBusy} onClick={ask(true)}>
        {props.label}
      </button>
    );
  }
  return (
    <span class="note note-warn" role="alert">
      {props.warning}{' '}
      <span class="note-actions">
        <button
          type="button"
          class="link bad"
          onClick={() => {
            isAsking.value = false;
            props.act();
          }}
        >
          {props.really}
        </button>
        <button type="button" class="link" onClick={ask(false)}>
          {props.not}
        </button>
      </span>
    </span>
  );
}
