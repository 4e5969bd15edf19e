import { signal } from '@preact/signals';
import type { FoundMessage, FoundMessages } from '../../shared/api/messages.ts';
import type { Answer, Failure } from '../bridge/failure.ts';
import type { Pages } from './pages.store.ts';

/** Messages that are shown before somebody asks for more. */
const enough = 50;
/** Questions of one look: the server looks at some 100,000 messages for each by number, and fewer by name. */
const patience = 30;

/**
 * Messages that somebody looks for. The server looks through so many at a time; here it goes on by itself until there is
 * something to read, shows what there is meanwhile, and says how far back it is.
 */
export function createFound(read: (cursor: string | null) => Promise<Answer<FoundMessages>>) {
  const items = signal<FoundMessage[] | null>(null);
  const next = signal<string | null>(null);
  const failure = signal<Failure | null>(null);
  const isReading = signal(false);
  /** When what was looked at last was accepted, while the look is not at an end; milliseconds. */
  const lookedBackTo = signal<number | null>(null);
  let turn = 0;

  async function look(from: string | null): Promise<void> {
    const mine = ++turn;
    isReading.value = true;
    let cursor = from;
    let found: FoundMessage[] = from === null ? [] : (items.value ?? []);
    const wanted = found.length + enough;
    for (let asked = 0; asked < patience; asked++) {
      const answer = await read(cursor);
      // Something else is looked for by now.
      if (mine !== turn) return;
      failure.value = answer.ok ? null : answer.failure;
      if (!answer.ok) break;
      found = [...found, ...answer.value.items];
      cursor = answer.value.next;
      items.value = found;
      next.value = cursor;
      lookedBackTo.value = answer.value.lookedBackTo;
      if (cursor === null || found.length >= wanted) break;
    }
    isReading.value = false;
  }

  return {
    items,
    next,
    failure,
    isReading,
    lookedBackTo,
    load: (): Promise<void> => look(null),
    more: async (): Promise<void> => {
      if (next.value !== null && !isReading.value) await look(next.value);
    },
    renew(change: (item: FoundMessage) => FoundMessage): void {
      items.value = items.value?.map(change) ?? null;
    },
    /** Nobody waits for it any more. */
    stop(): void {
      turn++;
    },
  } satisfies Pages<FoundMessage> & Record<string, unknown>;
}
