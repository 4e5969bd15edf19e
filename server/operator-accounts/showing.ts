import type { OperatorAccount, OperatorBalance, OperatorPause } from '../../shared/api/operator-accounts.ts';
import type { Database, Row } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { openingSecrets } from '../secrets/opening.ts';
import { callbackUrl } from './callback.ts';
import type { OperatorAccounts } from './running.ts';
import { openSettings } from './settings.ts';
import type { AccountRecord } from './store.ts';

/** Accounts as administrators see them: what stops them, what is left, and no secret. */
export async function showAccounts(
  platform: Pick<Platform, 'database' | 'clock' | 'settings'>,
  accounts: OperatorAccounts,
  records: readonly AccountRecord[],
): Promise<OperatorAccount[]> {
  const now = platform.clock.now();
  // Another process may have changed them: what runs here follows before it is shown.
  await accounts.current();
  const { pauses, balances } = await readStates(
    platform.database,
    records.map((it) => it.id),
  );
  return Promise.all(
    records.map(async (record) => {
      const running = accounts.operatorOf(record.id);
      const ofOperator = pauses.filter((row) => row.operator === record.id && Number(row.until) > now);
      return {
        id: record.id,
        operator: record.kind,
        title: record.title,
        settings: record.plain,
        secrets: await secretsOf(record, openingSecrets(platform.settings)),
        running: running !== undefined,
        trouble: accounts.troubleOf(record.id),
        pauses: [...byAdministrator(record), ...ofOperator.map(pauseOf)],
        balance: running?.balance === undefined ? null : balanceOf(balances.get(record.id), record),
        lowBalance: record.lowBalance,
        reportsUrl: await callbackUrl(platform, record.id),
        createdAt: record.createdAt,
      };
    }),
  );
}

async function readStates(
  database: Database,
  ids: readonly string[],
): Promise<{ pauses: Row[]; balances: Map<string, Row> }> {
  const args = [JSON.stringify(ids)];
  const [pauses = [], balances = []] = await database.queries([
    {
      sql: `SELECT operator, sender_name, reason, since, until FROM operator_pauses
        WHERE operator IN (SELECT value FROM json_each(?)) ORDER BY sender_name`,
      args,
    },
    {
      sql: `SELECT account_id, amount, unit, read_at, trouble FROM operator_balances
        WHERE account_id IN (SELECT value FROM json_each(?))`,
      args,
    },
  ]);
  return { pauses, balances: new Map(balances.map((row) => [String(row.account_id), row])) };
}

function byAdministrator({ pausedAt, pauseReason }: AccountRecord): OperatorPause[] {
  if (pausedAt === null) return [];
  return [{ by: 'administrator', senderName: '', reason: pauseReason, since: pausedAt, until: null }];
}

const pauseOf = (row: Row): OperatorPause => ({
  by: 'operator',
  senderName: String(row.sender_name),
  reason: String(row.reason),
  since: Number(row.since),
  until: Number(row.until),
});

function balanceOf(row: Row | undefined, { lowBalance }: AccountRecord): OperatorBalance {
  const amount = row === undefined || row.amount === null ? null : Number(row.amount);
  return {
    amount,
    unit: (row?.unit ?? '') as OperatorBalance['unit'],
    readAt: row === undefined || row.read_at === null ? null : Number(row.read_at),
    trouble: String(row?.trouble ?? ''),
    low: amount !== null && lowBalance !== null && amount < lowBalance,
  };
}

/** Keys alone. Under another secret of the server they cannot be told, and the account does not run: see its trouble. */
async function secretsOf(record: AccountRecord, secrets: readonly string[]): Promise<string[]> {
  try {
    return (await openSettings(record.id, record, secrets)).secrets;
  } catch {
    return [];
  }
}
