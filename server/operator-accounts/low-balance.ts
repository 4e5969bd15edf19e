import type { Row } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';

/** Milliseconds until a mail that failed is tried again; also how long one server has for it. */
const pause = 5 * 60_000;
const mostTries = 12;
const atOnce = 50;

type Parts = Pick<Platform, 'database' | 'clock' | 'log' | 'mailer' | 'settings'>;

/**
 * Mails administrators that an operator's balance is low. A row is claimed first and deleted after the mail was taken,
 * so a crash repeats a mail and loses none.
 */
export async function mailLowBalances(platform: Parts): Promise<void> {
  const { database, clock } = platform;
  const rows = await database.query({
    sql: `SELECT n.account_id, n.person_id, p.email, a.title, a.low_balance, b.amount, b.unit
      FROM operator_balance_notices n
      JOIN people p ON p.id = n.person_id
      JOIN operator_accounts a ON a.id = n.account_id
      JOIN operator_balances b ON b.account_id = n.account_id
      WHERE n.due_at <= ? LIMIT ?`,
    args: [clock.now(), atOnce],
  });
  for (const row of rows) await mailOne(platform, row);
}

async function mailOne(platform: Parts, row: Row): Promise<void> {
  const { database, clock, mailer, log, settings } = platform;
  const mine = [String(row.account_id), String(row.person_id)];
  const now = clock.now();
  const [claimed] = await database.batch([
    {
      sql: `UPDATE operator_balance_notices SET due_at = ?, tries = tries + 1
        WHERE account_id = ? AND person_id = ? AND due_at <= ? RETURNING tries`,
      args: [now + pause, ...mine, now],
    },
  ]);
  const tries = claimed?.rows[0]?.tries;
  if (tries === undefined) return;
  try {
    await mailer.send({
      from: settings.mailFrom,
      to: String(row.email),
      ...lowBalanceMail({
        title: String(row.title),
        amount: Number(row.amount),
        limit: Number(row.low_balance),
        unit: row.unit === 'points' ? 'points' : 'messages',
        publicUrl: settings.publicUrl,
      }),
    });
  } catch (error) {
    log.error('a low-balance mail was not sent', { account: row.account_id, tries, error: String(error) });
    if (Number(tries) < mostTries) return;
  }
  await database.batch([
    { sql: 'DELETE FROM operator_balance_notices WHERE account_id = ? AND person_id = ?', args: mine },
  ]);
}

interface LowBalance {
  title: string;
  amount: number;
  limit: number;
  unit: 'messages' | 'points';
  publicUrl: string;
}

/** In both languages: nobody was asked for theirs. */
export function lowBalanceMail({ title, amount, limit, unit, publicUrl }: LowBalance): {
  subject: string;
  text: string;
} {
  const polish = (value: number) => `${value} ${unit === 'points' ? 'pkt' : 'SMS'}`;
  const english = (value: number) => `${value} ${unit === 'points' ? 'points' : 'SMS'}`;
  return {
    subject: `Nadpis: mało środków u operatora / low operator balance: ${title.replace(/[\r\n]+/g, ' ')}`,
    text: [
      `Na koncie operatora „${title}” zostało ${polish(amount)}, mniej niż ${polish(limit)}.`,
      'Gdy środki się skończą, wiadomości czekają, aż konto zostanie doładowane.',
      '',
      `The operator account “${title}” has ${english(amount)} left, less than ${english(limit)}.`,
      'When nothing is left, messages wait until the account is topped up.',
      '',
      `Nadpis, ${publicUrl}`,
      '',
    ].join('\n'),
  };
}
