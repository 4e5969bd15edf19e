import { ProblemException } from '../../shared/api/problems.ts';
import type { SenderNameState } from '../../shared/api/sender-names.ts';
import { type Cause, type SenderNameEvent, transition } from '../../shared/sender-name/index.ts';
import { auditRecord, type Guard } from '../audit/record.ts';
import type { Statement, Value } from '../database/database.ts';

/** A name as it was read, before a change of its state. */
export interface KnownName {
  id: string;
  organisationId: string;
  name: string;
  state: SenderNameState;
  stateSince: number;
}

export interface StateChange {
  name: KnownName;
  event: SenderNameEvent;
  cause: Cause;
  /** A person's id, or `operator:serwersms`. */
  by: string;
  reason?: string;
  /** More that must hold for the change. */
  guards?: readonly Guard[];
  /** For the audit record, beside name and states. */
  facts?: Record<string, Value>;
}

/** Changes that come seconds before another one wait for it, so that one mail tells both. Milliseconds. */
const gathering = 10 * 60 * 1000;

/**
 * The statements of one change of state: its line in the history, the mails to administrators, the audit record and, last,
 * the change itself. All or none takes effect: each holds only while the name is as it was read.
 *
 * @throws {ProblemException} `sender-name-state`, or `note-missing`
 */
export function stateChange(change: StateChange, now: number): Statement[] {
  const { name, event, cause, by, reason = '' } = change;
  const moved = transition(name.state, event, cause);
  if (!moved.ok) {
    if (moved.refusal === 'note-missing') throw new ProblemException('note-missing');
    throw new ProblemException('sender-name-state', {
      detail: `${name.name} is ${name.state}`,
      facts: { name: name.name, state: name.state },
    });
  }
  const guard = together([stillAs(name), ...(change.guards ?? [])]);
  const note = cause.by === 'administrator' ? cause.note : '';
  const facts = { ...change.facts, name: name.name, from: name.state, to: moved.to, reason, note };
  return [
    historyOf(name.id, { state: moved.to, reason, cause: cause.by, by, note }, now, guard),
    noticesOf(name.id, name.organisationId, moved.to, now, guard),
    auditRecord(
      { id: by, organisationId: name.organisationId },
      `sender-name.${moved.to}`,
      name.id,
      facts,
      now,
      guard,
    ),
    {
      sql: `UPDATE sender_names SET state = ?, reason = ?, state_since = max(?, state_since + 1)
            WHERE id = ? AND ${guard.sql}`,
      args: [moved.to, reason, now, name.id, ...guard.args],
    },
  ];
}

/** Holds while the name is as it was read. */
export const stillAs = (name: KnownName): Guard => ({
  sql: `EXISTS (SELECT 1 FROM sender_names WHERE id = ? AND organisation_id = ? AND state = ? AND state_since = ?)`,
  args: [name.id, name.organisationId, name.state, name.stateSince],
});

/** All of them. */
export const together = (guards: readonly Guard[]): Guard => ({
  sql: guards.map((guard) => `(${guard.sql})`).join(' AND '),
  args: guards.flatMap((guard) => [...guard.args]),
});

export interface HistoryLine {
  state: SenderNameState;
  reason: string;
  cause: Cause['by'];
  by: string;
  note: string;
}

export function historyOf(nameId: string, line: HistoryLine, now: number, guard: Guard): Statement {
  const { state, reason, cause, by, note } = line;
  return {
    sql: `INSERT INTO sender_name_history (sender_name_id, state, reason, cause, by, note, at)
          SELECT ?, ?, ?, ?, ?, ?, ? WHERE ${guard.sql}`,
    args: [nameId, state, reason, cause, by, note, now, ...guard.args],
  };
}

/** One mail to each administrator about the newest line of the name's history. */
export function noticesOf(
  nameId: string,
  organisationId: string,
  state: SenderNameState,
  now: number,
  guard: Guard,
): Statement {
  const due = state === 'draft' || state === 'statement-accepted' ? now + gathering : now;
  return {
    sql: `INSERT INTO sender_name_notices (history_id, person_id, due_at)
          SELECT (SELECT max(id) FROM sender_name_history WHERE sender_name_id = ?), person.id, ?
          FROM people AS person
          WHERE person.organisation_id = ? AND person.deleted_at IS NULL
            AND EXISTS (SELECT 1 FROM json_each(person.roles) WHERE value = 'administrator')
            AND ${guard.sql}
          ON CONFLICT DO NOTHING`,
    args: [nameId, due, organisationId, ...guard.args],
  };
}
