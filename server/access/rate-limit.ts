import type { Context } from 'hono';
import { ProblemException } from '../../shared/api/problems.ts';
import type { Platform } from '../platform/platform.ts';
import { hmac } from '../session/secrets.ts';
import type { AppEnv } from './actor.ts';

export interface Limit {
  /** As the `RateLimit` headers call it. */
  name: string;
  /** Requests in one window. */
  quota: number;
  /** Milliseconds. */
  window: number;
}

/**
 * Counts a request against its limits, in the database: all servers over it count together and a restart forgets
 * nothing. Addresses are kept as HMACs. Says what is left in `RateLimit` and `RateLimit-Policy`
 * (draft-ietf-httpapi-ratelimit-headers).
 *
 * @param counted each limit with whom it counts for, e.g. an address
 * @throws {ProblemException} `rate-limited` with `Retry-After`
 */
export async function countRequest(
  platform: Platform,
  c: Context<AppEnv>,
  counted: readonly { limit: Limit; subject: string }[],
): Promise<void> {
  const now = platform.clock.now();
  const windows = await Promise.all(
    counted.map(async ({ limit, subject }) => ({
      limit,
      key: `${limit.name}:${await hmac(platform.settings.secret, 'rate-limit', subject)}`,
      start: now - (now % limit.window),
    })),
  );
  const results = await platform.database.batch([
    { sql: 'DELETE FROM rate_limits WHERE expires_at <= ?', args: [now] },
    ...windows.map(({ limit, key, start }) => ({
      sql: `INSERT INTO rate_limits (key, window_at, hits, expires_at) VALUES (?, ?, 1, ?)
            ON CONFLICT DO UPDATE SET hits = hits + 1 RETURNING hits`,
      args: [key, start, start + limit.window],
    })),
  ]);
  let wait = 0;
  const left: string[] = [];
  windows.forEach(({ limit, start }, at) => {
    const hits = Number(results[at + 1]?.rows[0]?.hits ?? 0);
    const seconds = Math.max(1, Math.ceil((start + limit.window - now) / 1000));
    left.push(`"${limit.name}";r=${Math.max(0, limit.quota - hits)};t=${seconds}`);
    if (hits > limit.quota) wait = Math.max(wait, seconds);
  });
  const headers = {
    'RateLimit-Policy': windows
      .map(({ limit }) => `"${limit.name}";q=${limit.quota};w=${limit.window / 1000}`)
      .join(', '),
    RateLimit: left.join(', '),
  };
  if (wait > 0) {
    throw new ProblemException('rate-limited', {
      facts: { retryAfter: wait },
      headers: { ...headers, 'Retry-After': String(wait) },
    });
  }
  for (const [name, value] of Object.entries(headers)) c.header(name, value);
}
