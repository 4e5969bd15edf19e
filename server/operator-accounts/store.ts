import type { OperatorRoute, OperatorSettings } from '../../shared/api/operator-accounts.ts';
import type { Database, Row, Statement } from '../database/database.ts';

/** An account as it is stored; its secrets sealed. */
export interface AccountRecord {
  id: string;
  organisationId: string;
  kind: string;
  title: string;
  plain: OperatorSettings;
  sealed: string;
  pausedAt: number | null;
  pauseReason: string;
  lowBalance: number | null;
  version: number;
  createdAt: number;
}

const accountSql = `
SELECT id, organisation_id, kind, title, settings, secrets_sealed, paused_at, pause_reason, low_balance, version,
  created_at
FROM operator_accounts WHERE deleted_at IS NULL`;

function accountOf(row: Row): AccountRecord {
  return {
    id: String(row.id),
    organisationId: String(row.organisation_id),
    kind: String(row.kind),
    title: String(row.title),
    plain: JSON.parse(String(row.settings)) as OperatorSettings,
    sealed: String(row.secrets_sealed),
    pausedAt: row.paused_at === null ? null : Number(row.paused_at),
    pauseReason: String(row.pause_reason),
    lowBalance: row.low_balance === null ? null : Number(row.low_balance),
    version: Number(row.version),
    createdAt: Number(row.created_at),
  };
}

/** All there are, or those of one organisation, in the order in which they were added. */
export async function readAccounts(database: Database, organisationId?: string): Promise<AccountRecord[]> {
  const rows = await database.query(
    organisationId === undefined
      ? { sql: `${accountSql} ORDER BY id` }
      : { sql: `${accountSql} AND organisation_id = ? ORDER BY id`, args: [organisationId] },
  );
  return rows.map(accountOf);
}

export async function accountById(
  database: Database,
  organisationId: string,
  id: string,
): Promise<AccountRecord | undefined> {
  const [row] = await database.query({
    sql: `${accountSql} AND organisation_id = ? AND id = ?`,
    args: [organisationId, id],
  });
  return row === undefined ? undefined : accountOf(row);
}

export interface RoutesRecord {
  organisationId: string;
  routes: OperatorRoute[];
  version: number;
}

export async function readRoutes(database: Database, organisationId?: string): Promise<RoutesRecord[]> {
  const sql = 'SELECT organisation_id, rules, version FROM operator_routes';
  const rows = await database.query(
    organisationId === undefined
      ? { sql }
      : { sql: `${sql} WHERE organisation_id = ?`, args: [organisationId] },
  );
  return rows.map((row) => ({
    organisationId: String(row.organisation_id),
    routes: JSON.parse(String(row.rules)) as OperatorRoute[],
    version: Number(row.version),
  }));
}

/** What dispatchers compare before they read all of it again. */
export const changesStatement: Statement = { sql: 'SELECT version FROM operator_changes' };

/** Holds while the account is still of that version. */
export const stillThatAccount = (record: Pick<AccountRecord, 'id' | 'version'>) => ({
  sql: 'EXISTS (SELECT 1 FROM operator_accounts WHERE id = ? AND version = ? AND deleted_at IS NULL)',
  args: [record.id, record.version],
});

/** A new account at the end of the organisation's routes, for everything. */
export function accountAddition(record: AccountRecord, createdBy: string): Statement[] {
  const rule = JSON.stringify({ accountId: record.id, prefixes: [], companyIds: [] });
  return [
    {
      sql: `INSERT INTO operator_accounts
        (id, organisation_id, kind, title, settings, secrets_sealed, low_balance, created_by, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        record.id,
        record.organisationId,
        record.kind,
        record.title,
        JSON.stringify(record.plain),
        record.sealed,
        record.lowBalance,
        createdBy,
        record.createdAt,
      ],
    },
    {
      sql: `INSERT INTO operator_routes (organisation_id, rules) VALUES (?, json_array(json(?)))
        ON CONFLICT (organisation_id) DO UPDATE SET
          rules = json_insert(rules, '$[#]', json(?)), version = version + 1`,
      args: [record.organisationId, rule, rule],
    },
    {
      sql: 'INSERT INTO operator_balances (account_id, next_at) VALUES (?, ?)',
      args: [record.id, record.createdAt],
    },
  ];
}

/** The account as it is to be. Its operator's pauses end: new settings are tried at once. */
export function accountUpdate(before: AccountRecord, after: AccountRecord, now: number): Statement[] {
  const guard = stillThatAccount({ id: before.id, version: before.version + 1 });
  return [
    {
      sql: `UPDATE operator_accounts SET title = ?, settings = ?, secrets_sealed = ?, low_balance = ?,
          version = version + 1
        WHERE id = ? AND version = ? AND deleted_at IS NULL`,
      args: [
        after.title,
        JSON.stringify(after.plain),
        after.sealed,
        after.lowBalance,
        before.id,
        before.version,
      ],
    },
    {
      sql: `DELETE FROM operator_pauses WHERE operator = ? AND ${guard.sql}`,
      args: [before.id, ...guard.args],
    },
    {
      sql: `UPDATE operator_balances SET next_at = ?, warned_at = NULL WHERE account_id = ? AND ${guard.sql}`,
      args: [now, before.id, ...guard.args],
    },
    wakeWaiting(before.organisationId, now),
  ];
}

/** `reason` null: it goes on, whatever the operator said before. */
export function accountPause(record: AccountRecord, reason: string | null, now: number): Statement[] {
  const paused: Statement = {
    sql: `UPDATE operator_accounts SET paused_at = ?, pause_reason = ?, version = version + 1
      WHERE id = ? AND version = ? AND deleted_at IS NULL`,
    args: [reason === null ? null : now, reason ?? '', record.id, record.version],
  };
  if (reason !== null) return [paused, wakeWaiting(record.organisationId, now)];
  return [
    paused,
    { sql: 'DELETE FROM operator_pauses WHERE operator = ?', args: [record.id] },
    wakeWaiting(record.organisationId, now),
  ];
}

/** The row stays, for what the history says; its secrets do not. */
export function accountRemoval(record: AccountRecord, now: number): Statement[] {
  return [
    {
      sql: `UPDATE operator_accounts SET deleted_at = ?, secrets_sealed = '', settings = '{}', version = version + 1
        WHERE id = ? AND version = ? AND deleted_at IS NULL`,
      args: [now, record.id, record.version],
    },
    {
      sql: `UPDATE operator_routes SET version = version + 1, rules = (
          SELECT json_group_array(json(value)) FROM json_each(rules) WHERE value ->> 'accountId' <> ?)
        WHERE organisation_id = ?`,
      args: [record.id, record.organisationId],
    },
    { sql: 'DELETE FROM operator_balances WHERE account_id = ?', args: [record.id] },
    wakeWaiting(record.organisationId, now),
  ];
}

/** Messages that wait for an account are looked at again now. Walks what is queued, which a change of accounts is worth. */
export const wakeWaiting = (organisationId: string, now: number): Statement => ({
  sql: `UPDATE messages SET due_at = ?
    WHERE state = 'queued' AND organisation_id = ? AND due_at > ? AND (reason = 'paused' OR attempts > 0)`,
  args: [now, organisationId, now],
});
