import { signal } from '@preact/signals';
import type { BatchDraftInput, BatchPreview } from '../../shared/api/batches.ts';
import type { Answer, Failure } from '../bridge/failure.ts';

export type PreviewState =
  | { kind: 'none' }
  | { kind: 'asking' }
  /** `body` is what was asked, so that an answer is never held against another draft. */
  | { kind: 'known'; body: BatchDraftInput; preview: BatchPreview }
  | { kind: 'refused'; body: BatchDraftInput; failure: Failure };

const pause = 350;

/** The server's own word on the draft, asked a moment after the last change; an older question is called off. */
export function createPreviewing(
  ask: (body: BatchDraftInput, signal: AbortSignal) => Promise<Answer<BatchPreview>>,
) {
  const state = signal<PreviewState>({ kind: 'none' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;

  function stop(): void {
    clearTimeout(timer);
    running?.abort();
    running = undefined;
  }

  return {
    state,
    /** Null: there is nothing to ask about yet. */
    update(body: BatchDraftInput | null): void {
      stop();
      if (body === null) {
        state.value = { kind: 'none' };
        return;
      }
      if (state.peek().kind === 'none') state.value = { kind: 'asking' };
      timer = setTimeout(async () => {
        const mine = new AbortController();
        running = mine;
        const answer = await ask(body, mine.signal);
        if (mine.signal.aborted) return;
        state.value = answer.ok
          ? { kind: 'known', body, preview: answer.value }
          : { kind: 'refused', body, failure: answer.failure };
      }, pause);
    },
    stop,
  };
}
