import type { Context } from 'hono';
import type { ApiKeyScope } from '../../shared/api/people.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { Role } from '../../shared/api/session.ts';
import type { Claim } from './claim.ts';

/** Who asks: a signed-in person, or a program with an API key. Every query is bound to its organisation. */
export interface Actor {
  kind: 'person' | 'api-key';
  /** `per_…` or `key_…`: what audit records and `created_by` say. */
  id: string;
  organisationId: string;
  /** Of a person; an API key has none. */
  roles: readonly Role[];
  /** Of an API key; a person has none. */
  scopes: readonly ApiKeyScope[];
  /** Companies that it may send for; null: all of the organisation. */
  companies: ReadonlySet<string> | null;
  /** The person's session; null for an API key. */
  session: { id: string; expiresAt: number } | null;
}

/**
 * What the application keeps with a request. `actor` is there on every route under `/v1` that is not open; on one that
 * finds it out together with what it reads there is a `claim` first (`asWhoAsks`).
 */
export interface AppEnv {
  Variables: { requestId: string; actor?: Actor; claim?: Claim };
}

/** @throws {ProblemException} 401 where nobody is signed in */
export function actorOf(c: Context<AppEnv>): Actor {
  const actor = c.get('actor');
  if (actor === undefined) throw new ProblemException('unauthenticated');
  return actor;
}

/** The signed-in person. @throws {ProblemException} 401, or 403 for an API key */
export function personOf(c: Context<AppEnv>): Actor {
  const actor = actorOf(c);
  if (actor.kind !== 'person')
    throw new ProblemException('forbidden', { detail: 'An API key may not do this' });
  return actor;
}

/** An administrator: configures, names, people, packages. @throws {ProblemException} 401 or 403 */
export function administratorOf(c: Context<AppEnv>): Actor {
  const actor = personOf(c);
  if (!actor.roles.includes('administrator')) throw new ProblemException('forbidden');
  return actor;
}

/** Someone who may read what the organisation has. @throws {ProblemException} 401, or 403 for a key without `read` */
export const readerOf = (c: Context<AppEnv>): Actor => asReader(actorOf(c));

/** The same of somebody who is known. @throws {ProblemException} 403 for a key without `read` */
export function asReader(actor: Actor): Actor {
  if (actor.kind === 'api-key' && !actor.scopes.includes('read')) {
    throw new ProblemException('forbidden', { detail: 'The API key does not have the scope read' });
  }
  return actor;
}
