import type { Problem } from '../../shared/api/problems.ts';

/** Why a call to the server has no answer to use. A value, so that every screen must say what it does about it. */
export type Failure =
  /** The server understood and said no, in the words of the catalogue. */
  | { kind: 'problem'; problem: Problem }
  /** No session, or it has ended. */
  | { kind: 'signed-out' }
  /** Nobody answered: the computer is offline, the server is down, or it took too long. */
  | { kind: 'unreachable'; why: 'offline' | 'network' | 'timeout' }
  /** Something answered that is not our API, e.g. a proxy's page. */
  | { kind: 'broken'; status: number };

export type Answer<Value> = { ok: true; value: Value } | { ok: false; failure: Failure };

/**
 * Whether a send that ended so may yet have been accepted: then only a retry with the same key and body is safe.
 * A refusal below 500 is an answer; silence, a proxy's page and a failure inside the server are none.
 */
export function mayHaveArrived(failure: Failure): boolean {
  if (failure.kind === 'signed-out') return false;
  if (failure.kind === 'problem') return failure.problem.status >= 500;
  return true;
}
