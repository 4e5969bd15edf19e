import { signal } from '@preact/signals';
import type { BatchAccepted, BatchDraftInput } from '../../shared/api/batches.ts';
import type { Answer, Failure } from '../bridge/failure.ts';
import { mayHaveArrived } from '../bridge/failure.ts';
import type { PendingSend } from './draft.storage.ts';

export type SendingState =
  | { kind: 'idle' }
  | { kind: 'sending' }
  /** No answer came: the batch may have been accepted or not. Only a retry of the very same send is safe. */
  | { kind: 'in-doubt'; failure: Failure | null; at: number }
  /** The server said no; nothing was sent. */
  | { kind: 'refused'; failure: Failure }
  | { kind: 'sent'; accepted: BatchAccepted };

interface Ports {
  send(body: BatchDraftInput, key: string): Promise<Answer<BatchAccepted>>;
  /** Writes down the send before it leaves; null: it did not go, and the draft may go on. */
  keep(pending: PendingSend | null): Promise<void>;
  /** Forgets the draft with its send: it went. */
  spend(): Promise<void>;
  now(): number;
  newKey(): string;
}

/**
 * One send, at most once: the key is made when the user sends, written down with the body before the call, and repeated
 * with that same body until an answer is known, also by a composer opened after a crash.
 */
export function createSending(ports: Ports) {
  const state = signal<SendingState>({ kind: 'idle' });
  let pending: PendingSend | null = null;
  let isBusy = false;

  async function attempt(send: PendingSend): Promise<void> {
    isBusy = true;
    state.value = { kind: 'sending' };
    try {
      await ports.keep(send);
      const answer = await ports.send(send.body, send.key);
      if (answer.ok) {
        pending = null;
        await ports.spend();
        state.value = { kind: 'sent', accepted: answer.value };
      } else if (mayHaveArrived(answer.failure)) {
        state.value = { kind: 'in-doubt', failure: answer.failure, at: send.at };
      } else {
        pending = null;
        await ports.keep(null);
        state.value = { kind: 'refused', failure: answer.failure };
      }
    } finally {
      isBusy = false;
    }
  }

  return {
    state,

    /** Does nothing while a send is on its way or in doubt: a double click sends once. */
    async start(body: BatchDraftInput): Promise<void> {
      if (isBusy || pending !== null) return;
      pending = { key: ports.newKey(), body, at: ports.now() };
      await attempt(pending);
    },

    /** Repeats the send in doubt: same key, same body. */
    async retry(): Promise<void> {
      if (isBusy || pending === null) return;
      await attempt(pending);
    },

    /** Leaves a send in doubt behind, by the user's word: another send may then reach people twice. */
    async giveUp(): Promise<void> {
      if (isBusy) return;
      pending = null;
      await ports.keep(null);
      state.value = { kind: 'idle' };
    },

    /** Takes up what a closed or crashed composer left behind. */
    resume(left: PendingSend | null): void {
      if (left === null) return;
      pending = left;
      state.value = { kind: 'in-doubt', failure: null, at: left.at };
    },

    /** Back to writing after a refusal or a finished send. */
    reset(): void {
      if (state.value.kind === 'refused' || state.value.kind === 'sent') state.value = { kind: 'idle' };
    },

    body: (): BatchDraftInput | null => pending?.body ?? null,
  };
}

export type Sending = ReturnType<typeof createSending>;
