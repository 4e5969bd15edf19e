import { ProblemException } from '../../shared/api/problems.ts';
import type { SenderNameState, SlotMove, SlotState, Slots } from '../../shared/api/sender-names.ts';
import { isSelectable, maySendUnder, senderNameKey } from '../../shared/sender-name/index.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord, type Guard } from '../audit/record.ts';
import type { Database, Row } from '../database/database.ts';
import type { Platform } from '../platform/platform.ts';
import { closedBecause, open, readConfiguration, requireOpen } from './configuration.ts';
import { readName } from './name-store.ts';
import { effectiveName } from './rules.ts';
import {
  lockedUntil,
  type NameOfSlot,
  pointing,
  program,
  readSlot,
  type SlotRecord,
  stillPoints,
} from './slot-store.ts';
import { together } from './state-change.ts';

const namedAtMost = 100;

/** Both scopes as they stand (R7): each slot's own name, what is sent under, from where, and its lock. */
export async function readSlots(platform: Platform, organisationId: string): Promise<Slots> {
  const { database } = platform;
  const now = platform.clock.now();
  const [programs = [], companies = [], names = [], changes = []] = await database.queries([
    {
      sql: `SELECT program_sender_name_id AS name_id, program_name_changed_at AS changed_at FROM organisations WHERE id = ?`,
      args: [organisationId],
    },
    {
      sql: `SELECT id, name, sender_name_id AS name_id, name_changed_at AS changed_at FROM companies
            WHERE organisation_id = ? AND deleted_at IS NULL ORDER BY name, id`,
      args: [organisationId],
    },
    {
      sql: 'SELECT id, name, state, state_since FROM sender_names WHERE organisation_id = ?',
      args: [organisationId],
    },
    {
      sql: `SELECT changes_slot, sender_name_id FROM statements WHERE organisation_id = ?
              AND changes_slot IS NOT NULL AND submitted_at IS NULL AND voided_at IS NULL`,
      args: [organisationId],
    },
  ]);
  const known = new Map(names.map((row) => [String(row.id), referenceOf(row)]));
  const records = new Map([...known].map(([id, { since, ...name }]) => [id, { ...name, stateSince: since }]));
  const nameOf = (id: Row[string] | undefined) => known.get(String(id)) ?? null;
  const idOf = (row: Row | undefined) => ({ senderNameId: (row?.name_id ?? null) as string | null });
  const openChange = new Map(changes.map((row) => [String(row.changes_slot), nameOf(row.sender_name_id)]));

  const slotOf = (slot: string, company: string, row: Row | undefined, count: number): SlotState => {
    const own = slot === program ? { senderNameId: null } : idOf(row);
    const effective = effectiveName(own, idOf(programs[0]), records);
    const changedAt = row?.changed_at === null || row === undefined ? null : Number(row.changed_at);
    return {
      slot,
      company,
      current: nameOf(row?.name_id),
      effective,
      maySend: effective !== null && maySendUnder(effective.state),
      lastChangeAt: changedAt,
      lockedUntil: lockedUntil(changedAt, now),
      openChange: openChange.get(slot) ?? null,
      companies: count,
    };
  };
  const withoutOwn = companies.filter((row) => row.name_id === null).length;
  return {
    closed: closedBecause(await readConfiguration(database, organisationId)),
    program: slotOf(program, '', programs[0], withoutOwn),
    companies: companies.map((row) => slotOf(String(row.id), String(row.name), row, 1)),
    at: now,
  };
}

const referenceOf = (row: Row): NameOfSlot => ({
  id: String(row.id),
  name: String(row.name),
  state: row.state as SenderNameState,
  since: Number(row.state_since),
});

/** Companies that send under the slot's name: for the program those without a name of their own (R9). */
export async function companiesOf(
  database: Database,
  organisationId: string,
  slot: string,
): Promise<{ count: number; names: string[] }> {
  const where = `organisation_id = ? AND deleted_at IS NULL AND ${slot === program ? 'sender_name_id IS NULL' : 'id = ?'}`;
  const args = slot === program ? [organisationId] : [organisationId, slot];
  const [counted = [], named = []] = await database.queries([
    { sql: `SELECT count(*) AS count FROM companies WHERE ${where}`, args },
    { sql: `SELECT name FROM companies WHERE ${where} ORDER BY name, id LIMIT ${namedAtMost}`, args },
  ]);
  return { count: Number(counted[0]?.count ?? 0), names: named.map((row) => String(row.name)) };
}

