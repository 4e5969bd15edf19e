import type { Actor } from '../access/actor.ts';
import type { Statement, Value } from '../database/database.ts';

/** A condition that must hold for the record to be written: the same as of the change that it tells of. */
export interface Guard {
  sql: string;
  args: readonly Value[];
}

/**
 * The audit record of a change, to stand in the same batch. `act` is like `company.changed`; `detail` holds no secrets
 * and no phone numbers: records are never erased.
 *
 * @param at milliseconds since the epoch
 */
export function auditRecord(
  actor: Pick<Actor, 'id' | 'organisationId'>,
  act: string,
  subject: string,
  detail: Record<string, unknown>,
  at: number,
  guard?: Guard,
): Statement {
  const args: Value[] = [actor.organisationId, actor.id, act, subject, JSON.stringify(detail), at];
  return guard === undefined
    ? {
        sql: 'INSERT INTO audit (organisation_id, by, act, subject, detail, at) VALUES (?, ?, ?, ?, ?, ?)',
        args,
      }
    : {
        sql: `INSERT INTO audit (organisation_id, by, act, subject, detail, at)
              SELECT ?, ?, ?, ?, ?, ? WHERE ${guard.sql}`,
        args: [...args, ...guard.args],
      };
}
