import type { MessageState } from '../../shared/api/messages.ts';
import type { Statement, Value } from '../database/database.ts';

/**
 * One move of many messages from state to state, with all that belongs to it. Whoever moves messages does it through
 * this, in one transaction, so that states, progress, ledger and batches never tell different stories.
 */
export interface Move {
  /** Message ids in ascending order (settling in id order walks the table once), each with the operator's id or null. */
  messages: ReadonlyMap<number, string | null>;
  /** Only those now in one of these states move. */
  from: readonly MessageState[];
  to: MessageState;
  /** Only those at this try move: whoever holds an older lease has lost the message. Null: any. */
  attempt: number | null;
  /** Only those that were tried at least once move. */
  tried?: boolean;
  /** Only those whose lease was over by then move: whoever held on to it in between keeps the message. */
  leaseOver?: number;
  at: number;
  reason?: string;
  /**
   * What the message costs for good, in parts, if that is not settled yet: a number, `own` for what was reserved.
   * Absent: it stays reserved.
   */
  settle?: number | 'own';
  /** What was settled comes back, up to our own count: the operator has not sent it and does not bill it. */
  refund?: boolean;
  /** When to send it, or to ask after it. Absent: as it was. */
  dueAt?: number;
  operator?: string;
}

/** What the statement that moves the messages and those before it agree on. The parameter is JSON of the ids. */
interface Condition {
  sql: string;
  args: Value[];
}

/** Statements of a move, in the order in which they must stand. */
export function moveMessages(move: Move): Statement[] {
  if (move.messages.size === 0) return [];
  const condition = conditionOf(move);
  return [...ledgerOf(move, condition), progressOf(move, condition), statesOf(move, condition)];
}

/** Batches of which nothing is left to send become `finished`. The last statement after moves. */
export function finishBatches(batchIds: Iterable<string>): Statement {
  return { sql: finishSql, args: [JSON.stringify([...batchIds])] };
}

function conditionOf(move: Move): Condition {
  const states = move.from.map((state) => `'${state}'`).join(', ');
  const attempt = move.attempt === null ? '' : ' AND m.attempts = ?';
  const tried = move.tried === true ? ' AND m.attempts > 0' : '';
  const lease = move.leaseOver === undefined ? '' : ' AND m.lease_until <= ?';
  return {
    sql: `m.state IN (${states})${attempt}${tried}${lease}`,
    args: [
      ...(move.attempt === null ? [] : [move.attempt]),
      ...(move.leaseOver === undefined ? [] : [move.leaseOver]),
    ],
  };
}

const ids = (move: Move): string => JSON.stringify([...move.messages.keys()]);

/**
 * The difference between what was reserved and what it costs, one entry a batch. An operator may count more parts than
 * we did: the package pays as far as it reaches, never below zero, and the note tells what it did not cover
 * (docs/decisions/0007).
 */
function ledgerOf(move: Move, condition: Condition): Statement[] {
  const { settle } = move;
  if (move.refund === true)
    return [{ sql: refundSql(condition), args: [move.at, ids(move), ...condition.args] }];
  if (settle === undefined || settle === 'own') return [];
  const kind = settle === 0 ? 'release' : 'settle';
  return [{ sql: ledgerSql(condition), args: [settle, ids(move), ...condition.args, kind, move.at] }];
}

const ledgerSql = (condition: Condition): string => `
WITH extra AS (
  SELECT m.organisation_id, m.batch_id, sum(? - m.parts) AS parts
  FROM json_each(?) c JOIN messages m ON m.id = c.value
  WHERE ${condition.sql} AND m.settled_parts IS NULL
  GROUP BY m.batch_id
), charged AS (
  SELECT e.*, iif(e.parts <= 0, e.parts, max(0, min(e.parts, b.parts + e.parts -
    sum(max(e.parts, 0)) OVER (PARTITION BY e.organisation_id ORDER BY e.batch_id ROWS UNBOUNDED PRECEDING)))) AS charge
  FROM extra e JOIN balances b ON b.organisation_id = e.organisation_id
)
INSERT INTO ledger (organisation_id, kind, parts, batch_id, note, by, at)
SELECT organisation_id, ?, -charge, batch_id, iif(charge < parts, 'not covered: ' || (parts - charge), ''), 'dispatch', ?
FROM charged WHERE parts <> 0`;

