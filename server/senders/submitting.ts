import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import { UniqueViolation } from '../database/database.ts';
import type { SmtpOptions } from '../mail-accounts/smtp.ts';
import type { Platform } from '../platform/platform.ts';
import { companyStands } from './acceptance.ts';
import { explainGuards, lockedProblem } from './adding.ts';
import { requireOpen } from './configuration.ts';
import { mailStatement } from './mailing.ts';
import {
  type NameRecord,
  readName,
  readStatement,
  readSubmission,
  type StatementRecord,
  type SubmissionRecord,
} from './name-store.ts';
import { mayResendAt } from './rules.ts';
import { lockedUntil, readSlot, unlocked } from './slot-store.ts';
import {
  claimStatements,
  recordSent,
  recordUnsent,
  submissionOfKey,
  submitStatements,
} from './submission-store.ts';

/** Longer than a mail may take with all its time-outs: then whoever sent it is gone. Milliseconds. */
export const mailLease = 3 * 60 * 1000;

/**
 * Mails the accepted statement to the operator, with a copy to the person who accepted it (R17, R18): once, whatever is
 * clicked twice, retried or interrupted. The claim is committed before the mail goes out and its outcome after. What
 * certainly failed may be tried again; what may have gone out is only mailed again when a person asks for it.
 *
 * @param key of the Idempotency-Key header
 * @throws {ProblemException} `mail-not-sent` or `mail-outcome-unknown` with the state kept; `change-locked`, …
 */
export async function submitByMail(
  platform: Platform,
  actor: Actor,
  id: string,
  request: { key: string; resend: boolean },
  options: { smtp?: SmtpOptions } = {},
): Promise<void> {
  const { database, clock } = platform;
  await requireOpen(database, actor.organisationId);
  const name = await readName(database, actor.organisationId, id);
  const statement = await readStatement(database, id);
  const now = clock.now();

  const replayed = await submissionOfKey(database, actor.organisationId, request.key, now);
  if (replayed !== null) {
    if (replayed.statementId !== statement?.id) throw new ProblemException('idempotency-key-reused');
    if (replayed.state === 'unknown') throw unknownProblem(replayed);
    return;
  }
  if (statement === null || (name.state !== 'statement-accepted' && name.state !== 'submitted')) {
    throw stateProblem(name);
  }
  if (statement.variant !== 'crm') throw new ProblemException('sent-from-mail-program');

  const last = await readSubmission(database, statement.id, now);
  if (!mayMail(name, last, request.resend, now)) return;

  const claim = {
    id: platform.newId('sub'),
    key: request.key,
    messageId: '',
    startedBy: actor.id,
    now,
    leaseUntil: now + mailLease,
    after: last?.state === 'failed' ? null : last,
  };
  claim.messageId = `<${claim.id}@${statement.email.split('@')[1] ?? 'nadpis.invalid'}>`;
  const claimed = await database.batch(claimStatements(name, statement, claim)).catch((error: unknown) => {
    // Another click was first: it mails, we do not.
    if (error instanceof UniqueViolation) return null;
    throw error;
  });
  if (claimed === null || claimed[1]?.changes !== 1) return explainClaim(platform, actor, name, statement);

  const result = await mailStatement(platform, statement, claim.messageId, options.smtp);
  const ended = clock.now();
  if (result.outcome !== 'sent') {
    await database.batch([
      recordUnsent(claim.id, { ...result, state: result.outcome }, ended),
      auditRecord(
        actor,
        `sender-name.mail-${result.outcome}`,
        id,
        { submission: claim.id, failure: result.failure, detail: result.detail },
        ended,
      ),
    ]);
    const facts = { failure: result.failure, detail: result.detail };
    throw new ProblemException(result.outcome === 'failed' ? 'mail-not-sent' : 'mail-outcome-unknown', {
      detail: result.detail,
      facts,
    });
  }
  const first = name.state === 'statement-accepted';
  await database.batch([
    recordSent(claim.id, result.detail, ended),
    ...(first
      ? submitStatements(name, statement, { id: actor.id }, ended).statements
      : [auditRecord(actor, 'sender-name.mailed-again', id, { submission: claim.id }, ended)]),
  ]);
}

