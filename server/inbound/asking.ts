import type { Router } from '../messages/dispatch/routing.ts';
import type { Platform } from '../platform/platform.ts';
import { storeInbound } from './store.ts';

const minute = 60_000;
/** How often an account is asked. */
const pause = 5 * minute;
/** Texts that an operator writes into its books late; those that are known already change nothing. */
const overlap = 60 * minute;
/** The first question goes back so far. */
const first = 24 * 60 * minute;

type Parts = Pick<Platform, 'database' | 'clock' | 'log'>;

/**
 * Asks accounts that do not push for the texts that came in, each once however many servers there are. Whoever asks for
 * no more is put on the operator's own list, too: a second net below ours.
 */
export async function askInbound(platform: Parts, router: Pick<Router, 'current'>): Promise<void> {
  const { database, clock, log } = platform;
  const { operators } = await router.current();
  const asked = operators.filter((it) => it.inbound !== undefined);
  if (asked.length === 0) return;
  const now = clock.now();
  const known = await database.query({ sql: 'SELECT operator, next_at FROM inbound_rounds' });
  for (const operator of asked) {
    const row = known.find((it) => it.operator === operator.name);
    if (row !== undefined && Number(row.next_at) > now) continue;
    const [claimed] = await database.batch([
      {
        sql: `INSERT INTO inbound_rounds (operator, next_at, since) VALUES (?, ?, ?)
          ON CONFLICT (operator) DO UPDATE SET next_at = excluded.next_at WHERE next_at <= ? RETURNING since`,
        args: [operator.name, now + pause, now - first, now],
      },
    ]);
    const since = claimed?.rows[0]?.since;
    // Another server has taken it.
    if (since === undefined) continue;
    const answer = await operator.inbound?.(Number(since));
    if (answer === undefined) continue;
    if (!answer.ok) {
      log.warn('an operator did not tell what came in', { account: operator.name, detail: answer.detail });
      continue;
    }
    const [, stored] = await database.batch([
      ...storeInbound(operator.name, answer.value, now),
      {
        sql: 'UPDATE inbound_rounds SET since = ? WHERE operator = ?',
        args: [now - overlap, operator.name],
      },
    ]);
    if (answer.value.length === 0) continue;
    for (const { number, keyword } of stored?.rows ?? []) {
      if (keyword !== '') await operator.block?.(String(number));
    }
  }
}
