import { effect } from '@preact/signals';
import type { ComposerPlace } from '../bridge/incoming.ts';
import { type StoredDraft, writeDraft } from './draft.storage.ts';

type Change = Partial<StoredDraft>;

/** Writes changes a moment after the last one, and at once when the page goes away. */
export function createSaving(place: ComposerPlace, isUnsaved: { value: boolean }) {
  /** `read` gives what to store; it is read again whenever a signal that it uses changes. Returns how to stop. */
  function follow(read: () => Change): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let waiting: Change | null = null;
    let isFirst = true;

    async function write(): Promise<void> {
      clearTimeout(timer);
      if (waiting === null) return;
      const change = waiting;
      waiting = null;
      isUnsaved.value = await writeDraft(place, change).then(
        () => false,
        () => true,
      );
    }

    const flush = (): void => void write();
    const stop = effect(() => {
      const change = read();
      // What was just read from the store needs no writing.
      if (isFirst) {
        isFirst = false;
        return;
      }
      waiting = change;
      clearTimeout(timer);
      timer = setTimeout(flush, 250);
    });
    globalThis.addEventListener('pagehide', flush);
    document.addEventListener('visibilitychange', flush);
    return () => {
      flush();
      stop();
      globalThis.removeEventListener('pagehide', flush);
      document.removeEventListener('visibilitychange', flush);
    };
  }

  return { follow };
}
