import { ProblemException } from '../../shared/api/problems.ts';
import type { StatementDraft, StatementQuestion } from '../../shared/api/statements.ts';
import { isValidNip } from '../../shared/checksums/index.ts';
import { missingStampFields, renderStatement } from '../../shared/sender-name/index.ts';
import type { Database } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { readConfiguration } from './configuration.ts';
import { program, refuseDeleted } from './slot-store.ts';

export interface StampedCompany {
  id: string;
  name: string;
  company: string;
  address: string;
  nip: string;
}

export interface Signatory {
  id: string;
  name: string;
  email: string;
}

/** Companies whose stamp a statement for the slot may use: all of them in the program scope, else the slot's own (R15). */
export async function stampsFor(
  database: Database,
  organisationId: string,
  slot: string,
): Promise<StampedCompany[]> {
  const rows = await database.query({
    sql: `SELECT id, name, stamp_name, stamp_address, stamp_nip FROM companies
          WHERE organisation_id = ? AND deleted_at IS NULL AND (? = '${program}' OR id = ?) ORDER BY name, id`,
    args: [organisationId, slot, slot],
  });
  if (rows.length === 0 && slot !== program) {
    await refuseDeleted(database, organisationId, slot);
    throw new ProblemException('not-found', { detail: 'There is no such company' });
  }
  return rows.map((row) => ({
    id: String(row.id),
    name: String(row.name),
    company: String(row.stamp_name),
    address: String(row.stamp_address),
    nip: String(row.stamp_nip),
  }));
}

export async function signatoryOf(database: Database, personId: string): Promise<Signatory> {
  const [row] = await database.query({
    sql: 'SELECT name, email FROM people WHERE id = ? AND deleted_at IS NULL',
    args: [personId],
  });
  if (row === undefined) throw new ProblemException('unauthenticated');
  return { id: personId, name: String(row.name), email: String(row.email) };
}

/** The chosen company; the only one there is needs no choice. Null: several, and none was chosen, or there is none. */
export function chosenStamp(
  stamps: readonly StampedCompany[],
  companyId: string | null,
): StampedCompany | null {
  if (companyId !== null) return stamps.find((stamp) => stamp.id === companyId) ?? null;
  return stamps.length === 1 ? (stamps[0] ?? null) : null;
}

/** What the form of the statement starts with (R15). Nothing is stored. */
export async function draftStatement(
  platform: Platform,
  actor: { id: string; organisationId: string },
  question: StatementQuestion,
): Promise<StatementDraft> {
  const { database } = platform;
  const [{ hasCrm }, stamps, person] = await Promise.all([
    readConfiguration(database, actor.organisationId),
    stampsFor(database, actor.organisationId, question.slot),
    signatoryOf(database, actor.id),
  ]);
  const stamp = chosenStamp(stamps, question.companyId);
  if (stamp === null && question.companyId !== null) {
    await refuseDeleted(database, actor.organisationId, question.companyId);
    throw new ProblemException('not-found', { detail: 'There is no such company' });
  }
  const { company, address, nip } = stamp ?? { company: '', address: '', nip: '' };
  const at = platform.clock.now();
  const variant = hasCrm ? 'crm' : 'without-crm';
  const { version, title, text } = renderStatement({
    variant,
    language: question.language,
    name: question.name,
    company,
    address,
    nip,
    signatory: person.name,
    email: person.email,
    date: at,
  });
  return {
    variant,
    version,
    language: question.language,
    title,
    text,
    companyId: stamp?.id ?? null,
    companies: stamps.map(({ id, name }) => ({ id, name })),
    company,
    address,
    nip,
    missing: missingStampFields({ company, address, nip }),
    nipValid: isValidNip(nip),
    signatory: person.name,
    email: person.email,
    to: platform.settings.statementsAddress,
    at,
  };
}
