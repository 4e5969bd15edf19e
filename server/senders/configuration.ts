import { ProblemException } from '../../shared/api/problems.ts';
import type { Guard } from '../audit/record.ts';
import type { Database } from '../database/database.ts';

/** What decides whether and how sender names are configured. */
export interface Configuration {
  hasCrm: boolean;
  hasMailAccount: boolean;
}

export async function readConfiguration(database: Database, organisationId: string): Promise<Configuration> {
  const [row] = await database.query({
    sql: `SELECT has_crm, EXISTS (SELECT 1 FROM mail_accounts WHERE organisation_id = organisations.id) AS has_account
          FROM organisations WHERE id = ?`,
    args: [organisationId],
  });
  if (row === undefined) throw new ProblemException('not-found');
  return { hasCrm: row.has_crm === 1, hasMailAccount: row.has_account === 1 };
}

/** R3: with the CRM module and without a mail account the whole SMS configuration is closed. */
export const closedBecause = ({ hasCrm, hasMailAccount }: Configuration): 'mail-account-missing' | null =>
  hasCrm && !hasMailAccount ? 'mail-account-missing' : null;

/** @throws {ProblemException} `mail-account-missing` (R3) */
export async function requireOpen(database: Database, organisationId: string): Promise<Configuration> {
  const configuration = await readConfiguration(database, organisationId);
  const closed = closedBecause(configuration);
  if (closed !== null) throw new ProblemException(closed);
  return configuration;
}

/** R3 as a condition of the change itself. */
export const open = (organisationId: string): Guard => ({
  sql: `EXISTS (SELECT 1 FROM organisations WHERE id = ? AND (has_crm = 0
          OR EXISTS (SELECT 1 FROM mail_accounts WHERE organisation_id = organisations.id)))`,
  args: [organisationId],
});
