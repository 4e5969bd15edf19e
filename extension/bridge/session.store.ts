import { signal } from '@preact/signals';
import type { Session } from '../../shared/api/session.ts';
import { api } from './api.ts';
import type { Failure } from './failure.ts';
import { onTokenChanged } from './token.ts';

export type SessionState =
  | { kind: 'loading' }
  | { kind: 'signed-out' }
  | { kind: 'signed-in'; session: Session }
  /** We do not know: the server cannot be asked. `last` is what it said before. */
  | { kind: 'unknown'; failure: Failure; last: Session | null };

/** Who is signed in, for one page of the extension. */
export function createSessionStore() {
  const state = signal<SessionState>({ kind: 'loading' });
  let last: Session | null = null;
  let asked = 0;

  async function refresh(): Promise<void> {
    const turn = ++asked;
    const answer = await api.session.get();
    // A later question has been asked meanwhile: its answer counts.
    if (turn !== asked) return;
    if (answer.ok) {
      last = answer.value;
      state.value = { kind: 'signed-in', session: answer.value };
    } else if (answer.failure.kind === 'signed-out') {
      last = null;
      state.value = { kind: 'signed-out' };
    } else {
      state.value = { kind: 'unknown', failure: answer.failure, last };
    }
  }

  /** Follows sign-ins and sign-outs of other pages, and asks again when the page is looked at. */
  function watch(): () => void {
    const look = (): void => {
      if (document.visibilityState === 'visible') void refresh();
    };
    const stop = onTokenChanged(() => void refresh());
    document.addEventListener('visibilitychange', look);
    globalThis.addEventListener('online', look);
    void refresh();
    return () => {
      stop();
      document.removeEventListener('visibilitychange', look);
      globalThis.removeEventListener('online', look);
    };
  }

  return { state, refresh, watch };
}

export type SessionStore = ReturnType<typeof createSessionStore>;

/** The session as far as it is known, also while the server is silent. */
export function knownSession(state: SessionState): Session | null {
  if (state.kind === 'signed-in') return state.session;
  return state.kind === 'unknown' ? state.last : null;
}
