import { ProblemException } from '../../shared/api/problems.ts';
import type { WarningCode } from '../../shared/api/sender-names.ts';
import type { StatementAcceptance } from '../../shared/api/statements.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord, type Guard } from '../audit/record.ts';
import type { Platform } from '../platform/platform.ts';
import { type Acceptable, acceptStatement, companyStands, storeStatement } from './acceptance.ts';
import { explainGuards, lockedProblem, refuseTaken } from './adding.ts';
import { requireName, takenBy, takenProblem } from './checking.ts';
import { open, requireOpen } from './configuration.ts';
import { type NameRecord, readName } from './name-store.ts';
import { lockedUntil, program, readSlot, unlocked } from './slot-store.ts';
import { stateChange, stillAs, together } from './state-change.ts';
import { signatoryOf } from './statement-drafts.ts';
import { takeOutOfUse } from './stopping.ts';

/** Holds while no mail of the name is under way: what it says must not change beneath it. */
const notBeingSent = (nameId: string, now: number): Guard => ({
  sql: `NOT EXISTS (SELECT 1 FROM statement_submissions AS m JOIN statements AS s ON s.id = m.statement_id
          WHERE s.sender_name_id = ? AND m.state = 'sending' AND m.lease_until > ?)`,
  args: [nameId, now],
});

/** What was submitted stays what it was: the operator has it. */
const voidStatements = (nameId: string, now: number, guard: Guard) => ({
  sql: `UPDATE statements SET voided_at = ? 
        WHERE sender_name_id = ? AND voided_at IS NULL AND submitted_at IS NULL AND ${guard.sql}`,
  args: [now, nameId, ...guard.args],
});

/** Edits a name that is not submitted yet; its acceptance is void (R13). The same name again changes nothing. */
export async function editName(
  platform: Platform,
  actor: Actor,
  id: string,
  edit: { name: string; acceptedWarnings: readonly WarningCode[] },
): Promise<void> {
  const { database } = platform;
  await requireOpen(database, actor.organisationId);
  const name = await readName(database, actor.organisationId, id);
  const now = platform.clock.now();
  const checked = await requireName(database, actor.organisationId, edit, id);
  if (checked.name === name.name) return;
  const guard = together([stillAs(name), notBeingSent(id, now)]);
  const change =
    name.state === 'draft'
      ? [auditRecord(actor, 'sender-name.edited', id, { from: name.name, to: checked.name }, now, guard)]
      : stateChange(
          {
            name,
            event: 'edit',
            cause: { by: 'user' },
            by: actor.id,
            guards: [notBeingSent(id, now)],
            facts: { newName: checked.name },
          },
          now,
        );
  const results = await refuseTaken(
    database,
    actor.organisationId,
    checked.key,
    [
      voidStatements(id, now, guard),
      {
        sql: `UPDATE sender_names SET name = ?, name_key = ?, statement_accepted_at = NULL WHERE id = ? AND ${guard.sql}`,
        args: [checked.name, checked.key, id, ...guard.args],
      },
      ...change,
    ],
    id,
  );
  if (results[1]?.changes !== 1) throw new ProblemException('conflict');
}

/**
 * Accepts the owner's statement for a name that has none: an edited draft, or one that the operator rejected or
 * deactivated, for another try (R11).
 */
export async function acceptAgain(
  platform: Platform,
  actor: Actor,
  id: string,
  given: { slot: string; statement: StatementAcceptance },
): Promise<void> {
  const { database } = platform;
  const { organisationId } = actor;
  const { hasCrm } = await requireOpen(database, organisationId);
  const name = await readName(database, organisationId, id);
  const now = platform.clock.now();
  const changesSlot = await slotThatItChanges(platform, name, now);
  const event = { name, event: 'accept-statement', cause: { by: 'user' }, by: actor.id } as const;
  // Before the rules of the statement: what is not to be had need not be filled in.
  stateChange(event, now);
  const taken = await takenBy(database, organisationId, name.key, id);
  if (taken !== null) throw takenProblem(taken);
  const about: Acceptable = {
    organisationId,
    slot: given.slot,
    name: name.name,
    hasCrm,
    signatory: await signatoryOf(database, actor.id),
    now,
  };
  const accepted = await acceptStatement(database, about, given.statement, platform.newId('stm'));
  const guards = [
    open(organisationId),
    companyStands(accepted.companyId),
    ...(changesSlot === null ? [] : [unlocked(organisationId, changesSlot, now)]),
  ];
  const guard = together([stillAs(name), ...guards]);
  const results = await refuseTaken(
    database,
    organisationId,
    name.key,
    [
      voidStatements(id, now, guard),
      ...storeStatement(accepted, about, { id, changesSlot }, guard),
      {
        sql: `UPDATE sender_names SET statement_accepted_at = ? WHERE id = ? AND ${guard.sql}`,
        args: [now, id, ...guard.args],
      },
      ...stateChange({ ...event, guards, facts: { statement: accepted.id } }, now),
    ],
    id,
  );
  if (results.at(-1)?.changes !== 1) {
    await explainGuards(database, actor, accepted.companyId, given.slot);
    throw new ProblemException('conflict');
  }
}

/**
 * A name that was a change stays one: its slot's clock starts when it is submitted. Not where the slot has no name any
 * more: then it is an added one.
 * @throws {ProblemException} `change-locked`
 */
async function slotThatItChanges(platform: Platform, name: NameRecord, now: number): Promise<string | null> {
  const { database } = platform;
  const [last] = await database.query<{ changes_slot: string | null }>({
    sql: `SELECT changes_slot FROM statements WHERE sender_name_id = ? ORDER BY accepted_at DESC, id DESC LIMIT 1`,
    args: [name.id],
  });
  const slot = last?.changes_slot ?? null;
  if (slot === null) return null;
  const stands = await readSlot(database, name.organisationId, slot).catch((error: unknown) => {
    // The company is gone, and its slot with it.
    if (slot !== program && error instanceof ProblemException) return null;
    throw error;
  });
  if (stands === null || stands.current === null) return null;
  const until = lockedUntil(stands.changedAt, now);
  if (until !== null) throw lockedProblem(until);
  return slot;
}

/**
 * The user withdraws a name: nobody sends under it any more, its queued messages stop, and its reservation ends. A slot
 * that points at it stays so: what is sent under next is the user's explicit choice (R21).
 */
export async function withdrawName(platform: Platform, actor: Actor, id: string): Promise<void> {
  const { database } = platform;
  await requireOpen(database, actor.organisationId);
  const name = await readName(database, actor.organisationId, id);
  if (name.state === 'withdrawn') return;
  const now = platform.clock.now();
  const guard = together([stillAs(name), notBeingSent(id, now)]);
  const change = stateChange({ name, event: 'withdraw', cause: { by: 'user' }, by: actor.id }, now);
  const { happened } = await takeOutOfUse(
    database,
    id,
    [voidStatements(id, now, guard), ...change],
    guard,
    'sender-name-withdrawn',
    now,
  );
  if (!happened) throw new ProblemException('conflict');
}
