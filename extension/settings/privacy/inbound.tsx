import { useEffect, useMemo } from 'preact/hooks';
import type { InboundMessage } from '../../../shared/api/privacy.ts';
import { formatNational } from '../../../shared/phone/check.ts';
import { inbound } from '../../bridge/privacy-api.ts';
import { Paged } from '../../history/paged.tsx';
import { createPages } from '../../history/pages.store.ts';
import { formatMoment, t } from '../../locales/texts.ts';

/** Texts that people sent, where an operator has them; the words by which somebody has opted out stand out. */
export function Inbound() {
  const pages = useMemo(() => createPages<InboundMessage>((cursor) => inbound.page(cursor)), []);
  useEffect(() => void pages.load(), [pages]);
  return (
    <section class="card" aria-labelledby="inbound-title">
      <h2 id="inbound-title">{t('privacy.inbound.title')}</h2>
      <p class="help">{t('privacy.inbound.help')}</p>
      <Paged pages={pages} empty={t('privacy.inbound.empty')}>
        {(messages) => (
          <ul class="rows" aria-labelledby="inbound-title">
            {messages.map(({ id, number, text, keyword, receivedAt }) => (
              <li key={id}>
                <span>
                  <strong>{number.startsWith('+') ? formatNational(number) : number}</strong>{' '}
                  <small class="quiet">{formatMoment(receivedAt)}</small>
                  <br />
                  {text}
                </span>
                {keyword !== '' && <span class="tag tag-warn">{t('privacy.inbound.opted_out')}</span>}
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </section>
  );
}
