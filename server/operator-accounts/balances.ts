import type { Database, Statement } from '../database/database.ts';
import type { Operator, OperatorBalance } from '../operators/operator.ts';
import type { Platform } from '../platform/platform.ts';
import type { OperatorAccounts } from './running.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Accounts asked in one round. */
const most = 20;

type Parts = Pick<Platform, 'database' | 'clock' | 'log'>;

/**
 * Asks operators hourly what is left, each account once however many servers there are. One that has fallen under the
 * account's limit is told to administrators, once a fall: see low-balance.ts.
 */
export async function readBalances(platform: Parts, accounts: OperatorAccounts): Promise<void> {
  const now = platform.clock.now();
  const { operators } = await accounts.current();
  const asked = operators.filter((it) => it.balance !== undefined).map((it) => it.name);
  const due = await claim(platform.database, asked, now, hour);
  for (const id of due) await ask(platform, accounts.operatorOf(id), id);
}

/** One account now, if it was not asked within the last minute. */
export async function readNow(platform: Parts, accounts: OperatorAccounts, id: string): Promise<void> {
  const operator = accounts.operatorOf(id);
  if (operator?.balance === undefined) return;
  const now = platform.clock.now();
  // Asked next in an hour, or a minute ago and more.
  const [claimed] = await platform.database.batch([
    {
      sql: `UPDATE operator_balances SET next_at = ? WHERE account_id = ? AND next_at <= ? RETURNING account_id`,
      args: [now + hour, id, now + hour - minute],
    },
  ]);
  if (claimed?.changes === 1) await ask(platform, operator, id);
}

/** Of many servers one gets each. */
async function claim(
  database: Database,
  ids: readonly string[],
  now: number,
  pause: number,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const args = [JSON.stringify(ids), now, most];
  const which = `SELECT account_id FROM operator_balances
    WHERE account_id IN (SELECT value FROM json_each(?)) AND next_at <= ? ORDER BY next_at LIMIT ?`;
  // Mostly nothing is due, and a look costs no write.
  if ((await database.query({ sql: which, args })).length === 0) return [];
  const [claimed] = await database.batch([
    {
      sql: `UPDATE operator_balances SET next_at = ? WHERE account_id IN (${which}) RETURNING account_id`,
      args: [now + pause, ...args],
    },
  ]);
  return (claimed?.rows ?? []).map((row) => String(row.account_id));
}

async function ask(platform: Parts, operator: Operator | undefined, id: string): Promise<void> {
  const { database, clock, log } = platform;
  const answer = await operator?.balance?.();
  if (answer === undefined) return;
  if (!answer.ok) {
    log.warn('an operator did not tell its balance', { account: id, detail: answer.detail });
    // What it said last is still shown, with the trouble beside.
    await database.batch([
      {
        sql: 'UPDATE operator_balances SET trouble = ? WHERE account_id = ?',
        args: [answer.detail.slice(0, 200), id],
      },
    ]);
    return;
  }
  await database.batch(balanceStatements(id, answer.value, clock.now()));
}

/** The first that falls under the limit makes the notices; one that rises above it lets the next fall do so again. */
function balanceStatements(id: string, { amount, unit }: OperatorBalance, now: number): Statement[] {
  const limit = '(SELECT low_balance FROM operator_accounts WHERE id = account_id)';
  return [
    {
      sql: `UPDATE operator_balances SET amount = ?, unit = ?, read_at = ?, trouble = '' WHERE account_id = ?`,
      args: [amount, unit, now, id],
    },
    {
      sql: `UPDATE operator_balances SET warned_at = NULL
        WHERE account_id = ? AND (amount IS NULL OR amount >= coalesce(${limit}, 0))`,
      args: [id],
    },
    {
      sql: `INSERT OR IGNORE INTO operator_balance_notices (account_id, person_id, due_at)
        SELECT b.account_id, p.id, ? FROM operator_balances b
        JOIN operator_accounts a ON a.id = b.account_id
        JOIN people p ON p.organisation_id = a.organisation_id AND p.deleted_at IS NULL
        WHERE b.account_id = ? AND b.warned_at IS NULL AND b.amount < a.low_balance
          AND EXISTS (SELECT 1 FROM json_each(p.roles) WHERE value = 'administrator')`,
      args: [now, id],
    },
    {
      sql: `UPDATE operator_balances SET warned_at = ?
        WHERE account_id = ? AND warned_at IS NULL AND amount < ${limit}`,
      args: [now, id],
    },
  ];
}