/** What an operator counted more than we did may not have been covered: it is not given back either. */
const refundSql = (condition: Condition): string => `
INSERT INTO ledger (organisation_id, kind, parts, batch_id, by, at)
SELECT m.organisation_id, 'release', sum(${refunded}), m.batch_id, 'dispatch', ?
FROM json_each(?) c JOIN messages m ON m.id = c.value WHERE ${condition.sql} GROUP BY m.batch_id`;

const refunded = 'min(coalesce(m.settled_parts, m.parts), m.parts)';

function progressOf(move: Move, condition: Condition): Statement {
  const from = move.from.filter((state) => state !== move.to);
  const { settle } = move;
  const cost =
    move.refund === true
      ? `-sum(iif(m.settled_parts IS NULL, 0, ${refunded}))`
      : settle === undefined
        ? '0'
        : `sum(iif(m.settled_parts IS NULL, ${settle === 'own' ? 'm.parts' : '?'}, 0))`;
  const sql = `
UPDATE batch_progress SET version = version + 1, settled_parts = settled_parts + d.settled,
  ${move.to} = ${move.to} + d.moved${from.map((state) => `, ${state} = ${state} - d.from_${state}`).join('')}
FROM (
  SELECT m.batch_id, ${cost} AS settled, sum(m.state <> '${move.to}') AS moved
    ${from.map((state) => `, sum(m.state = '${state}') AS from_${state}`).join('')}
  FROM json_each(?) c JOIN messages m ON m.id = c.value WHERE ${condition.sql} GROUP BY m.batch_id
) d WHERE d.batch_id = batch_progress.batch_id`;
  return { sql, args: [...(typeof settle === 'number' ? [settle] : []), ids(move), ...condition.args] };
}

function statesOf(move: Move, condition: Condition): Statement {
  const { settle } = move;
  const withIds = [...move.messages.values()].some((operatorId) => operatorId !== null);
  const settings = ['state = ?', 'state_at = ?', 'lease_owner = NULL', 'lease_until = NULL'];
  const args: Value[] = [move.to, move.at];
  if (move.reason !== undefined) {
    settings.push('reason = ?');
    args.push(move.reason);
  }
  if (move.refund === true) settings.push(`settled_parts = coalesce(settled_parts, parts) - ${refunded}`);
  if (settle === 'own') settings.push('settled_parts = coalesce(settled_parts, m.parts)');
  else if (settle !== undefined) {
    settings.push('settled_parts = coalesce(settled_parts, ?)');
    args.push(settle);
  }
  if (move.dueAt !== undefined) {
    settings.push('due_at = ?');
    args.push(move.dueAt);
  }
  if (move.operator !== undefined) {
    settings.push('operator = ?');
    args.push(move.operator);
  }
  if (withIds) settings.push('operator_message_id = coalesce(c.value, operator_message_id)');
  return {
    sql: `UPDATE messages AS m SET ${settings.join(', ')}
      FROM json_each(?) c WHERE m.id = ${withIds ? 'CAST(c.key AS INTEGER)' : 'c.value'} AND ${condition.sql}`,
    args: [
      ...args,
      withIds ? JSON.stringify(Object.fromEntries(move.messages)) : ids(move),
      ...condition.args,
    ],
  };
}

const finishSql = `
UPDATE batches SET state = 'finished'
WHERE state IN ('scheduled', 'sending') AND id IN (
  SELECT p.batch_id FROM json_each(?) c JOIN batch_progress p ON p.batch_id = c.value
  WHERE p.queued = 0 AND p.sending = 0)`;
