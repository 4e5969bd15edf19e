import { useSignal } from '@preact/signals';
import { t } from '../locales/texts.ts';

/** Removing takes two presses: the second one is asked for where the first one was. `label` names what goes. */
export function RemoveButton({ label, remove }: { label: string; remove: () => void }) {
  const isAsking = useSignal(false);
  if (!isAsking.value) {
    return (
      <button
        type="button"
        class="link bad"
        aria-label={label}
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {t('remove')}
      </button>
    );
  }
  return (
    <span class="note-actions" role="alert">
      <button type="button" class="link bad" onClick={remove}>
        {t('remove_really')}
      </button>
      <button
        type="button"
        class="link"
        onClick={() => {
          isAsking.value = false;
        }}
      >
        {t('keep')}
      </button>
    </span>
  );
}
