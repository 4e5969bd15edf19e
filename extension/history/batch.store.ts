import { computed, signal } from '@preact/signals';
import type { Batch } from '../../shared/api/batches.ts';
import type { Message } from '../../shared/api/messages.ts';
import { api } from '../bridge/api.ts';
import type { Answer, Failure } from '../bridge/failure.ts';
import { history } from '../bridge/history-api.ts';
import { createSaving } from '../settings/resource.ts';
import { doneOf } from './counts.ts';
import { type MessageFilters, messageMatcherOf } from './matching.ts';
import { createPages } from './pages.store.ts';

const soonest = 1000;
const latest = 15_000;

/** One batch as it fares: asked again while its messages move, ever more rarely while they do not. */
export function createBatch(id: string) {
  const batch = signal<Batch | null>(null);
  const failure = signal<Failure | null>(null);
  /** Which of its messages are looked at. */
  const filters = signal<MessageFilters>({ state: null, search: '' });
  const messages = createPages<Message>((cursor) =>
    history.messagesOf(id, cursor, messageMatcherOf(filters.value)),
  );
  const acting = createSaving();
  const isOver = computed(() => batch.value !== null && doneOf(batch.value.counts) === batch.value.messages);
  let etag: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = soonest;
  let isStopped = false;

  async function look(): Promise<void> {
    clearTimeout(timer);
    const answer = await api.batches.get(id, etag);
    if (isStopped) return;
    failure.value = answer.ok ? null : answer.failure;
    if (answer.ok && answer.value !== null) {
      etag = answer.value.etag;
      batch.value = answer.value.value;
      pause = soonest;
      await renewMessages();
    } else {
      pause = Math.min(pause * 1.5, latest);
    }
    if (!isOver.value && !isStopped) timer = setTimeout(() => void look(), pause);
  }

  /** The pages that somebody has gone through are read again as far as they go; the rest when it is asked for. */
  async function renewMessages(): Promise<void> {
    if ((messages.items.value?.length ?? 0) <= 50) return messages.load();
    const fresh = await history.messagesOf(id, null, () => true);
    if (!fresh.ok || isStopped) return;
    const byId = new Map(fresh.value.items.map((message) => [message.id, message] as const));
    messages.renew((message) => byId.get(message.id) ?? message);
  }

  return {
    batch,
    failure,
    messages,
    acting,
    isOver,
    filters,
    async setFilters(part: Partial<MessageFilters>): Promise<void> {
      filters.value = { ...filters.value, ...part };
      await messages.load();
    },
    look,
    /** Does something to the batch, and shows what it is then. */
    async act<Value>(work: () => Promise<Answer<Value>>): Promise<{ value: Value } | null> {
      const done = await acting.save(work);
      // After a refusal too: it may have moved meanwhile.
      etag = null;
      await look();
      return done;
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

export type BatchStore = ReturnType<typeof createBatch>;
