import type { z } from 'zod';
import type { LedgerEntry, Purchase } from '../../shared/api/packages.ts';
import type { Actor } from '../access/actor.ts';
import { invalidField } from '../api/problem-answers.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database } from '../database/database.ts';

export async function balanceOf(database: Database, organisationId: string): Promise<number> {
  const [row] = await database.query({
    sql: 'SELECT parts FROM balances WHERE organisation_id = ?',
    args: [organisationId],
  });
  return Number(row?.parts ?? 0);
}

export interface LedgerPlace {
  id: number;
  /** The balance after the entry. */
  balance: number;
}

/**
 * Entries of the ledger, newest first, each with the balance after it. The balance is counted back from the present
 * one (or from the last entry of the page before), so that a page costs the same however long the ledger is.
 */
export async function ledgerBefore(
  database: Database,
  organisationId: string,
  before: LedgerPlace | null,
  limit: number,
): Promise<(LedgerPlace & { entry: LedgerEntry; previous: number })[]> {
  const [rows = [], balances = []] = await database.queries([
    {
      sql: `SELECT id, kind, parts, batch_id, note, at FROM ledger
        WHERE organisation_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
      args: [organisationId, before?.id ?? Number.MAX_SAFE_INTEGER, limit],
    },
    { sql: 'SELECT parts FROM balances WHERE organisation_id = ?', args: [organisationId] },
  ]);
  let balance = before?.balance ?? Number(balances[0]?.parts ?? 0);
  return rows.map((row) => {
    const parts = Number(row.parts);
    const after = balance;
    balance -= parts;
    return {
      id: Number(row.id),
      balance: after,
      previous: balance,
      entry: {
        id: `led_${row.id}`,
        kind: row.kind as LedgerEntry['kind'],
        parts,
        balance: after,
        batchId: row.batch_id === null ? null : String(row.batch_id),
        note: String(row.note),
        at: Number(row.at),
      },
    };
  });
}

/**
 * A bought package: its parts are there from now on.
 * @throws {ProblemException} `invalid-request` for one that has ended already
 */
export async function recordPurchase(
  database: Database,
  actor: Actor,
  purchase: z.infer<typeof Purchase>,
  now: number,
): Promise<LedgerEntry> {
  const { parts, invoice, price, validUntil } = purchase;
  if (validUntil !== undefined && validUntil <= now) {
    throw invalidField('/validUntil', 'in_the_past', 'A package that has ended holds nothing');
  }
  const [stored, balances] = await database.batch([
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, note, by, at) VALUES (?, 'purchase', ?, ?, ?, ?)
        RETURNING id`,
      args: [actor.organisationId, parts, invoice, actor.id, now],
    },
    { sql: 'SELECT parts FROM balances WHERE organisation_id = ?', args: [actor.organisationId] },
    // The ledger's trigger has made it; its id is the last one of this transaction.
    {
      sql: 'UPDATE packages SET price = ?, valid_until = ? WHERE ledger_id = (SELECT max(id) FROM ledger)',
      args: [price ?? null, validUntil ?? null],
    },
    auditRecord(actor, 'package.bought', actor.organisationId, { ...purchase }, now),
  ]);
  return {
    id: `led_${stored?.rows[0]?.id}`,
    kind: 'purchase',
    parts,
    balance: Number(balances?.rows[0]?.parts),
    batchId: null,
    note: invoice,
    at: now,
  };
}
