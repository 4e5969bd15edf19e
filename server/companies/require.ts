import { ProblemException } from '../../shared/api/problems.ts';
import type { Database } from '../database/database.ts';
import { knownCompanies } from './store.ts';

/** @throws {ProblemException} `invalid-request` at `/companies/…` for each id that is no company of the organisation */
export async function requireCompanies(
  database: Database,
  organisationId: string,
  ids: readonly string[],
): Promise<void> {
  const known = await knownCompanies(database, organisationId, ids);
  const errors = ids.flatMap((id, at) =>
    known.has(id)
      ? []
      : [{ path: `/companies/${at}`, code: 'unknown_company', detail: 'There is no such company' }],
  );
  if (errors.length > 0) throw new ProblemException('invalid-request', { errors: errors.slice(0, 100) });
}
