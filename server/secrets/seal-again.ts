import type { Database } from '../database/database.ts';
import { sealedFor } from '../hrm/webhooks/store.ts';
import { purposeOf as mailAccountPurpose } from '../mail-accounts/store.ts';
import { purposeOf as operatorAccountPurpose } from '../operator-accounts/settings.ts';
import { sealedFor as providerPurpose } from '../single-sign-on/store.ts';
import { isSealedUnder, open, SealError, seal } from './seal.ts';

/** Every column that holds sealed values, the row's key, and what its values are bound to. */
export const sealedColumns = [
  { table: 'mail_accounts', key: 'organisation_id', column: 'password_sealed', purpose: mailAccountPurpose },
  { table: 'operator_accounts', key: 'id', column: 'secrets_sealed', purpose: operatorAccountPurpose },
  { table: 'hrm_webhooks', key: 'company_id', column: 'secret_sealed', purpose: sealedFor },
  {
    table: 'single_sign_on',
    key: 'organisation_id',
    column: 'client_secret_sealed',
    purpose: providerPurpose,
  },
] as const;

export interface SealedAgain {
  table: string;
  /** Values that were under another secret and are under the first now. */
  again: number;
  /** Values that were under the first already. */
  already: number;
  /** Keys of rows that none of the secrets opens: their secrets have to be entered again. */
  lost: string[];
}

const atOnce = 500;

/**
 * Seals every stored secret under the first of the given ones. It may run while servers work, and be run again: a value that
 * somebody changes meanwhile stays as they left it.
 *
 * @param secrets the server's secret, then those that stored values may be under
 */
export async function sealAgain(database: Database, secrets: readonly string[]): Promise<SealedAgain[]> {
  const done: SealedAgain[] = [];
  for (const place of sealedColumns) done.push(await sealColumn(database, secrets, place));
  return done;
}

async function sealColumn(
  database: Database,
  secrets: readonly string[],
  { table, key, column, purpose }: (typeof sealedColumns)[number],
): Promise<SealedAgain> {
  const [first = ''] = secrets;
  const result: SealedAgain = { table, again: 0, already: 0, lost: [] };
  for (let after = ''; ; ) {
    const rows = await database.query<{ key: string; sealed: string }>({
      sql: `SELECT ${key} AS key, ${column} AS sealed FROM ${table}
            WHERE ${key} > ? AND ${column} <> '' ORDER BY ${key} LIMIT ?`,
      args: [after, atOnce],
    });
    for (const row of rows) {
      if (await isSealedUnder(first, row.sealed)) {
        result.already++;
        continue;
      }
      const text = await open(secrets, purpose(row.key), row.sealed).catch((error: unknown) => {
        if (error instanceof SealError) return null;
        throw error;
      });
      if (text === null) {
        result.lost.push(row.key);
        continue;
      }
      const [updated] = await database.batch([
        {
          sql: `UPDATE ${table} SET ${column} = ? WHERE ${key} = ? AND ${column} = ?`,
          args: [await seal(first, purpose(row.key), text), row.key, row.sealed],
        },
      ]);
      result.again += updated?.changes ?? 0;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < atOnce) return result;
    after = last.key;
  }
}
