import { useEffect, useMemo } from 'preact/hooks';
import type { Batch } from '../../shared/api/batches.ts';
import { messageStates } from '../../shared/api/messages.ts';
import { history } from '../bridge/history-api.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfBatchState, textOfMessageState } from '../locales/code-text.ts';
import { formatInstant, formatNumber, plural, t } from '../locales/texts.ts';
import { FilterBar } from './filters.tsx';
import { batchFilters, matcherOf, sinceOf } from './matching.ts';
import { Paged } from './paged.tsx';
import { createPages } from './pages.store.ts';
import { hashOf, route } from './route.ts';

/** Every batch of the companies that one may use, newest first. */
export function Batches({ session }: { session: SessionStore }) {
  const { filters } = route.value;
  const pages = useMemo(
    () =>
      createPages<Batch>((cursor) => {
        const now = route.value.filters;
        return history.batches(cursor, matcherOf(now), sinceOf(now.from));
      }),
    [],
  );
  useEffect(() => void pages.load(), [pages, JSON.stringify(filters)]);
  const companies = new Map(
    knownSession(session.state.value)?.companies.map(({ id, name }) => [id, name] as const),
  );
  return (
    <>
      <FilterBar
        session={session}
        hasSearch
        states={batchFilters.map((value) => ({ value, label: textOfBatchFilter(value) }))}
      />
      <Paged
        pages={pages}
        empty={Object.keys(filters).length > 0 ? t('history.none_match') : t('history.batches.empty')}
      >
        {(batches) => (
          <ul class="cards" aria-label={t('history.batches.title')}>
            {batches.map((batch) => (
              <BatchCard key={batch.id} batch={batch} company={companies.get(batch.companyId) ?? ''} />
            ))}
          </ul>
        )}
      </Paged>
    </>
  );
}

function textOfBatchFilter(filter: (typeof batchFilters)[number]): string {
  if (filter === 'failed') return t('history.filter.with_failed');
  if (filter === 'unknown') return t('history.filter.with_unknown');
  return textOfBatchState(filter);
}

function BatchCard({ batch, company }: { batch: Batch; company: string }) {
  const about = [
    formatInstant(batch.createdAt),
    t('result.from', batch.senderName),
    company,
    batch.createdBy,
    plural('history.messages_count', batch.messages),
    plural('parts.each', batch.parts),
  ];
  return (
    <li class="card">
      <div class="card-head">
        <a class="batch-text" href={hashOf('batch', {}, batch.id)}>
          {batch.text || t('history.message.text_erased')}
        </a>
        <BatchTag state={batch.state} />
      </div>
      <p class="quiet">{about.filter((word) => word !== '').join(' · ')}</p>
      <StateCounts counts={batch.counts} />
    </li>
  );
}

export function BatchTag({ state }: { state: Batch['state'] }) {
  const tone = state === 'finished' ? 'good' : state === 'paused' || state === 'cancelled' ? 'warn' : '';
  return <span class={`tag ${tone === '' ? '' : `tag-${tone}`}`}>{textOfBatchState(state)}</span>;
}

/** How many messages stand where; states that none is in are left out. */
export function StateCounts({ counts }: { counts: Batch['counts'] }) {
  const some = messageStates.filter((state) => (counts[state] ?? 0) > 0);
  return (
    <ul class="state-counts">
      {some.map((state) => (
        <li key={state}>
          <span class={`state state-${state}`}>{textOfMessageState(state)}</span>{' '}
          {formatNumber(counts[state] ?? 0)}
        </li>
      ))}
    </ul>
  );
}
