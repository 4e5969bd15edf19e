import { useSignal } from '@preact/signals';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, plural, t } from '../locales/texts.ts';
import type { Composer } from './composer.store.ts';

/** No answer came to a send. Nobody knows whether it went; only the same send again is safe. */
export function Doubt({ composer }: { composer: Composer }) {
  const isGivingUp = useSignal(false);
  const state = composer.sending.state.value;
  const body = composer.sending.body();
  if (state.kind !== 'in-doubt' || body === null) return null;
  return (
    <main class="composer doubt" aria-labelledby="doubt-title">
      <div class="note note-warn" role="alert">
        <h1 id="doubt-title">{t('doubt.title')}</h1>
        {state.failure !== null && <p>{textOfFailure(state.failure)}</p>}
        <p>{t('doubt.text')}</p>
      </div>
      <dl class="facts">
        <div>
          <dt>{t('doubt.when')}</dt>
          <dd>{formatInstant(state.at)}</dd>
        </div>
        <div>
          <dt>{t('recipients.title')}</dt>
          <dd>{plural('parts.people', body.recipients.length)}</dd>
        </div>
        <div>
          <dt>{t('text.title')}</dt>
          <dd class="bubble">{body.text}</dd>
        </div>
      </dl>
      {composer.held.value !== null && <p class="note">{t('doubt.held')}</p>}
      <div class="actions">
        <button type="button" class="primary" onClick={() => void composer.retry()}>
          {t('doubt.retry')}
        </button>
        {isGivingUp.value ? (
          <div class="note note-bad" role="alert">
            <p>{t('doubt.give_up_warning')}</p>
            <button type="button" onClick={() => void composer.startAgain()}>
              {t('doubt.give_up_anyway')}
            </button>
          </div>
        ) : (
          <button
            type="button"
            onClick={() => {
              isGivingUp.value = true;
            }}
          >
            {t('doubt.give_up')}
          </button>
        )}
      </div>
    </main>
  );
}
