import { firstDue } from '../messages/dispatch/leasing.ts';
import type { Platform } from '../platform/platform.ts';

/** Rows are counted up to here: a scrape must stay cheap over a queue of millions. */
const most = 100_000;

/** What the database says of the work that waits: the same from every server over it, so alerts take the maximum. */
export function watchOutbox({
  metrics,
  database,
  clock,
}: Pick<Platform, 'metrics' | 'database' | 'clock'>): void {
  const number = async (sql: string, ...args: number[]): Promise<number> =>
    Number((await database.query({ sql, args }))[0]?.n ?? 0);
  const count = (from: string, ...args: number[]) =>
    number(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ${most})`, ...args);

  metrics.gauge('nadpis_messages_due', `Messages that wait to be sent now, up to ${most}`, () =>
    count(`messages WHERE state = 'queued' AND lane IN (0, 1) AND due_at <= ?`, clock.now()),
  );
  metrics.gauge(
    'nadpis_messages_oldest_due_seconds',
    'How long the first message in the queue has been due',
    async () => {
      const first = await firstDue(database);
      return first === null ? 0 : Math.max(0, clock.now() - first) / 1000;
    },
  );
  metrics.gauge(
    'nadpis_messages_unknown',
    `Messages whose fate an operator is asked about, up to ${most}`,
    () => count(`messages WHERE state = 'unknown' AND settled_parts IS NULL`),
  );
  metrics.gauge('nadpis_reports_waiting', `Delivery reports that are not matched yet, up to ${most}`, () =>
    count('reports WHERE processed_at IS NULL AND try_at <= ?', clock.now()),
  );
  metrics.gauge(
    'nadpis_operator_pauses',
    'Operator accounts and sender names with which sending is paused',
    () => count('operator_pauses WHERE until > ?', clock.now()),
  );
}
