import { signal } from '@preact/signals';
import type { Answer, Failure } from '../bridge/failure.ts';
import type { Page } from '../bridge/history-api.ts';

/** A long list of the server's, read page by page as somebody looks through it. */
export function createPages<Item>(read: (cursor: string | null) => Promise<Answer<Page<Item>>>) {
  /** Null: nothing has been read yet. */
  const items = signal<Item[] | null>(null);
  const next = signal<string | null>(null);
  const failure = signal<Failure | null>(null);
  const isReading = signal(false);
  let turn = 0;

  async function ask(cursor: string | null): Promise<void> {
    const mine = ++turn;
    isReading.value = true;
    const answer = await read(cursor);
    // Another question was asked meanwhile, e.g. by another filter: its answer counts.
    if (mine !== turn) return;
    isReading.value = false;
    failure.value = answer.ok ? null : answer.failure;
    if (!answer.ok) return;
    items.value = cursor === null ? answer.value.items : [...(items.value ?? []), ...answer.value.items];
    next.value = answer.value.next;
  }

  return {
    items,
    next,
    failure,
    isReading,
    /** From the beginning; what is shown stays until the answer is there. */
    load: (): Promise<void> => ask(null),
    more: async (): Promise<void> => {
      if (next.value !== null && !isReading.value) await ask(next.value);
    },
    /** Puts changed items in the place of what was read before. */
    renew(change: (item: Item) => Item): void {
      items.value = items.value?.map(change) ?? null;
    },
  };
}

export type Pages<Item> = ReturnType<typeof createPages<Item>>;
