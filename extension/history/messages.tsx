import { useEffect, useMemo } from 'preact/hooks';
import { type FoundMessage, fewestDigits, messageStates } from '../../shared/api/messages.ts';
import { history } from '../bridge/history-api.ts';
import { knownSession, type SessionStore } from '../bridge/session.store.ts';
import { textOfMessageState, textOfReason } from '../locales/code-text.ts';
import { today } from '../locales/days.ts';
import { formatInstant, formatShortDay, t } from '../locales/texts.ts';
import { SaveCsv } from '../look/save-csv.tsx';
import { foundCells, foundHeadings } from './csv.ts';
import { FilterBar } from './filters.tsx';
import { createFound } from './found.store.ts';
import { isTooShort, searchOf } from './looking.ts';
import { MessageRow } from './message-row.tsx';
import { Paged } from './paged.tsx';
import { route } from './route.ts';

/** Everything that was ever sent to somebody, and what became of it: messages of all batches, newest first. */
export function Messages({ session }: { session: SessionStore }) {
  const { filters } = route.value;
  const found = useMemo(
    () => createFound((cursor) => history.find(searchOf(route.value.filters), cursor)),
    [],
  );
  const tooShort = isTooShort(filters.search ?? '');
  useEffect(() => {
    if (!tooShort) void found.load();
    return found.stop;
  }, [found, JSON.stringify(filters), tooShort]);
  const companies = new Map(
    knownSession(session.state.value)?.companies.map(({ id, name }) => [id, name] as const),
  );
  const isFiltered = Object.keys(filters).length > 0;
  const isOver = found.next.value === null;
  const nothing = isOver ? t('history.none_match') : t('history.found.nothing_yet');
  return (
    <>
      <FilterBar
        session={session}
        hasSearch
        hasOrigin
        searchLabel={t('history.filter.whom')}
        states={[
          { value: 'not_arrived', label: t('history.filter.not_arrived') },
          { value: 'under_way', label: t('history.filter.under_way') },
          ...messageStates.map((value) => ({ value, label: textOfMessageState(value) })),
        ]}
      />
      {tooShort ? (
        <p class="empty">{t('history.found.too_short', fewestDigits)}</p>
      ) : (
        <section class="card" aria-labelledby="found-title">
          <div class="card-head">
            <h2 id="found-title">{isFiltered ? t('history.found.title') : t('history.found.all')}</h2>
            <SaveCsv
              name={`${t('history.csv.file_messages')}-${today()}`}
              headings={foundHeadings()}
              rowOf={(message: FoundMessage) => foundCells(message, companies)}
              read={() => history.findAll(searchOf(route.value.filters))}
              disabled={(found.items.value ?? []).length === 0}
            />
          </div>
          <Paged
            pages={found}
            empty={isFiltered ? nothing : t('history.messages.empty')}
            {...(found.lookedBackTo.value === null ? {} : { more: t('history.found.further') })}
          >
            {(messages) => (
              <ul class="sent" aria-labelledby="found-title">
                {messages.map((message) => (
                  <FoundRow key={message.id} message={message} company={companies.get(message.companyId)} />
                ))}
              </ul>
            )}
          </Paged>
          <HowFar found={found} />
        </section>
      )}
    </>
  );
}

/** The list may end where the look did, and not the messages: said, so that nobody takes it for all. */
function HowFar({ found }: { found: ReturnType<typeof createFound> }) {
  const at = found.lookedBackTo.value;
  const words =
    at === null
      ? ''
      : found.isReading.value
        ? t('history.found.looking', formatShortDay(at))
        : t('history.found.looked_back', formatShortDay(at));
  return (
    <p class="quiet how-far" role="status">
      {words}
    </p>
  );
}

function FoundRow({ message, company }: { message: FoundMessage; company: string | undefined }) {
  const { reason, state, senderName, stateAt, createdAt } = message;
  const about = [
    t('result.from', senderName),
    company ?? '',
    reason === '' || reason === state ? '' : textOfReason(reason),
    stateAt - createdAt < 60_000 ? '' : t('history.found.state_since', formatInstant(stateAt)),
  ].filter((word) => word !== '');
  return <MessageRow message={message} at={createdAt} text={message.text} about={about.join(' · ')} />;
}
