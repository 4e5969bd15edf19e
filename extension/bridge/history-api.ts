import { Batch } from '../../shared/api/batches.ts';
import { Message, MessageTimeline } from '../../shared/api/messages.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { ask, read } from './call.ts';
import type { Answer } from './failure.ts';

/** Rows of one page: what a person looks through before the next one is asked for. */
const rows = 50;
/** Batches of one question where they are only counted or looked through. */
const many = 1000;
/** Questions that one look may take: 20,000 batches. */
const patience = 20;

const pageQuery = (limit: number, cursor: string | null) => ({
  limit: String(limit),
  ...(cursor === null ? {} : { cursor }),
});

const batches = async (limit: number, cursor: string | null) =>
  read(pageOf(Batch), await ask((client) => client.v1.batches.$get({ query: pageQuery(limit, cursor) })));

interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** What was sent, and what became of it. */
export const history = {
  /**
   * Newest first, those that match. It looks on until a page of them is found, or nothing is left that is not older
   * than `since` (milliseconds).
   */
  async batches(
    cursor: string | null,
    matches: (batch: Batch) => boolean,
    since: number,
  ): Promise<Answer<Page<Batch>>> {
    const items: Batch[] = [];
    let next = cursor;
    for (let asked = 0; asked < patience; asked++) {
      // The cursor stands after whole pages: a smaller one loses nothing where everything matches.
      const answer = await batches(items.length === 0 && asked === 0 ? rows : many, next);
      if (!answer.ok) return answer;
      items.push(...answer.value.items.filter(matches));
      next = answer.value.next;
      const last = answer.value.items.at(-1);
      if (last !== undefined && last.createdAt < since) next = null;
      if (next === null || items.length >= rows) break;
    }
    return { ok: true, value: { items, next } };
  },
  messagesOf: async (id: string, cursor: string | null) =>
    read(
      pageOf(Message),
      await ask((client) =>
        client.v1.batches[':id'].messages.$get({ param: { id }, query: pageQuery(rows, cursor) }),
      ),
    ),
  message: async (id: string) =>
    read(MessageTimeline, await ask((client) => client.v1.messages[':id'].$get({ param: { id } }))),
  cancel: async (id: string) =>
    read(Batch, await ask((client) => client.v1.batches[':id'].cancel.$post({ param: { id } }))),
};
