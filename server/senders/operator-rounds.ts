import { eventOf, senderNameKey } from '../../shared/sender-name/index.ts';
import type { Database } from '../database/database.ts';
import type { OperatorAnswer, OperatorSender } from '../operators/operator.ts';
import type { Platform } from '../platform/platform.ts';
import { type AnswerEvent, takeAnswer } from './answers.ts';
import { type NameRecord, nameOf } from './name-store.ts';
import type { SenderOperator, SenderOperators } from './sender-operators.ts';

/** Milliseconds between rounds: while a name waits, and while none does. */
export interface RoundTimes {
  waiting: number;
  idle: number;
}

const minutes = 60_000;
export const roundTimes: RoundTimes = { waiting: 5 * minutes, idle: 60 * minutes };
/** The built-in operator decides within seconds, so that a demo need not wait. */
export const sandboxRoundTimes: RoundTimes = { waiting: 2000, idle: 15_000 };

/** Names registered in one round: an operator that has lost all of them is not flooded. */
const registeredARound = 20;

/** Asks for the name at the operator. What it says counts only once `senders` says it, so no state changes here. */
export async function registerName(
  platform: Platform,
  operator: SenderOperator,
  name: Pick<NameRecord, 'id' | 'name'>,
): Promise<void> {
  const { database, log } = platform;
  const answer = await operator.addSender(name.name);
  const now = platform.clock.now();
  if (!answer.ok) {
    log.warn('a sender name could not be registered at the operator', {
      operator: operator.label,
      name: name.name,
      detail: answer.detail,
    });
    return;
  }
  await keepListed(database, operator.label, [{ id: name.id, sender: answer.value, registeredAt: now }], now);
  // Its answer is to be had sooner than the next idle round.
  await database.batch([
    {
      sql: 'UPDATE operator_rounds SET next_at = min(next_at, ?) WHERE operator = ?',
      args: [now + timesOf(platform).waiting, operator.name],
    },
  ]);
}

/**
 * The rounds that are due and that no other server does: one for each operator that has names of ours.
 * @returns how many operators were asked
 */
export async function dueRounds(platform: Platform, operators: SenderOperators): Promise<number> {
  const { database, clock } = platform;
  const rows = await database.query<{ organisation_id: string; waits: number }>({
    sql: `SELECT organisation_id, max(state = 'submitted') AS waits FROM sender_names
          WHERE state IN ('submitted', 'authorised', 'deactivated') GROUP BY organisation_id`,
  });
  const groups = new Map<string, { operator: SenderOperator; organisations: string[]; waits: boolean }>();
  for (const { organisation_id: organisationId, waits } of rows) {
    const operator = await operators.of(organisationId);
    if (operator === null) continue;
    const group = groups.get(operator.name) ?? { operator, organisations: [], waits: false };
    group.organisations.push(organisationId);
    group.waits ||= waits === 1;
    groups.set(operator.name, group);
  }
  const now = clock.now();
  const times = timesOf(platform);
  let asked = 0;
  for (const { operator, organisations, waits } of groups.values()) {
    const [claimed] = await database.batch([
      {
        sql: `INSERT INTO operator_rounds (operator, next_at) VALUES (?, ?)
              ON CONFLICT (operator) DO UPDATE SET next_at = excluded.next_at WHERE next_at <= ?`,
        args: [operator.name, now + (waits ? times.waiting : times.idle), now],
      },
    ]);
    if (claimed?.changes !== 1) continue;
    await round(platform, operator, organisations);
    asked++;
  }
  return asked;
}

/**
 * Asks the operator for all its names and lets its verdicts take effect (R11): only what it says itself, and only on names
 * whose statement was submitted. A submitted name that it does not list is registered again.
 */
export async function round(
  platform: Platform,
  operator: SenderOperator,
  organisations: readonly string[],
): Promise<OperatorAnswer<number>> {
  const { database, clock, log } = platform;
  const answer = await operator.senders();
  if (!answer.ok) {
    log.warn('the operator did not tell its sender names', {
      operator: operator.label,
      detail: answer.detail,
    });
    return answer;
  }
  const listed = byKey(answer.value);
  const names = (
    await database.query({
      sql: `SELECT id, organisation_id, name, name_key, state, state_since, reason FROM sender_names
            WHERE state IN ('submitted', 'authorised', 'deactivated')
              AND organisation_id IN (SELECT value FROM json_each(?)) ORDER BY state_since`,
      args: [JSON.stringify(organisations)],
    })
  ).map(nameOf);
  const now = clock.now();
  await keepListed(
    database,
    operator.label,
    names.map((name) => ({ id: name.id, sender: listed.get(name.key) ?? null, registeredAt: null })),
    now,
  );
  let changed = 0;
  let registered = 0;
  for (const name of names) {
    const sender = listed.get(name.key);
    if (sender === undefined) {
      if (name.state === 'submitted' && registered++ < registeredARound)
        await registerName(platform, operator, name);
      continue;
    }
    const event = eventOf(sender.state, name.state) as AnswerEvent | undefined;
    if (event === undefined) continue;
    const answered = await takeAnswer(platform, name, {
      event,
      cause: { by: 'operator' },
      by: `operator:${operator.label}`,
      reason: event === 'authorise' ? '' : sender.note,
    });
    if (answered) changed++;
  }
  return { ok: true, value: changed };
}

const timesOf = (platform: Platform): RoundTimes => (platform.sandbox ? sandboxRoundTimes : roundTimes);

/** The operator's spelling may differ in case; where it lists several, what serves us best counts. */
function byKey(senders: readonly OperatorSender[]): Map<string, OperatorSender> {
  const listed = new Map<string, OperatorSender>();
  for (const sender of senders) {
    const key = senderNameKey(sender.name);
    if (listed.get(key)?.state !== 'authorised') listed.set(key, sender);
  }
  return listed;
}

async function keepListed(
  database: Database,
  operator: string,
  listed: readonly { id: string; sender: OperatorSender | null; registeredAt: number | null }[],
  now: number,
): Promise<void> {
  if (listed.length === 0) return;
  const rows = listed.map(({ id, sender, registeredAt }) => [
    id,
    sender?.state ?? 'not-listed',
    sender?.statement ?? 'unknown',
    sender?.note ?? '',
    registeredAt,
  ]);
  await database.batch([
    {
      sql: `INSERT INTO sender_names_at_operator (sender_name_id, operator, state, statement, note, registered_at, asked_at)
            SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4, ? FROM json_each(?) WHERE true
            ON CONFLICT (sender_name_id) DO UPDATE SET operator = excluded.operator, state = excluded.state,
              statement = excluded.statement, note = excluded.note, asked_at = excluded.asked_at,
              registered_at = coalesce(excluded.registered_at, registered_at)`,
      args: [operator, now, JSON.stringify(rows)],
    },
  ]);
}
