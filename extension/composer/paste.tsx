import { useSignal } from '@preact/signals';
import type { ClipboardEvent } from 'preact/compat';
import { t } from '../locales/texts.ts';
import type { Composer } from './composer.store.ts';
import { readPastedTable } from './paste.ts';

/** A table pasted anywhere on the recipients becomes recipients; text pasted into a field stays text. */
export function usePastedTable(composer: Composer) {
  return (event: ClipboardEvent<HTMLElement>): void => {
    const { target } = event;
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement) return;
    const capture = readPastedTable(
      event.clipboardData?.getData('text/plain') ?? '',
      Date.now(),
      crypto.randomUUID(),
    );
    if (capture === null) return;
    event.preventDefault();
    composer.receive({ capture, tabId: null });
  };
}

/** For grids that no reader can read (canvas, remote desktops): copy there, paste here. */
export function PasteTable({ composer, isOpen }: { composer: Composer; isOpen: boolean }) {
  const text = useSignal('');
  const hasFailed = useSignal(false);

  function take(): void {
    const capture = readPastedTable(text.value, Date.now(), crypto.randomUUID());
    hasFailed.value = capture === null;
    if (capture === null) return;
    text.value = '';
    composer.receive({ capture, tabId: null });
  }

  return (
    <details class="paste" open={isOpen}>
      <summary>{t('paste.title')}</summary>
      <label class="field">
        <span>{t('paste.label')}</span>
        <textarea
          rows={3}
          value={text.value}
          placeholder={t('paste.example')}
          aria-describedby={hasFailed.value ? 'paste-failed' : undefined}
          aria-invalid={hasFailed.value}
          onInput={(event) => {
            text.value = event.currentTarget.value;
            hasFailed.value = false;
          }}
        />
      </label>
      {hasFailed.value && (
        <p id="paste-failed" class="bad" role="alert">
          {t('paste.failed')}
        </p>
      )}
      <button type="button" onClick={take} disabled={text.value.trim() === ''}>
        {t('paste.take')}
      </button>
    </details>
  );
}
