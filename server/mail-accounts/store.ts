import type { MailAccount, MailAccountDraft, MailSecurity } from '../../shared/api/mail-accounts.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Row, Statement } from '../database/database.ts';
import { open, seal } from '../secrets/seal.ts';
import type { SmtpServer } from './smtp.ts';

interface AccountRow extends Row {
  host: string;
  port: number;
  security: string;
  user: string;
  password_sealed: string;
  address: string;
  changed_at: number;
  tested_at: number | null;
}

/** What a password is sealed for. */
export const purposeOf = (organisationId: string): string => `mail-account:${organisationId}`;

async function read(database: Database, organisationId: string): Promise<AccountRow | undefined> {
  const [row] = await database.query<AccountRow>({
    sql: `SELECT host, port, security, user, password_sealed, address, changed_at, tested_at
          FROM mail_accounts WHERE organisation_id = ?`,
    args: [organisationId],
  });
  return row;
}

/** The organisation's account without its password; null: none is set up. */
export async function readAccount(database: Database, organisationId: string): Promise<MailAccount | null> {
  const row = await read(database, organisationId);
  if (row === undefined) return null;
  return {
    host: row.host,
    port: row.port,
    security: row.security as MailSecurity,
    user: row.user,
    hasPassword: row.password_sealed !== '',
    address: row.address,
    changedAt: row.changed_at,
    testedAt: row.tested_at,
  };
}

export interface OpenAccount extends SmtpServer {
  address: string;
  /** Tells these settings from later ones. */
  changedAt: number;
}

/**
 * The account with its password, for sending.
 * @throws {SealError} when the password was sealed under another secret
 */
export async function openAccount(
  database: Database,
  organisationId: string,
  secrets: readonly string[],
): Promise<OpenAccount | null> {
  const row = await read(database, organisationId);
  if (row === undefined) return null;
  const password =
    row.password_sealed === '' ? '' : await open(secrets, purposeOf(organisationId), row.password_sealed);
  return {
    host: row.host,
    port: row.port,
    security: row.security as MailSecurity,
    user: row.user,
    password,
    address: row.address,
    changedAt: row.changed_at,
  };
}

/** Sets the account up or changes it, with its audit record. Without a password in the draft the stored one stays. */
export async function accountChange(
  actor: Actor,
  draft: MailAccountDraft,
  secret: string,
  now: number,
): Promise<Statement[]> {
  const { host, port, security, user, address, password } = draft;
  const { organisationId } = actor;
  const sealed =
    password === undefined || password === '' ? '' : await seal(secret, purposeOf(organisationId), password);
  return [
    {
      sql: `INSERT INTO mail_accounts
              (organisation_id, host, port, security, user, password_sealed, address, changed_at, tested_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)
            ON CONFLICT (organisation_id) DO UPDATE SET host = excluded.host, port = excluded.port,
              security = excluded.security, user = excluded.user, address = excluded.address,
              changed_at = max(excluded.changed_at, changed_at + 1), tested_at = NULL,
              password_sealed = ${password === undefined ? 'password_sealed' : 'excluded.password_sealed'}`,
      args: [organisationId, host, port, security, user, sealed, address, now],
    },
    auditRecord(
      actor,
      'mail-account.changed',
      organisationId,
      { host, port, security, user, address, password: password === undefined ? 'kept' : 'changed' },
      now,
    ),
  ];
}

export function accountRemoval(actor: Actor, now: number): Statement[] {
  const args = [actor.organisationId];
  return [
    auditRecord(actor, 'mail-account.removed', actor.organisationId, {}, now, {
      sql: 'EXISTS (SELECT 1 FROM mail_accounts WHERE organisation_id = ?)',
      args,
    }),
    { sql: 'DELETE FROM mail_accounts WHERE organisation_id = ?', args },
  ];
}

/** These settings have worked; ones that were changed meanwhile have not. */
export const accountTested = (organisationId: string, changedAt: number, now: number): Statement => ({
  sql: 'UPDATE mail_accounts SET tested_at = ? WHERE organisation_id = ? AND changed_at = ?',
  args: [now, organisationId, changedAt],
});
