import { useState } from 'preact/hooks';
import { formatNumber, plural, t } from '../locales/texts.ts';
import type { Composer } from './composer.store.ts';
import { onPhones } from './sender.tsx';

const step = 20;

/** As each recipient will read it, under the name that they will see. */
export function Previews({ composer }: { composer: Composer }) {
  const [shown, setShown] = useState(step);
  const name = composer.company.value?.effectiveName?.name ?? '';
  const reviewed = new Map(composer.toSend.value.map((one) => [one.person.key, one]));
  const people = composer.text.value.text.trim() === '' ? [] : composer.cost.value.people;
  const rest = people.length - shown;
  return (
    <section class="card previews" aria-labelledby="previews-title">
      <h2 id="previews-title">{t('previews.title')}</h2>
      <div class="phone">
        <div class="phone-head">
          <span class="avatar" aria-hidden="true">
            {onPhones(name).slice(0, 1) || '?'}
          </span>
          <span>{onPhones(name) || t('sender.none')}</span>
        </div>
        {people.length === 0 && <p class="quiet phone-empty">{t('previews.empty')}</p>}
        <ul class="bubbles" aria-label={t('previews.title')}>
          {people.slice(0, shown).map(({ key, text, count }) => (
            <li key={key}>
              <span class="bubble-who">
                {reviewed.get(key)?.person.name || reviewed.get(key)?.number}
                {' · '}
                {plural('parts.each', count.parts)}
              </span>
              <p class="bubble">{text}</p>
            </li>
          ))}
        </ul>
        {rest > 0 && (
          <button type="button" class="link more" onClick={() => setShown(shown + step * 4)}>
            {t('more', formatNumber(rest))}
          </button>
        )}
      </div>
      {name !== '' && (
        <p class="help">
          {name.includes(' ') && `${t('previews.spaces', onPhones(name))} `}
          {t('previews.no_reply')}
        </p>
      )}
    </section>
  );
}
