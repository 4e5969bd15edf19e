import type { Role, SendingCompany, Session } from '../../shared/api/session.ts';
import type { Actor } from '../access/actor.ts';
import { mayUseCompany } from '../access/rules.ts';
import type { Database, Row } from '../database/database.ts';
import { effectiveNames } from '../senders/store.ts';

interface WhoRow extends Row {
  email: string;
  name: string;
  roles: string;
  organisation: string;
  has_crm: number;
  has_mail_account: number;
  balance: number;
  low_parts: number | null;
}

/** Who is signed in, and all that the composer needs to say before a send whether it can go. */
export async function readSession(
  database: Database,
  actor: Actor,
  operatorOf: (organisationId: string) => Session['operator'],
): Promise<Session | null> {
  const [who, companies] = await database.queries([
    {
      sql: `SELECT person.email, person.name, person.roles, organisation.name AS organisation, organisation.has_crm, organisation.low_parts,
              EXISTS (SELECT 1 FROM mail_accounts WHERE organisation_id = organisation.id) AS has_mail_account,
              coalesce((SELECT parts FROM balances WHERE organisation_id = organisation.id), 0) AS balance
            FROM people AS person JOIN organisations AS organisation ON organisation.id = person.organisation_id
            WHERE person.id = ? AND person.deleted_at IS NULL`,
      args: [actor.id],
    },
    {
      sql: `SELECT id, name, hrm_permission FROM companies
            WHERE organisation_id = ? AND deleted_at IS NULL ORDER BY name, id`,
      args: [actor.organisationId],
    },
  ]);
  const row = who?.[0] as WhoRow | undefined;
  if (row === undefined || actor.session === null) return null;
  const names = await effectiveNames(database, actor.organisationId);
  return {
    person: { id: actor.id, email: row.email, name: row.name, roles: JSON.parse(row.roles) as Role[] },
    organisation: {
      id: actor.organisationId,
      name: row.organisation,
      hasCrm: row.has_crm === 1,
      hasMailAccount: row.has_mail_account === 1,
    },
    companies: (companies ?? [])
      .filter((company) => mayUseCompany(actor, String(company.id)))
      .map(
        (company): SendingCompany => ({
          id: String(company.id),
          name: String(company.name),
          effectiveName: names.get(String(company.id)) ?? null,
          hrmPermission: company.hrm_permission === 1,
        }),
      ),
    balance: row.balance,
    balanceLow: row.low_parts !== null && row.balance < row.low_parts,
    operator: operatorOf(actor.organisationId),
    expiresAt: actor.session.expiresAt,
  };
}
