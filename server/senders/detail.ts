import type { MailFailure } from '../../shared/api/mail-accounts.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { SenderNameDetail, SenderNameState } from '../../shared/api/sender-names.ts';
import { mailtoUrl } from '../../shared/sender-name/index.ts';
import type { Database, Row } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { readStatement, readSubmission, type StatementRecord, type SubmissionRecord } from './name-store.ts';
import { mayResendAt, nextStep, waitingFor } from './rules.ts';
import { describeScan } from './scan-store.ts';
import { nameById, nameOfRow } from './store.ts';

/**
 * A name with all that a person needs to go on: its statement, the mail and what became of it, the operator's word, and
 * its history.
 * @throws {ProblemException} `not-found`
 */
export async function readDetail(
  platform: Platform,
  organisationId: string,
  id: string,
): Promise<SenderNameDetail> {
  const { database, clock, settings } = platform;
  const [names = [], history = [], atOperator = []] = await database.queries([
    nameById(organisationId, id),
    {
      sql: `SELECT h.at, h.state, h.reason, h.cause, h.note,
              coalesce((SELECT name FROM people WHERE id = h.by), replace(h.by, 'operator:', '')) AS by
            FROM sender_name_history AS h WHERE h.sender_name_id = ? ORDER BY h.id`,
      args: [id],
    },
    { sql: 'SELECT * FROM sender_names_at_operator WHERE sender_name_id = ?', args: [id] },
  ]);
  const [row] = names;
  if (row === undefined) throw new ProblemException('not-found');
  const name = nameOfRow(row);
  const now = clock.now();
  // A draft's last statement was for another name.
  const statement = name.state === 'draft' ? null : await readStatement(database, id);
  const submission = statement === null ? null : await readSubmission(database, statement.id, now);
  return {
    ...name,
    next: nextStep({
      state: name.state,
      variant: statement?.variant ?? null,
      submission: submission?.state ?? null,
      resendAt: mayResendAt({ since: name.since, lastSentAt: submission?.finishedAt ?? null }),
      now,
    }),
    statement: statement === null ? null : await describeStatement(database, statement),
    mail: statement === null ? null : mailOf(statement, settings.statementsAddress),
    submission: submission === null ? null : describeSubmission(submission),
    wait: name.state === 'submitted' ? waitingFor(name.since, now) : null,
    operator: describeOperator(atOperator[0]),
    timeline: history.map((line) => ({
      at: Number(line.at),
      state: line.state as SenderNameState,
      reason: String(line.reason),
      cause: line.cause as 'user' | 'operator' | 'administrator',
      by: String(line.by),
      note: String(line.note),
    })),
  };
}

async function describeStatement(database: Database, statement: StatementRecord) {
  const {
    organisationId: _,
    nameId: __,
    name: ___,
    slotChangedBefore: ____,
    mail: _____,
    ...shown
  } = statement;
  return { ...shown, scan: await describeScan(database, statement.id) };
}

/** R20: without the CRM module the link that opens the mail program; the whole text stands beside it for copying. */
function mailOf(statement: StatementRecord, to: string): SenderNameDetail['mail'] {
  const { subject, body } = statement.mail;
  if (statement.variant === 'crm') return { to, cc: statement.email, subject, body, mailto: null };
  const { url, shortened } = mailtoUrl({ to, subject, body });
  return { to, cc: null, subject, body, mailto: { url, shortened } };
}

const describeSubmission = (submission: SubmissionRecord): SenderNameDetail['submission'] => ({
  id: submission.id,
  state: submission.state,
  startedAt: submission.startedAt,
  finishedAt: submission.finishedAt,
  failure: submission.failure as MailFailure | null,
  detail: submission.detail,
});

function describeOperator(row: Row | undefined): SenderNameDetail['operator'] {
  if (row === undefined) return null;
  return {
    name: String(row.operator),
    state: row.state as 'pending',
    statement: row.statement as 'required',
    note: String(row.note),
    registeredAt: row.registered_at === null ? null : Number(row.registered_at),
    askedAt: Number(row.asked_at),
  };
}
