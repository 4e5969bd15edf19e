import { computed, signal } from '@preact/signals';
import type { BatchAccepted } from '../../shared/api/batches.ts';
import { finalStates, type Message, type MessageState } from '../../shared/api/messages.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';
import { sendMessage } from '../bridge/messages.ts';
import type { DraftPeople, DraftPerson } from './draft.ts';

const soonest = 800;
const latest = 10_000;

/** A batch that was accepted: its messages as they fare, until none of them can change any more. */
export function createResult(accepted: BatchAccepted, { people, origins }: DraftPeople) {
  const messages = signal<Message[]>([]);
  const failure = signal<Failure | null>(null);
  const byKey = new Map(people.map((person) => [person.key, person]));
  let etag: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = soonest;
  let isStopped = false;

  const counts = computed(() => {
    const counted = new Map<MessageState, number>();
    for (const { state } of messages.value) counted.set(state, (counted.get(state) ?? 0) + 1);
    return counted;
  });
  const done = computed(() => messages.value.filter(({ state }) => finalStates.has(state)).length);
  const isOver = computed(() => messages.value.length > 0 && done.value === messages.value.length);

  async function look(): Promise<void> {
    const hasNews = await ask();
    if (isStopped || isOver.value) return;
    pause = hasNews ? soonest : Math.min(pause * 1.4, latest);
    timer = setTimeout(() => void look(), pause);
  }

  async function ask(): Promise<boolean> {
    const answer = await api.batches.get(accepted.id, etag);
    failure.value = answer.ok ? null : answer.failure;
    if (!answer.ok || answer.value === null || isStopped) return false;
    const list = await api.batches.messages(accepted.id);
    failure.value = list.ok ? null : list.failure;
    if (!list.ok) return false;
    etag = answer.value.etag;
    messages.value = list.value;
    // The background may have been ended by the browser meanwhile: this wakes it.
    tellLists();
    return true;
  }

  /** Lets every list that people came from show how its rows fare, also after the composer is closed. */
  function tellLists(): void {
    for (const [index, { tabId, list }] of origins.entries()) {
      if (tabId === null || list === null) continue;
      const rows: Record<string, string> = {};
      for (const { key, row, origin } of people) if (origin === index) rows[key] = row;
      sendMessage('followBatch', { batchId: accepted.id, tabId, list, rows }).catch(() => undefined);
    }
  }

  return {
    accepted,
    messages,
    counts,
    done,
    isOver,
    failure,
    personOf: (reference: string): DraftPerson | null => byKey.get(reference) ?? null,
    start(): void {
      tellLists();
      void look();
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

export type Result = ReturnType<typeof createResult>;
