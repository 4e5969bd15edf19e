import { messageStates } from '../../shared/api/messages.ts';
import { textOfFailure, textOfMessageState } from '../locales/code-text.ts';
import { formatNumber, t } from '../locales/texts.ts';
import type { Result } from './result.store.ts';

/** How far the batch is, in numbers that a screen reader hears when they change. */
export function Progress({ result }: { result: Result }) {
  const total = result.accepted.messages;
  const counts = messageStates.flatMap((state) => {
    const count = result.counts.value.get(state) ?? 0;
    return count === 0 ? [] : [{ state, count }];
  });
  return (
    <div class="progress">
      <progress
        class={result.isOver.value ? 'over' : ''}
        max={total}
        value={result.done.value}
        aria-label={t('progress.title')}
      />
      <p role="status">
        {result.isOver.value ? t('progress.over') : t('progress.done_of', result.done.value, total)}
      </p>
      <ul class="state-counts">
        {counts.map(({ state, count }) => (
          <li key={state}>
            <span class={`state state-${state}`}>{textOfMessageState(state)}</span> {formatNumber(count)}
          </li>
        ))}
      </ul>
      {result.failure.value !== null && <p class="note note-warn">{textOfFailure(result.failure.value)}</p>}
    </div>
  );
}
