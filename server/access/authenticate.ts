import type { MiddlewareHandler } from 'hono';
import { ProblemException } from '../../shared/api/problems.ts';
import { later } from '../messages/later.ts';
import { type Platform, sharesRequests } from '../platform/platform.ts';
import { isDueForTouch } from '../session/rules.ts';
import { sha256 } from '../session/secrets.ts';
import { actorOfApiKey, actorOfSession, touchApiKey, touchSession } from '../session/store.ts';
import type { AppEnv } from './actor.ts';

/** What an API key's secret begins with: it tells a key from a session, and scanners of leaked secrets know it. */
export const apiKeyPrefix = 'nadpis_';

/** Hashes of tokens lately seen: what a token hashes to never changes, and hashing takes longer than the read. */
const rememberedHashes = 10_000;

/**
 * Finds out who asks and refuses everyone else: a route is open only when it is named here.
 *
 * @param open routes that need nobody to be signed in, like `POST /v1/session`
 */
export function authenticate(platform: Platform, open: ReadonlySet<string>): MiddlewareHandler<AppEnv> {
  const hashes = new Map<string, string>();

  async function hashOf(token: string): Promise<string> {
    const known = hashes.get(token);
    if (known !== undefined) return known;
    const hash = await sha256(token);
    if (hashes.size >= rememberedHashes) hashes.clear();
    hashes.set(token, hash);
    return hash;
  }

  // Requests with one token that come at once share one read, made after the last of them has come.
  type Found = Awaited<ReturnType<typeof actorOfSession> | ReturnType<typeof actorOfApiKey>>;
  const asked = new Map<string, Promise<Found>>();

  const find = (hash: string, isKey: boolean): Promise<Found> =>
    isKey
      ? actorOfApiKey(platform.database, hash)
      : actorOfSession(platform.database, hash, platform.clock.now());

  function actorOf(hash: string, isKey: boolean): Promise<Found> {
    if (!sharesRequests(platform)) return find(hash, isKey);
    let found = asked.get(hash);
    if (found === undefined) {
      found = new Promise<void>(later).then((): Promise<Found> => {
        asked.delete(hash);
        return find(hash, isKey);
      });
      asked.set(hash, found);
    }
    return found;
  }

  return async (c, next) => {
    if (open.has(`${c.req.method} ${c.req.path}`)) return next();
    const token = bearerToken(c.req.header('authorization'));
    if (token === null) throw unauthenticated();
    const hash = await hashOf(token);
    const isKey = token.startsWith(apiKeyPrefix);
    const found = await actorOf(hash, isKey);
    const now = platform.clock.now();
    if (found === null) throw unauthenticated();
    if (isDueForTouch(found.usedAt, now)) {
      const touch = isKey ? touchApiKey : touchSession;
      platform.later(touch(platform.database, hash, now));
    }
    c.set('actor', found.actor);
    return next();
  };
}

/** The token of `Authorization: Bearer …` (RFC 6750); null when there is none that could be ours. */
function bearerToken(header: string | undefined): string | null {
  return /^Bearer +([\w-]{20,100})$/i.exec(header ?? '')?.[1] ?? null;
}

const unauthenticated = () =>
  new ProblemException('unauthenticated', { headers: { 'WWW-Authenticate': 'Bearer realm="nadpis"' } });
