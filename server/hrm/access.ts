import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { maySend, mayUseCompany } from '../access/rules.ts';
import { type CompanyRecord, companyById } from '../companies/store.ts';
import type { Database } from '../database/database.ts';

/**
 * The company, for someone who works on its HRM: role `hr` or `administrator`, or an API key with `hrm:notify`.
 * @throws {ProblemException} `not-found`, `forbidden`, or `company-not-permitted` naming the company
 */
export async function companyForHrm(database: Database, actor: Actor, id: string): Promise<CompanyRecord> {
  const company = await companyById(database, actor.organisationId, id);
  if (company === undefined) throw new ProblemException('not-found');
  if (!maySend(actor, 'hrm')) {
    throw new ProblemException('forbidden', {
      detail:
        actor.kind === 'api-key'
          ? 'The API key does not have the scope hrm:notify'
          : 'It needs the role hr or administrator',
    });
  }
  if (!mayUseCompany(actor, id)) {
    const who = actor.kind === 'api-key' ? 'The API key has' : 'You have';
    throw new ProblemException('company-not-permitted', {
      detail: `${who} no right to ${company.name} (${id})`,
      facts: { company: id },
    });
  }
  return company;
}
