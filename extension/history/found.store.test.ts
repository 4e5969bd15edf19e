import { expect, test } from 'vitest';
import type { FoundMessage, FoundMessages } from '../../shared/api/messages.ts';
import { createFound } from './found.store.ts';

const message = (n: number) => ({ id: `msg_${n}` }) as FoundMessage;
const page = (items: number[], next: string | null, lookedBackTo: number | null = null) => ({
  ok: true as const,
  value: { items: items.map(message), next, lookedBackTo } satisfies FoundMessages,
});
const shown = (found: ReturnType<typeof createFound>) => found.items.value?.map(({ id }) => id);

test('a look goes on by itself past stretches without a match, to the end', async () => {
  const pages = [page([], 'a', 3), page([1], 'b', 2), page([2], null)];
  const asked: (string | null)[] = [];
  const found = createFound(async (cursor) => {
    asked.push(cursor);
    return pages.shift() ?? page([], null);
  });
  await found.load();
  expect(asked).toEqual([null, 'a', 'b']);
  expect(shown(found)).toEqual(['msg_1', 'msg_2']);
  expect([found.next.value, found.lookedBackTo.value, found.isReading.value]).toEqual([null, null, false]);
});

test('it ends after so many questions, says how far back it is, and goes on when it is asked to', async () => {
  let asked = 0;
  const found = createFound(async () => page([], `c${++asked}`, 1000 - asked));
  await found.load();
  expect(asked).toBe(30);
  expect(shown(found)).toEqual([]);
  expect(found.lookedBackTo.value).toBe(970);
  await found.more();
  expect(asked).toBe(60);
});

test('fifty are enough to read; the rest when it is asked for', async () => {
  const all = Array.from({ length: 120 }, (_, at) => at);
  const found = createFound(async (cursor) => {
    const from = Number(cursor ?? 0);
    return page(all.slice(from, from + 50), from + 50 < all.length ? String(from + 50) : null);
  });
  await found.load();
  expect(shown(found)).toHaveLength(50);
  await found.more();
  await found.more();
  expect(shown(found)).toHaveLength(120);
});

test('what is found stays when the connection breaks in between', async () => {
  const pages = [
    page([1], 'a', 5),
    { ok: false as const, failure: { kind: 'unreachable' as const, why: 'network' as const } },
  ];
  const found = createFound(async () => pages.shift() ?? page([], null));
  await found.load();
  expect(shown(found)).toEqual(['msg_1']);
  expect(found.failure.value).toEqual({ kind: 'unreachable', why: 'network' });
  expect([found.next.value, found.isReading.value]).toEqual(['a', false]);
});

test('the answer to an earlier question is not shown for a later one', async () => {
  let answer = (_: ReturnType<typeof page>): void => {};
  const slow = new Promise<ReturnType<typeof page>>((resolve) => {
    answer = resolve;
  });
  let asked = 0;
  const found = createFound(() => (asked++ === 0 ? slow : Promise.resolve(page([2], null))));
  const first = found.load();
  await found.load();
  answer(page([1], null));
  await first;
  expect(shown(found)).toEqual(['msg_2']);
});