/**
 * Points the slot at a name that exists (R24, R25): no statement, no e-mail, no clock. The state travels with the name, so
 * a pending one blocks sending.
 *
 * @throws {ProblemException} `sender-name-not-selectable`; `conflict` where another was first, or the number of companies is
 *   not the one that the user was told
 */
export async function selectName(
  platform: Platform,
  actor: Actor,
  slot: string,
  selection: { senderNameId: string; dryRun: boolean; companies?: number | undefined },
): Promise<SlotMove> {
  const { database } = platform;
  const { organisationId } = actor;
  await requireOpen(database, organisationId);
  const record = await readSlot(database, organisationId, slot);
  const name = await readName(database, organisationId, selection.senderNameId);
  if (!isSelectable(name.state)) {
    throw new ProblemException('sender-name-not-selectable', {
      detail: `${name.name} is ${name.state}`,
      facts: { name: name.name, state: name.state },
    });
  }
  const to = { id: name.id, name: name.name, state: name.state, since: name.stateSince };
  const guard: Guard = {
    sql: `EXISTS (SELECT 1 FROM sender_names WHERE id = ? AND organisation_id = ?
            AND state IN ('statement-accepted', 'submitted', 'authorised'))`,
    args: [name.id, organisationId],
  };
  return move(platform, actor, record, to, guard, selection);
}

/** A company goes back to the program’s name (R8). */
export async function clearSlot(
  platform: Platform,
  actor: Actor,
  slot: string,
  dryRun: boolean,
): Promise<SlotMove> {
  const { database } = platform;
  await requireOpen(database, actor.organisationId);
  const record = await readSlot(database, actor.organisationId, slot);
  const programSlot = await readSlot(database, actor.organisationId, program);
  const moved = await move(platform, actor, record, null, { sql: '1', args: [] }, { dryRun });
  return { ...moved, stopsSending: stops(record.current, programSlot.current) };
}

async function move(
  platform: Platform,
  actor: Actor,
  record: SlotRecord,
  to: NameOfSlot | null,
  guard: Guard,
  asked: { dryRun: boolean; companies?: number | undefined },
): Promise<SlotMove> {
  const { database } = platform;
  const { slot, organisationId } = record;
  const touched = await companiesOf(database, organisationId, slot);
  if (asked.companies !== undefined && asked.companies !== touched.count) {
    throw new ProblemException('conflict', {
      detail: `It touches ${touched.count} companies now`,
      facts: { companies: touched.count },
    });
  }
  const before =
    record.current ?? (slot === program ? null : (await readSlot(database, organisationId, program)).current);
  const answer = {
    slot,
    from: record.current,
    to,
    companies: touched.count,
    companyNames: touched.names,
    stopsSending: to !== null && stops(before, to),
  };
  if (asked.dryRun) return { ...answer, applied: false };
  // Pointing where it points already is done.
  if (record.current?.id === to?.id) return { ...answer, applied: true };
  const all = together([stillPoints(record), open(organisationId), guard]);
  const facts = { slot, from: record.current?.id ?? null, to: to?.id ?? null, companies: touched.count };
  const results = await database.batch([
    auditRecord(
      actor,
      to === null ? 'slot.cleared' : 'slot.selected',
      to?.id ?? slot,
      facts,
      platform.clock.now(),
      all,
    ),
    pointing(organisationId, slot, to?.id ?? null, all),
  ]);
  if (results[1]?.changes !== 1) throw new ProblemException('conflict');
  platform.wakeUp.hint();
  return { ...answer, applied: true };
}

const stops = (from: NameOfSlot | null, to: NameOfSlot | null): boolean =>
  from !== null && maySendUnder(from.state) && (to === null || !maySendUnder(to.state));

/** What a change of the slot's name to the typed one would mean (R9, R26–R28). */
export async function effectOf(
  platform: Platform,
  organisationId: string,
  asked: { slot: string; intent: 'add' | 'change'; name: string },
) {
  const slot = await readSlot(platform.database, organisationId, asked.slot);
  const { count } = await companiesOf(platform.database, organisationId, asked.slot);
  const same = slot.current !== null && senderNameKey(slot.current.name) === senderNameKey(asked.name);
  const changes = asked.intent === 'change' && !same;
  return {
    same,
    companies: count,
    stopsSending: changes && slot.current !== null && maySendUnder(slot.current.state),
    lockedUntil: asked.intent === 'change' ? lockedUntil(slot.changedAt, platform.clock.now()) : null,
  };
}
