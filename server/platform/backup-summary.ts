import type { Database } from '../database/database.ts';

/** What a restore is held to. */
export interface BackupSummary {
  /** Of the schema, e.g. `0006_hrm`. */
  migration: string;
  organisations: number;
  /** By state. */
  messages: Record<string, number>;
  /** Sum of the ledger, in parts: what all packages still hold. */
  balance: number;
}

/** @throws {Error} when the database is damaged or its books do not balance */
export async function summarise(database: Database): Promise<BackupSummary> {
  const [check, migrations, organisations, messages, ledger, balances] = await database.queries([
    { sql: 'PRAGMA integrity_check' },
    { sql: 'SELECT name FROM migrations ORDER BY number DESC LIMIT 1' },
    { sql: 'SELECT count(*) AS n FROM organisations' },
    { sql: 'SELECT state, count(*) AS n FROM messages GROUP BY state ORDER BY state' },
    { sql: 'SELECT coalesce(sum(parts), 0) AS n FROM ledger' },
    { sql: 'SELECT coalesce(sum(parts), 0) AS n FROM balances' },
  ]);
  const [whole] = Object.values(check?.[0] ?? {});
  if (whole !== 'ok') throw new Error(`The database is damaged: ${whole}`);
  const balance = Number(ledger?.[0]?.n);
  if (balance !== Number(balances?.[0]?.n)) throw new Error('The ledger and the balances do not agree.');
  return {
    migration: String(migrations?.[0]?.name ?? ''),
    organisations: Number(organisations?.[0]?.n),
    messages: Object.fromEntries((messages ?? []).map((row) => [String(row.state), Number(row.n)])),
    balance,
  };
}

/** For people. */
export function describe({ migration, organisations, messages, balance }: BackupSummary): string {
  const states = Object.entries(messages).map(([state, n]) => `${n} ${state}`);
  return `${organisations} organisations, messages: ${states.join(', ') || 'none'}; ${balance} parts in packages; schema ${migration}`;
}
