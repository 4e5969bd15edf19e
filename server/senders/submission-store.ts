import type { MailFailure } from '../../shared/api/mail-accounts.ts';
import type { Guard } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';
import { companyStands } from './acceptance.ts';
import { open } from './configuration.ts';
import type { NameRecord, StatementRecord, SubmissionRecord } from './name-store.ts';
import { submissionOf } from './name-store.ts';
import { takeSlot, unlocked } from './slot-store.ts';
import { stateChange, stillAs, together } from './state-change.ts';

/** The claim of one mail: written before it goes out. */
export interface Claim {
  id: string;
  key: string;
  messageId: string;
  startedBy: string;
  now: number;
  leaseUntil: number;
  /** The mail that this one may follow although it went out, or may have; null: none. */
  after: SubmissionRecord | null;
}

/**
 * The claim holds only while the name is as it was read, SMS can be configured (R3), the company stands, the slot's clock is
 * open (R28), no mail of the statement is under way, and none went out or may have, beside the one that it follows.
 */
export function claimStatements(name: NameRecord, statement: StatementRecord, claim: Claim): Statement[] {
  const { organisationId } = name;
  const { changesSlot } = statement;
  const guard = together([
    stillAs(name),
    open(organisationId),
    companyStands(statement.companyId),
    {
      sql: 'EXISTS (SELECT 1 FROM statements WHERE id = ? AND voided_at IS NULL)',
      args: [statement.id],
    },
    {
      sql: `NOT EXISTS (SELECT 1 FROM statement_submissions WHERE statement_id = ? AND id <> ?
              AND (state = 'sending' OR (state <> 'failed' AND started_at >= ?)))`,
      args: [statement.id, claim.after?.id ?? '', claim.after?.startedAt ?? 0],
    },
    ...(changesSlot !== null && name.state === 'statement-accepted'
      ? [unlocked(organisationId, changesSlot, claim.now)]
      : []),
  ]);
  return [
    // Whoever sent it is gone; whether it went out, nobody knows.
    {
      sql: `UPDATE statement_submissions SET state = 'unknown', failure = 'interrupted', finished_at = ?
            WHERE state = 'sending' AND lease_until <= ?
              AND (statement_id = ? OR (organisation_id = ? AND changes_slot = ?))`,
      args: [claim.now, claim.now, statement.id, organisationId, changesSlot],
    },
    {
      sql: `INSERT INTO statement_submissions (id, organisation_id, statement_id, key, state, message_id, changes_slot,
              started_by, started_at, lease_until)
            SELECT ?, ?, ?, ?, 'sending', ?, ?, ?, ?, ? WHERE ${guard.sql}`,
      args: [
        claim.id,
        organisationId,
        statement.id,
        claim.key,
        claim.messageId,
        changesSlot,
        claim.startedBy,
        claim.now,
        claim.leaseUntil,
        ...guard.args,
      ],
    },
  ];
}

/** The mail of this key in the organisation, if there is one that may have gone out; whose statement it is. */
export async function submissionOfKey(
  database: Database,
  organisationId: string,
  key: string,
  now: number,
): Promise<(SubmissionRecord & { statementId: string }) | null> {
  const [row] = await database.query({
    sql: `SELECT * FROM statement_submissions WHERE organisation_id = ? AND key = ? AND state <> 'failed'`,
    args: [organisationId, key],
  });
  return row === undefined ? null : { ...submissionOf(row, now), statementId: String(row.statement_id) };
}

/** The outcome of a mail that did not certainly go out: nothing else changes, no clock starts. */
export const recordUnsent = (
  id: string,
  outcome: { state: 'failed' | 'unknown'; failure: MailFailure; detail: string },
  now: number,
): Statement => ({
  sql: `UPDATE statement_submissions SET state = ?, failure = ?, detail = ?, finished_at = ?
        WHERE id = ? AND state IN ('sending', 'unknown')`,
  args: [outcome.state, outcome.failure, outcome.detail, now, id],
});

export const recordSent = (id: string, detail: string, now: number): Statement => ({
  sql: `UPDATE statement_submissions SET state = 'sent', failure = NULL, detail = ?, finished_at = ?
        WHERE id = ? AND state IN ('sending', 'unknown')`,
  args: [detail, now, id],
});

/**
 * The name is with the operator: its state, and where it is a change its slot and the slot's clock (R27, R28), in one
 * transaction. The last statement but those of the slot is the change of state: see `submitted`.
 */
export function submitStatements(
  name: NameRecord,
  statement: StatementRecord,
  by: { id: string; guards?: readonly Guard[] },
  now: number,
): { statements: Statement[]; change: number } {
  const change = stateChange(
    {
      name,
      event: 'submit',
      cause: { by: 'user' },
      by: by.id,
      guards: by.guards ?? [],
      facts: { statement: statement.id },
    },
    now,
  );
  const submitted: Guard = {
    sql: `EXISTS (SELECT 1 FROM sender_names AS n JOIN statements AS s ON s.sender_name_id = n.id
            WHERE n.id = ? AND n.state = 'submitted' AND s.id = ? AND s.submitted_at = ?)`,
    args: [name.id, statement.id, now],
  };
  const first = together([stillAs(name), ...(by.guards ?? [])]);
  return {
    statements: [
      {
        sql: `UPDATE statements SET submitted_at = ? WHERE id = ? AND submitted_at IS NULL AND ${first.sql}`,
        args: [now, statement.id, ...first.args],
      },
      ...change,
      ...(statement.changesSlot === null
        ? []
        : takeSlot(
            name.organisationId,
            statement.changesSlot,
            { nameId: name.id, statementId: statement.id, now },
            submitted,
          )),
    ],
    change: change.length,
  };
}
