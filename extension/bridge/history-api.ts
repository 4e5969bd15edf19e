import { Batch, BatchAccepted } from '../../shared/api/batches.ts';
import {
  FoundMessage,
  FoundMessages,
  Message,
  type MessageSearch,
  MessageTimeline,
} from '../../shared/api/messages.ts';
import { pageOf } from '../../shared/api/paging.ts';
import { ask, read } from './call.ts';
import type { Answer } from './failure.ts';
import { everyPage } from './paging.ts';

/** Rows of one page: what a person looks through before the next one is asked for. */
const rows = 50;
/** Rows of one question where they are looked through for some that match. */
const many = 1000;
/** Questions that one look may take: 20,000 rows. */
const patience = 20;

/** What messages are looked for by. */
type Looking = Omit<MessageSearch, 'cursor' | 'limit'>;

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

const pageQuery = (limit: number, cursor: string | null) => ({
  limit: String(limit),
  ...(cursor === null ? {} : { cursor }),
});

/** Reads on until a page of what matches is found, or nothing is left, or `isEnough` of a page that was read. */
async function readOn<Item>(
  page: (query: { limit: string; cursor?: string }) => Promise<Answer<Page<Item>>>,
  cursor: string | null,
  matches: (item: Item) => boolean,
  isEnough: (items: Item[]) => boolean = () => false,
): Promise<Answer<Page<Item>>> {
  const items: Item[] = [];
  let next = cursor;
  for (let asked = 0; asked < patience; asked++) {
    // The first question is a small one: mostly everything matches.
    const answer = await page(pageQuery(asked === 0 ? rows : many, next));
    if (!answer.ok) return answer;
    items.push(...answer.value.items.filter(matches));
    next = isEnough(answer.value.items) ? null : answer.value.next;
    if (next === null || items.length >= rows) break;
  }
  return { ok: true, value: { items, next } };
}

/** What was sent, and what became of it. */
export const history = {
  /** Newest first, those that match; none is looked for that is older than `since` (milliseconds). */
  batches: (cursor: string | null, matches: (batch: Batch) => boolean, since: number) =>
    readOn(
      async (query) => read(pageOf(Batch), await ask((client) => client.v1.batches.$get({ query }))),
      cursor,
      matches,
      (batches) => (batches.at(-1)?.createdAt ?? since) < since,
    ),
  /** Of one batch, in the order of its recipients, those that match. */
  messagesOf: (id: string, cursor: string | null, matches: (message: Message) => boolean) =>
    readOn(
      async (query) =>
        read(
          pageOf(Message),
          await ask((client) => client.v1.batches[':id'].messages.$get({ param: { id }, query })),
        ),
      cursor,
      matches,
    ),
  /** Of all batches, newest first, those that are looked for: as far as one question goes. */
  find: async (search: Looking, cursor: string | null) =>
    read(
      FoundMessages,
      await ask((client) =>
        client.v1.messages.search.$post({
          json: { ...search, limit: rows, ...(cursor === null ? {} : { cursor }) },
        }),
      ),
    ),
  /** All of them, for a file. */
  findAll: (search: Looking) =>
    everyPage(FoundMessage, (client, { cursor }) =>
      client.v1.messages.search.$post({
        json: { ...search, limit: many, ...(cursor === undefined ? {} : { cursor }) },
      }),
    ),
  message: async (id: string) =>
    read(MessageTimeline, await ask((client) => client.v1.messages[':id'].$get({ param: { id } }))),
  /** `key` belongs to this retry, as one does to a send. */
  retry: async (id: string, key: string) =>
    read(
      BatchAccepted,
      await ask((client) =>
        client.v1.batches[':id'].retry.$post({ param: { id }, header: { 'idempotency-key': key } }),
      ),
    ),
  cancelMessage: async (id: string) =>
    read(MessageTimeline, await ask((client) => client.v1.messages[':id'].cancel.$post({ param: { id } }))),
  cancel: async (id: string) =>
    read(Batch, await ask((client) => client.v1.batches[':id'].cancel.$post({ param: { id } }))),
};
