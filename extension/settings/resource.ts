import { signal } from '@preact/signals';
import type { Answer, Failure } from '../bridge/failure.ts';

export type ResourceState<Value> =
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'ready'; value: Value };

/** Something read from the server that a screen shows and can read again. */
export function createResource<Value>(load: () => Promise<Answer<Value>>) {
  const state = signal<ResourceState<Value>>({ kind: 'loading' });
  return {
    state,
    async load(): Promise<void> {
      const answer = await load();
      state.value = answer.ok
        ? { kind: 'ready', value: answer.value }
        : { kind: 'failed', failure: answer.failure };
    },
  };
}

export type Resource<Value> = ReturnType<typeof createResource<Value>>;

export type SavingState =
  | { kind: 'idle' }
  | { kind: 'saving' }
  | { kind: 'saved' }
  | { kind: 'failed'; failure: Failure };

/** One form's way to the server; a second press while it is on its way does nothing. */
export function createSaving() {
  const state = signal<SavingState>({ kind: 'idle' });
  return {
    state,
    /** The answer's value when it was saved, else null. */
    async save<Value>(work: () => Promise<Answer<Value>>): Promise<{ value: Value } | null> {
      if (state.value.kind === 'saving') return null;
      state.value = { kind: 'saving' };
      const answer = await work();
      state.value = answer.ok ? { kind: 'saved' } : { kind: 'failed', failure: answer.failure };
      return answer.ok ? { value: answer.value } : null;
    },
    /** The form was changed again: what was said about it no longer holds. */
    touch(): void {
      if (state.value.kind !== 'saving') state.value = { kind: 'idle' };
    },
  };
}

export type Saving = ReturnType<typeof createSaving>;
