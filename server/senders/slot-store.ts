import { ProblemException } from '../../shared/api/problems.ts';
import type { SenderNameState } from '../../shared/api/sender-names.ts';
import { mayChange, nextChangeAllowedAt } from '../../shared/sender-name/index.ts';
import type { Guard } from '../audit/record.ts';
import type { Database, Row, Statement, Value } from '../database/database.ts';

/** The slot of the program scope; every other slot is a company's id. */
export const program = 'program';

export interface NameOfSlot {
  id: string;
  name: string;
  state: SenderNameState;
  since: number;
}

/** One slot as it was read. */
export interface SlotRecord {
  organisationId: string;
  slot: string;
  /** Its own name; null: none. */
  current: NameOfSlot | null;
  /** When its name was last changed (R28); null: never. */
  changedAt: number | null;
}

/** Where a slot stands in the database. */
interface Place {
  table: 'organisations' | 'companies';
  name: string;
  clock: string;
  where: string;
  args: Value[];
}

function placeOf(organisationId: string, slot: string): Place {
  return slot === program
    ? {
        table: 'organisations',
        name: 'program_sender_name_id',
        clock: 'program_name_changed_at',
        where: 'slot.id = ?',
        args: [organisationId],
      }
    : {
        table: 'companies',
        name: 'sender_name_id',
        clock: 'name_changed_at',
        where: 'slot.id = ? AND slot.organisation_id = ? AND slot.deleted_at IS NULL',
        args: [slot, organisationId],
      };
}

/** @throws {ProblemException} `not-found`; `company-deleted` for a company that was there */
export async function readSlot(
  database: Database,
  organisationId: string,
  slot: string,
): Promise<SlotRecord> {
  const place = placeOf(organisationId, slot);
  const [row] = await database.query<Row>({
    sql: `SELECT slot.${place.clock} AS changed_at, name.id, name.name, name.state, name.state_since
          FROM ${place.table} AS slot LEFT JOIN sender_names AS name ON name.id = slot.${place.name}
          WHERE ${place.where}`,
    args: place.args,
  });
  if (row === undefined) {
    await refuseDeleted(database, organisationId, slot);
    throw new ProblemException('not-found', { detail: 'There is no such company' });
  }
  return {
    organisationId,
    slot,
    current:
      row.id === null
        ? null
        : {
            id: String(row.id),
            name: String(row.name),
            state: row.state as SenderNameState,
            since: Number(row.state_since),
          },
    changedAt: row.changed_at === null ? null : Number(row.changed_at),
  };
}

/** @throws {ProblemException} `company-deleted` where the organisation had that company */
export async function refuseDeleted(
  database: Database,
  organisationId: string,
  companyId: string,
): Promise<void> {
  const deleted = await database.query({
    sql: 'SELECT 1 FROM companies WHERE id = ? AND organisation_id = ? AND deleted_at IS NOT NULL',
    args: [companyId, organisationId],
  });
  if (deleted.length > 0) throw new ProblemException('company-deleted');
}

/** Holds while the slot points where it did. */
export function stillPoints(record: SlotRecord): Guard {
  const place = placeOf(record.organisationId, record.slot);
  return {
    sql: `EXISTS (SELECT 1 FROM ${place.table} AS slot WHERE ${place.where} AND slot.${place.name} IS ?)`,
    args: [...place.args, record.current?.id ?? null],
  };
}

/** Points the slot at a name, or at none, while the guard holds. Its clock stays as it is (R25). */
export function pointing(
  organisationId: string,
  slot: string,
  nameId: string | null,
  guard: Guard,
): Statement {
  const place = placeOf(organisationId, slot);
  return {
    sql: `UPDATE ${place.table} AS slot SET ${place.name} = ? WHERE ${place.where} AND ${guard.sql}`,
    args: [nameId, ...place.args, ...guard.args],
  };
}

/** R28, to the millisecond, as a condition of the change itself. A slot of a deleted company is not open either. */
export function unlocked(organisationId: string, slot: string, now: number): Guard {
  const place = placeOf(organisationId, slot);
  return {
    sql: `EXISTS (SELECT 1 FROM ${place.table} AS slot WHERE ${place.where}
            AND (slot.${place.clock} IS NULL OR slot.${place.clock} <= ?))`,
    args: [...place.args, now - (nextChangeAllowedAt(0) ?? 0)],
  };
}

/** R26–R28: the change takes the slot and starts its clock; what the clock was is kept with the statement. */
export function takeSlot(
  organisationId: string,
  slot: string,
  change: { nameId: string; statementId: string; now: number },
  guard: Guard,
): Statement[] {
  const place = placeOf(organisationId, slot);
  const open = unlocked(organisationId, slot, change.now);
  return [
    {
      sql: `UPDATE statements SET slot_changed_before =
              (SELECT slot.${place.clock} FROM ${place.table} AS slot WHERE ${place.where})
            WHERE id = ? AND ${open.sql} AND ${guard.sql}`,
      args: [...place.args, change.statementId, ...open.args, ...guard.args],
    },
    {
      sql: `UPDATE ${place.table} AS slot SET ${place.name} = ?, ${place.clock} = ?
            WHERE ${place.where} AND (slot.${place.clock} IS NULL OR slot.${place.clock} <= ?) AND ${guard.sql}`,
      args: [
        change.nameId,
        change.now,
        ...place.args,
        change.now - (nextChangeAllowedAt(0) ?? 0),
        ...guard.args,
      ],
    },
  ];
}

/**
 * A change that the operator rejects gives the lock back (R28): the clock is what it was before, if it is still this
 * change that it runs for. Where the slot points stays: the user selects another name (R25).
 */
export function giveLockBack(
  organisationId: string,
  slot: string,
  lock: { submittedAt: number; before: number | null },
  guard: Guard,
): Statement {
  const place = placeOf(organisationId, slot);
  return {
    sql: `UPDATE ${place.table} AS slot SET ${place.clock} = ?
          WHERE ${place.where} AND slot.${place.clock} = ? AND ${guard.sql}`,
    args: [lock.before, ...place.args, lock.submittedAt, ...guard.args],
  };
}

/** When the slot's name may be changed again; null: now. */
export const lockedUntil = (changedAt: number | null, now: number): number | null =>
  mayChange(now, changedAt) ? null : nextChangeAllowedAt(changedAt);