/**
 * Whether a mail may go out now. False: it went out already, or is going out.
 * @throws {ProblemException} `mail-outcome-unknown` where a person has to ask for it, `resend-too-early` before the operator's
 *   usual time is over
 */
function mayMail(name: NameRecord, last: SubmissionRecord | null, resend: boolean, now: number): boolean {
  switch (last?.state) {
    case undefined:
    case 'failed':
      if (name.state === 'statement-accepted') return true;
      break;
    case 'sending':
      return false;
    case 'unknown':
      if (!resend) throw unknownProblem(last);
      return true;
    case 'sent':
      if (!resend) return false;
  }
  if (!resend) return false;
  const allowedAt = mayResendAt({ since: name.stateSince, lastSentAt: last?.finishedAt ?? null });
  if (now >= allowedAt) return true;
  throw new ProblemException('resend-too-early', { facts: { allowedAt: new Date(allowedAt).toISOString() } });
}

/** Somebody else claimed it, or a rule refused: says which. Returns where another request is mailing it. */
async function explainClaim(
  platform: Platform,
  actor: Actor,
  name: NameRecord,
  statement: StatementRecord,
): Promise<void> {
  const { database } = platform;
  const now = platform.clock.now();
  await explainGuards(database, actor, statement.companyId, statement.changesSlot ?? 'program');
  const current = await readSubmission(database, statement.id, now);
  if (current?.state === 'sending' || current?.state === 'sent') return;
  if (statement.changesSlot !== null) {
    const slot = await readSlot(database, actor.organisationId, statement.changesSlot);
    const until = lockedUntil(slot.changedAt, now);
    if (until !== null) throw lockedProblem(until);
  }
  const fresh = await readName(database, actor.organisationId, name.id);
  if (fresh.state !== name.state) throw stateProblem(fresh);
  throw new ProblemException('conflict');
}

/**
 * "I have sent it" (R20): without the CRM module the user's own mail program sent it, and only the user knows. With it,
 * where the mail's outcome is unknown and the copy has arrived.
 */
export async function confirmSent(platform: Platform, actor: Actor, id: string): Promise<void> {
  const { database, clock } = platform;
  await requireOpen(database, actor.organisationId);
  const name = await readName(database, actor.organisationId, id);
  if (name.state === 'submitted') return;
  const statement = await readStatement(database, id);
  if (statement === null || name.state !== 'statement-accepted') throw stateProblem(name);
  const now = clock.now();
  const last = await readSubmission(database, statement.id, now);
  if (statement.variant === 'crm' && last?.state !== 'unknown') throw stateProblem(name);
  if (statement.companyId !== null) await readSlot(database, actor.organisationId, statement.companyId);
  if (statement.changesSlot !== null) {
    const slot = await readSlot(database, actor.organisationId, statement.changesSlot);
    const until = lockedUntil(slot.changedAt, now);
    if (until !== null) throw lockedProblem(until);
  }
  const guards = [
    companyStands(statement.companyId),
    ...(statement.changesSlot === null ? [] : [unlocked(actor.organisationId, statement.changesSlot, now)]),
  ];
  const { statements } = submitStatements(name, statement, { id: actor.id, guards }, now);
  await database.batch([
    ...(last?.state === 'unknown' ? [recordSent(last.id, 'confirmed by the user', now)] : []),
    ...statements,
  ]);
  const fresh = await readName(database, actor.organisationId, id);
  // Clicked twice: the second finds it done.
  if (fresh.state !== 'submitted') await explainClaim(platform, actor, name, statement);
}

const stateProblem = (name: NameRecord): ProblemException =>
  new ProblemException('sender-name-state', {
    detail: `${name.name} is ${name.state}`,
    facts: { name: name.name, state: name.state },
  });

const unknownProblem = (last: SubmissionRecord): ProblemException =>
  new ProblemException('mail-outcome-unknown', {
    detail: last.detail === '' ? 'The mail may have gone out' : last.detail,
    facts: { failure: last.failure, detail: last.detail },
  });
