import { z } from 'zod';
import { pageOf } from '../../shared/api/paging.ts';
import { ask, type Client, read } from './call.ts';
import type { Answer } from './failure.ts';

type Query = { cursor?: string; limit?: string };

/** All pages of a list, in order. It stops at 100 pages of 1,000: more is no list that a person reads. */
export async function everyPage<Item extends z.ZodType>(
  item: Item,
  page: (client: Client, query: Query) => ReturnType<Parameters<typeof ask>[0]>,
): Promise<Answer<z.output<Item>[]>> {
  const items: z.output<Item>[] = [];
  let query: Query = { limit: '1000' };
  for (let at = 0; at < 100; at++) {
    const answer = read(pageOf(item), await ask((client) => page(client, query)));
    if (!answer.ok) return answer;
    items.push(...answer.value.items);
    if (answer.value.next === null) break;
    query = { ...query, cursor: answer.value.next };
  }
  return { ok: true, value: items };
}

/** Lists that are never long come in one piece. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item) }).transform(({ items }) => items);
