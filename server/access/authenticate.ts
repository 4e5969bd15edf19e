import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import { ProblemException } from '../../shared/api/problems.ts';
import { later } from '../messages/later.ts';
import { type Platform, sharesRequests } from '../platform/platform.ts';
import { isDueForTouch } from '../session/rules.ts';
import { sha256 } from '../session/secrets.ts';
import {
  type Found,
  touchApiKey,
  touchSession,
  type WhoAsks,
  whoHasApiKey,
  whoHasSession,
} from '../session/store.ts';
import type { Actor, AppEnv } from './actor.ts';
import { Claim } from './claim.ts';

/** What an API key's secret begins with: it tells a key from a session, and scanners of leaked secrets know it. */
export const apiKeyPrefix = 'nadpis_';

/** Tokens lately seen. What one hashes to never changes, and hashing takes longer than the read. */
const rememberedTokens = 10_000;

interface Remembered {
  hash: string;
  isKey: boolean;
  /** Whom it belonged to when it was looked up last. */
  actor: Actor | null;
}

export interface WhoMayCome {
  /** Routes that need nobody to be signed in, like `POST /v1/session`. */
  open: ReadonlySet<string>;
  /** Routes that find out who asks together with what they read, by `asWhoAsks`: `GET /v1/batches/:id`. */
  together: ReadonlySet<string>;
}

/** Finds out who asks and refuses everyone else: a route is open only when it is named as such. */
export function authenticate(platform: Platform, { open, together }: WhoMayCome): MiddlewareHandler<AppEnv> {
  const { database, clock } = platform;
  const tokens = new Map<string, Remembered>();

  async function remember(token: string): Promise<Remembered> {
    const known = tokens.get(token);
    if (known !== undefined) return known;
    const fresh = { hash: await sha256(token), isKey: token.startsWith(apiKeyPrefix), actor: null };
    if (tokens.size >= rememberedTokens) tokens.clear();
    tokens.set(token, fresh);
    return fresh;
  }

  const question = ({ hash, isKey }: Remembered): WhoAsks =>
    isKey ? whoHasApiKey(hash) : whoHasSession(hash, clock.now());

  const look = async (token: Remembered): Promise<Found | null> => {
    const { statement, read } = question(token);
    return read(await database.query(statement));
  };

  // Requests with one token that come at once share one read, made after the last of them has come.
  const asked = new Map<string, Promise<Found | null>>();

  function find(token: Remembered): Promise<Found | null> {
    if (!sharesRequests(platform)) return look(token);
    let found = asked.get(token.hash);
    if (found === undefined) {
      found = new Promise<void>(later).then(() => {
        asked.delete(token.hash);
        return look(token);
      });
      asked.set(token.hash, found);
    }
    return found;
  }

  /** What was found is the truth from now on. @throws {ProblemException} 401 for nobody */
  function settle(c: Context<AppEnv>, token: Remembered, found: Found | null): Actor {
    token.actor = found?.actor ?? null;
    if (found === null) throw unauthenticated();
    const now = clock.now();
    if (isDueForTouch(found.usedAt, now)) {
      const touch = token.isKey ? touchApiKey : touchSession;
      platform.later(touch(database, token.hash, now));
    }
    c.set('actor', found.actor);
    return found.actor;
  }

  return async (c, next) => {
    if (open.has(`${c.req.method} ${c.req.path}`)) return next();
    const given = bearerToken(c.req.header('authorization'));
    if (given === null) throw unauthenticated();
    const token = await remember(given);
    if (token.actor === null || !together.has(`${c.req.method} ${routePath(c, -1)}`)) {
      settle(c, token, await find(token));
      return next();
    }
    const claim = new Claim(token.actor, question(token), (found) => settle(c, token, found));
    c.set('claim', claim);
    await next();
    // A route that did not come to its read, e.g. as the request has not the expected form: that, too, is told to
    // somebody who is known.
    if (!claim.settled) await claim.lookUp(database);
  };
}

/** The token of `Authorization: Bearer …` (RFC 6750); null when there is none that could be ours. */
function bearerToken(header: string | undefined): string | null {
  return /^Bearer +([\w-]{20,100})$/i.exec(header ?? '')?.[1] ?? null;
}

const unauthenticated = () =>
  new ProblemException('unauthenticated', { headers: { 'WWW-Authenticate': 'Bearer realm="nadpis"' } });
