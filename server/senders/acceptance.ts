import { ProblemException } from '../../shared/api/problems.ts';
import type { StatementAcceptance } from '../../shared/api/statements.ts';
import { isValidNip, normaliseNip } from '../../shared/checksums/index.ts';
import {
  headerSafe,
  missingStampFields,
  renderStatement,
  type StatementDetails,
  statementMail,
  statementVersion,
} from '../../shared/sender-name/index.ts';
import type { Guard } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';
import { refuseDeleted } from './slot-store.ts';
import { chosenStamp, type Signatory, stampsFor } from './statement-drafts.ts';

/** A statement that was accepted and is to be stored. */
export interface Accepted {
  id: string;
  details: StatementDetails;
  companyId: string | null;
  title: string;
  text: string;
  mail: { subject: string; body: string };
  saveStamp: boolean;
}

export interface Acceptable {
  organisationId: string;
  slot: string;
  name: string;
  hasCrm: boolean;
  signatory: Signatory;
  now: number;
}

/**
 * The statement as its owner accepted it (R13–R16): who and when come from the server, and the copy's address cannot be
 * another's than the accepting person's.
 *
 * @throws {ProblemException} `statement-not-accepted`, `company-not-chosen`, `company-deleted`, `stamp-incomplete`,
 *   `nip-invalid`, `statement-changed`
 */
export async function acceptStatement(
  database: Database,
  about: Acceptable,
  given: StatementAcceptance | undefined,
  id: string,
): Promise<Accepted> {
  if (given === undefined || !given.accepted || !given.representation) {
    const missing = given === undefined ? ['accepted'] : (['accepted', 'representation'] as const);
    throw new ProblemException('statement-not-accepted', {
      errors: missing
        .filter((field) => given === undefined || !given[field as 'accepted' | 'representation'])
        .map((field) => ({ path: `/statement/${field}`, code: 'required', detail: 'Must be true' })),
    });
  }
  const companyId = await companyFor(database, about, given.companyId);
  refuseIncomplete(given);
  const details: StatementDetails = {
    variant: about.hasCrm ? 'crm' : 'without-crm',
    language: given.language,
    name: about.name,
    company: given.company,
    address: given.address,
    nip: normaliseNip(given.nip),
    signatory: headerSafe(given.signatory),
    email: about.signatory.email,
    date: about.now,
  };
  const { title, text } = renderStatement(details);
  if (given.version !== statementVersion || (given.text !== undefined && given.text !== text)) {
    throw new ProblemException('statement-changed', { facts: { version: statementVersion, text } });
  }
  return { id, details, companyId, title, text, mail: statementMail(details), saveStamp: given.saveStamp };
}

async function companyFor(
  database: Database,
  { organisationId, slot }: Acceptable,
  chosen: string | null,
): Promise<string | null> {
  const stamps = await stampsFor(database, organisationId, slot);
  const stamp = chosenStamp(stamps, chosen);
  if (stamp !== null) return stamp.id;
  if (chosen !== null) {
    await refuseDeleted(database, organisationId, chosen);
    throw new ProblemException('not-found', { detail: 'There is no such company' });
  }
  if (stamps.length > 1)
    throw new ProblemException('company-not-chosen', { facts: { companies: stamps.length } });
  return null;
}

function refuseIncomplete(given: StatementAcceptance): void {
  const missing: string[] = missingStampFields(given);
  if (headerSafe(given.signatory) === '') missing.push('signatory');
  if (missing.length > 0) {
    throw new ProblemException('stamp-incomplete', {
      detail: `Missing: ${missing.join(', ')}`,
      facts: { missing: missing.join(' ') },
      errors: missing.map((field) => ({
        path: `/statement/${field}`,
        code: 'required',
        detail: 'Must not be empty',
      })),
    });
  }
  if (!isValidNip(given.nip)) {
    throw new ProblemException('nip-invalid', {
      errors: [{ path: '/statement/nip', code: 'invalid_nip', detail: 'The checksum of the NIP is wrong' }],
    });
  }
}

/** The statement's row, while the guard holds and its company is not deleted. */
export function storeStatement(
  accepted: Accepted,
  about: Acceptable,
  name: { id: string; changesSlot: string | null },
  guard: Guard,
): Statement[] {
  const { details, companyId } = accepted;
  const statements: Statement[] = [
    {
      sql: `INSERT INTO statements (id, organisation_id, sender_name_id, version, variant, language, title, text, company_id,
              company_name, company_address, company_nip, signatory_name, signatory_email, accepted_by, accepted_at,
              changes_slot, mail_subject, mail_body)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE ${guard.sql}`,
      args: [
        accepted.id,
        about.organisationId,
        name.id,
        statementVersion,
        details.variant,
        details.language,
        accepted.title,
        accepted.text,
        companyId,
        details.company,
        details.address,
        details.nip,
        details.signatory,
        details.email,
        about.signatory.id,
        about.now,
        name.changesSlot,
        accepted.mail.subject,
        accepted.mail.body,
        ...guard.args,
      ],
    },
  ];
  if (accepted.saveStamp && companyId !== null) {
    statements.push({
      sql: `UPDATE companies SET stamp_name = ?, stamp_address = ?, stamp_nip = ?, version = version + 1
            WHERE id = ? AND organisation_id = ? AND ${guard.sql}`,
      args: [details.company, details.address, details.nip, companyId, about.organisationId, ...guard.args],
    });
  }
  return statements;
}

/** Holds while the statement's company is there; a statement of no company always holds. */
export const companyStands = (companyId: string | null): Guard =>
  companyId === null
    ? { sql: '1', args: [] }
    : { sql: 'EXISTS (SELECT 1 FROM companies WHERE id = ? AND deleted_at IS NULL)', args: [companyId] };
