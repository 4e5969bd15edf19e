import { useId } from 'preact/hooks';
import type { SenderNameDetail } from '../../shared/api/sender-names.ts';
import { formatInstant, t } from '../locales/texts.ts';
import { StateTag } from './sender-name-tag.tsx';
import { type TimelineEntry, textOfCause, textOfOperator } from './sender-name-texts.ts';

/** Every change of the name's state, newest last, with whose doing it was. */
export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const id = useId();
  return (
    <div>
      <h4 id={id}>{t('names.timeline.title')}</h4>
      <ol class="timeline" aria-labelledby={id}>
        {entries.map((entry) => (
          <li key={`${entry.at} ${entry.state}`}>
            <p>
              <StateTag state={entry.state} />{' '}
              <time class="quiet" dateTime={new Date(entry.at).toISOString()}>
                {formatInstant(entry.at)}
              </time>{' '}
              <span class="quiet">{textOfCause(entry)}</span>
            </p>
            {entry.reason !== '' && <p>{t('names.timeline.reason', entry.reason)}</p>}
            {entry.note !== '' && <p class="quiet">{t('names.timeline.note', entry.note)}</p>}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** What the operator itself says, where it can be asked. */
export function OperatorWord({ detail }: { detail: SenderNameDetail }) {
  const { operator } = detail;
  if (operator === null) return null;
  return (
    <p class="quiet">
      {t('names.operator.says', operator.name, textOfOperator(operator), formatInstant(operator.askedAt))}
      {operator.note !== '' && ` ${t('names.timeline.note', operator.note)}`}
    </p>
  );
}
