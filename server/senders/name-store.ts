import { ProblemException } from '../../shared/api/problems.ts';
import type { SenderNameState } from '../../shared/api/sender-names.ts';
import type { Database, Row } from '../database/database.ts';
import type { KnownName } from './state-change.ts';

export interface NameRecord extends KnownName {
  key: string;
  reason: string;
}

/** @throws {ProblemException} `not-found`, also for another organisation's */
export async function readName(database: Database, organisationId: string, id: string): Promise<NameRecord> {
  const [row] = await database.query({
    sql: `SELECT id, organisation_id, name, name_key, state, state_since, reason FROM sender_names
          WHERE id = ? AND organisation_id = ?`,
    args: [id, organisationId],
  });
  if (row === undefined) throw new ProblemException('not-found');
  return nameOf(row);
}

export const nameOf = (row: Row): NameRecord => ({
  id: String(row.id),
  organisationId: String(row.organisation_id),
  name: String(row.name),
  key: String(row.name_key),
  state: row.state as SenderNameState,
  stateSince: Number(row.state_since),
  reason: String(row.reason),
});

/** The statement that stands for a name: the last accepted one that was not voided. */
export interface StatementRecord {
  id: string;
  organisationId: string;
  nameId: string;
  /** The sender name that it is about. */
  name: string;
  version: string;
  variant: 'crm' | 'without-crm';
  language: 'pl' | 'en';
  title: string;
  text: string;
  companyId: string | null;
  company: string;
  address: string;
  nip: string;
  signatory: string;
  email: string;
  acceptedAt: number;
  /** The person's name. */
  acceptedBy: string;
  changesSlot: string | null;
  submittedAt: number | null;
  slotChangedBefore: number | null;
  mail: { subject: string; body: string };
}

/** Null: none is accepted, or its acceptance was voided (R13). */
export async function readStatement(database: Database, nameId: string): Promise<StatementRecord | null> {
  const [row] = await database.query({
    sql: `SELECT s.*, (SELECT name FROM sender_names WHERE id = s.sender_name_id) AS sender_name,
            coalesce((SELECT name FROM people WHERE id = s.accepted_by), s.accepted_by) AS accepted_by_name
          FROM statements AS s WHERE s.sender_name_id = ? AND s.voided_at IS NULL
          ORDER BY s.accepted_at DESC, s.id DESC LIMIT 1`,
    args: [nameId],
  });
  if (row === undefined) return null;
  const optional = (value: Row[string] | undefined) => (value === null || value === undefined ? null : value);
  return {
    id: String(row.id),
    organisationId: String(row.organisation_id),
    nameId,
    name: String(row.sender_name),
    version: String(row.version),
    variant: row.variant === 'crm' ? 'crm' : 'without-crm',
    language: row.language === 'en' ? 'en' : 'pl',
    title: String(row.title),
    text: String(row.text),
    companyId: optional(row.company_id) as string | null,
    company: String(row.company_name),
    address: String(row.company_address),
    nip: String(row.company_nip),
    signatory: String(row.signatory_name),
    email: String(row.signatory_email),
    acceptedAt: Number(row.accepted_at),
    acceptedBy: String(row.accepted_by_name),
    changesSlot: optional(row.changes_slot) as string | null,
    submittedAt: optional(row.submitted_at) as number | null,
    slotChangedBefore: optional(row.slot_changed_before) as number | null,
    mail: { subject: String(row.mail_subject), body: String(row.mail_body) },
  };
}

/** A mail to the operator: see `submitting.ts`. */
export interface SubmissionRecord {
  id: string;
  key: string;
  state: 'sending' | 'sent' | 'failed' | 'unknown';
  failure: string | null;
  detail: string;
  startedAt: number;
  leaseUntil: number;
  finishedAt: number | null;
}

/**
 * The statement's last mail; null: none was tried. One whose lease ran out without an outcome reads as unknown: whoever
 * sent it is gone.
 */
export async function readSubmission(
  database: Database,
  statementId: string,
  now: number,
): Promise<SubmissionRecord | null> {
  const [row] = await database.query({
    sql: `SELECT * FROM statement_submissions WHERE statement_id = ? ORDER BY started_at DESC, id DESC LIMIT 1`,
    args: [statementId],
  });
  return row === undefined ? null : submissionOf(row, now);
}

export function submissionOf(row: Row, now: number): SubmissionRecord {
  const lost = row.state === 'sending' && Number(row.lease_until) <= now;
  return {
    id: String(row.id),
    key: String(row.key),
    state: lost ? 'unknown' : (row.state as SubmissionRecord['state']),
    failure: lost ? 'interrupted' : row.failure === null ? null : String(row.failure),
    detail: String(row.detail),
    startedAt: Number(row.started_at),
    leaseUntil: Number(row.lease_until),
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
  };
}
