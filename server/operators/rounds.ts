import type { OutgoingMessage, SendOutcome } from './operator.ts';

/**
 * The messages in as few rounds as hold each number once: operators drop a number's second text of one request as a
 * duplicate, and answer by number. Mostly one round.
 */
export function roundsOfDistinctNumbers<M extends { number?: string }>(messages: readonly M[]): M[][] {
  const rounds: M[][] = [];
  const met = new Map<string, number>();
  for (const message of messages) {
    const number = message.number ?? '';
    const round = met.get(number) ?? 0;
    met.set(number, round + 1);
    const place = rounds[round];
    if (place === undefined) rounds.push([message]);
    else place.push(message);
  }
  return rounds;
}

/**
 * Sends in one request; when the operator refuses it whole because one of our ids was there before, in halves, until
 * the ids that were there stand alone. Safe whatever the operator did with the refused request: it has just shown
 * that it refuses ids which it knows.
 *
 * @param sendOnce one request: an outcome a message in their order, or `duplicate`
 * @param settle what becomes of the one that was there
 */
export async function sendApart(
  messages: readonly OutgoingMessage[],
  sendOnce: (messages: readonly OutgoingMessage[]) => Promise<SendOutcome[] | 'duplicate'>,
  settle: (message: OutgoingMessage) => Promise<SendOutcome>,
): Promise<SendOutcome[]> {
  const outcomes = await sendOnce(messages);
  if (outcomes !== 'duplicate') return outcomes;
  const [only] = messages;
  if (only !== undefined && messages.length === 1) return [await settle(only)];
  const middle = Math.ceil(messages.length / 2);
  const halves = [
    ...(await sendApart(messages.slice(0, middle), sendOnce, settle)),
    ...(await sendApart(messages.slice(middle), sendOnce, settle)),
  ];
  // Some of these ids are with the operator already, so "this request did not take it" proves nothing for them.
  return halves.map((it) => (it.outcome === 'retryable' ? { ...it, outcome: 'unknown' as const } : it));
}

/** Pieces of at most `size`. */
export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}

/** What each item gives, in their order, with at most `width` under way at a time. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  act: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const waiting = items.entries();
  const work = async (): Promise<void> => {
    for (const [at, item] of waiting) results[at] = await act(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  return results;
}
