import { useSignal } from '@preact/signals';
import { t } from '../locales/texts.ts';

/**
 * Removing takes two presses: the second one is asked for where the first one was. `label` names what goes; `words` stand on
 * the two buttons where it is not called removing.
 */
export function RemoveButton(props: {
  label: string;
  remove: () => void;
  words?: { remove: string; really: string };
}) {
  const { label, remove, words } = props;
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
        {words?.remove ?? t('remove')}
      </button>
    );
  }
  return (
    <span class="note-actions" role="alert">
      <button type="button" class="link bad" onClick={remove}>
        {words?.really ?? t('remove_really')}
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
