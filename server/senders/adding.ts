import { ProblemException } from '../../shared/api/problems.ts';
import type { SenderNameDraft } from '../../shared/api/sender-names.ts';
import { senderNameKey } from '../../shared/sender-name/index.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import { type Database, type Statement, UniqueViolation } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Acceptable, acceptStatement, companyStands, storeStatement } from './acceptance.ts';
import { requireName, takenBy, takenProblem } from './checking.ts';
import { open, requireOpen } from './configuration.ts';
import { lockedUntil, pointing, readSlot, type SlotRecord, stillPoints, unlocked } from './slot-store.ts';
import { historyOf, noticesOf, together } from './state-change.ts';
import { signatoryOf } from './statement-drafts.ts';

/**
 * A new name with its accepted statement (R10–R16). Added (R23), it becomes current only where the slot was empty; as a
 * change (R26) it takes the slot, and starts the slot's clock, when its statement is submitted. Until then the old name
 * goes on sending, and nothing is lost if the mail fails.
 *
 * @returns the id of the name; for a change to the same name, which is none (R27), the current one's
 * @throws {ProblemException} the first rule that refuses
 */
export async function addName(
  platform: Platform,
  actor: Actor,
  draft: SenderNameDraft,
): Promise<{ id: string; created: boolean }> {
  const { database } = platform;
  const { organisationId } = actor;
  const { hasCrm } = await requireOpen(database, organisationId);
  const slot = await readSlot(database, organisationId, draft.slot);
  const now = platform.clock.now();
  if (draft.intent === 'change') {
    const same = sameName(slot, draft.name);
    if (same !== null) return { id: same, created: false };
    refuseChange(slot, now);
  }
  const checked = await requireName(database, organisationId, draft);
  const about: Acceptable = {
    organisationId,
    slot: draft.slot,
    name: checked.name,
    hasCrm,
    signatory: await signatoryOf(database, actor.id),
    now,
  };
  const accepted = await acceptStatement(database, about, draft.statement, platform.newId('stm'));

  const id = platform.newId('snd');
  const changesSlot = draft.intent === 'change' ? draft.slot : null;
  const guards = [
    open(organisationId),
    companyStands(accepted.companyId),
    companyStands(draft.slot === 'program' ? null : draft.slot),
    ...(changesSlot === null ? [] : [stillPoints(slot), unlocked(organisationId, changesSlot, now)]),
  ];
  const made = { sql: 'EXISTS (SELECT 1 FROM sender_names WHERE id = ?)', args: [id] };
  const line = { state: 'statement-accepted', reason: '', cause: 'user', by: actor.id, note: '' } as const;
  const facts = {
    name: checked.name,
    slot: draft.slot,
    intent: draft.intent,
    statement: accepted.id,
    warnings: checked.warnings.map((warning) => warning.code),
  };
  const guard = together(guards);
  const [named] = await refuseTaken(database, organisationId, checked.key, [
    {
      sql: `INSERT INTO sender_names (id, organisation_id, name, name_key, state, state_since, statement_accepted_at,
              created_by, created_at)
            SELECT ?, ?, ?, ?, 'statement-accepted', ?, ?, ?, ? WHERE ${guard.sql}`,
      args: [id, organisationId, checked.name, checked.key, now, now, actor.id, now, ...guard.args],
    },
    ...storeStatement(accepted, about, { id, changesSlot }, made),
    historyOf(id, line, now, made),
    noticesOf(id, organisationId, 'statement-accepted', now, made),
    auditRecord(actor, 'sender-name.added', id, facts, now, made),
    ...(changesSlot === null
      ? [pointing(organisationId, draft.slot, id, together([made, stillPoints({ ...slot, current: null })]))]
      : []),
  ]);
  if (named?.changes !== 1) {
    await explainGuards(database, actor, accepted.companyId, draft.slot);
    throw new ProblemException('conflict');
  }
  return { id, created: true };
}

/** The current name's id, where the typed one is the same: without case, spaces collapsed. */
export const sameName = (slot: SlotRecord, typed: string): string | null =>
  slot.current !== null && senderNameKey(slot.current.name) === senderNameKey(typed) ? slot.current.id : null;

/** @throws {ProblemException} `slot-empty`, or `change-locked` with the moment from which it may be changed (R28) */
export function refuseChange(slot: SlotRecord, now: number): void {
  if (slot.current === null) throw new ProblemException('slot-empty');
  const until = lockedUntil(slot.changedAt, now);
  if (until !== null) throw lockedProblem(until);
}

export const lockedProblem = (until: number): ProblemException =>
  new ProblemException('change-locked', {
    detail: `The name may be changed again from ${new Date(until).toISOString()}`,
    facts: { lockedUntil: new Date(until).toISOString() },
  });

/**
 * Writes, and says in the domain's words which unique index refused: another was first (R10b), or another change of the
 * slot is open.
 */
export async function refuseTaken(
  database: Database,
  organisationId: string,
  key: string,
  statements: Statement[],
  except = '',
) {
  try {
    return await database.batch(statements);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    if (error.columns.includes('changes_slot')) throw new ProblemException('change-pending');
    const taken = await takenBy(database, organisationId, key, except);
    throw taken === null ? new ProblemException('conflict') : takenProblem(taken);
  }
}

/** Why a change that its guards refused was refused, read afterwards. */
export async function explainGuards(
  database: Database,
  actor: Actor,
  companyId: string | null,
  slot: string,
): Promise<void> {
  await requireOpen(database, actor.organisationId);
  await readSlot(database, actor.organisationId, slot);
  if (companyId !== null) await readSlot(database, actor.organisationId, companyId);
}
