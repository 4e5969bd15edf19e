import { useEffect, useMemo } from 'preact/hooks';
import type { UnknownReport } from '../../shared/api/operator-accounts.ts';
import { unknownReports } from '../bridge/administration-api.ts';
import { Paged } from '../history/paged.tsx';
import { createPages } from '../history/pages.store.ts';
import { formatMoment, t } from '../locales/texts.ts';

/** Callbacks about messages that nobody knows: as they came, and what they say. */
export function UnknownReports() {
  const pages = useMemo(() => createPages<UnknownReport>(unknownReports), []);
  useEffect(() => void pages.load(), [pages]);
  return (
    <section class="card" aria-labelledby="unknown-title">
      <h2 id="unknown-title">{t('settings.operators.unknown')}</h2>
      <p class="help">{t('settings.operators.unknown_help')}</p>
      <Paged pages={pages} empty={t('settings.operators.unknown_none')}>
        {(reports) => (
          <ul class="rows" aria-labelledby="unknown-title">
            {reports.map(({ id, title, accountId, receivedAt, raw, reports: said }) => (
              <li key={id}>
                <details>
                  <summary>
                    <strong>{title || accountId}</strong> · {formatMoment(receivedAt)}
                    {said.map((one) => (
                      <span key={`${one.operatorMessageId}-${one.ourId}-${one.state}`} class="quiet">
                        {' '}
                        · {one.operatorMessageId ?? one.ourId} {one.detail || one.state}
                      </span>
                    ))}
                  </summary>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by keyboard too */}
                  <pre tabIndex={0}>{raw}</pre>
                </details>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}
