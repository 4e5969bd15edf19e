import type { Database, Row, Statement } from '../database/database.ts';
import { type Package, type Stretch, shareOut } from './sharing.ts';

/** What the note of a lapsed package's entry begins with. */
export const lapsedNote = 'lapsed';
/** Counted again that often when sends come in between. */
const patience = 5;

export interface CountedPackage extends Package {
  price: number | null;
  invoice: string;
  boughtAt: number;
  lapsedAt: number | null;
}

/** Packages of an organisation with what remains of them at this moment, oldest first. */
export async function packagesOf(database: Database, organisationId: string): Promise<CountedPackage[]> {
  return (await count(database, organisationId)).packages;
}

interface Counted {
  packages: CountedPackage[];
  /** The last entry that is counted, and the one up to which it was written down before. */
  last: number;
  before: number;
}

async function count(database: Database, organisationId: string): Promise<Counted> {
  const [packages = [], stretches = [], ends = []] = await database.queries([
    {
      sql: `SELECT p.*, l.at FROM packages p JOIN ledger l ON l.id = p.ledger_id
        WHERE p.organisation_id = ? ORDER BY p.ledger_id`,
      args: [organisationId],
    },
    { sql: stretchesSql, args: [organisationId, organisationId] },
    { sql: endsSql, args: [organisationId, organisationId] },
  ]);
  const stored = packages.map(packageOf);
  const shared = shareOut(stored, stretches.map(stretchOf));
  return {
    packages: stored.map((each, at) => ({ ...each, remaining: shared[at]?.remaining ?? 0 })),
    last: Number(ends[0]?.last ?? 0),
    before: Number(ends[0]?.before ?? 0),
  };
}

/** Entries since the last count, summed between purchases. What lapsed was nobody's use. */
const stretchesSql = `
SELECT after, sum(parts) AS parts FROM (
  SELECT l.kind, l.parts, coalesce(max(iif(l.kind = 'purchase', l.id, NULL)) OVER (ORDER BY l.id), c.counted) AS after
  FROM (SELECT coalesce(max(counted), 0) AS counted FROM package_counts WHERE organisation_id = ?) c
  JOIN ledger l ON l.organisation_id = ? AND l.id > c.counted
) WHERE kind NOT IN ('purchase', 'correct') GROUP BY after ORDER BY after`;

const endsSql = `
SELECT (SELECT max(id) FROM ledger WHERE organisation_id = ?) AS last,
  (SELECT counted FROM package_counts WHERE organisation_id = ?) AS before`;

function packageOf(row: Row): CountedPackage {
  return {
    ledgerId: Number(row.ledger_id),
    parts: Number(row.parts),
    validUntil: row.valid_until === null ? null : Number(row.valid_until),
    remaining: Number(row.remaining),
    lapsed: row.lapsed_at !== null,
    price: row.price === null ? null : Number(row.price),
    invoice: String(row.invoice),
    boughtAt: Number(row.at),
    lapsedAt: row.lapsed_at === null ? null : Number(row.lapsed_at),
  };
}

const stretchOf = (row: Row): Stretch => ({ after: Number(row.after), parts: Number(row.parts) });

/**
 * Takes out of balances what remains of packages whose last moment has passed. What is reserved for messages that wait
 * was used in time.
 * @returns how many lapsed
 */
export async function lapsePackages(database: Database, now: number): Promise<number> {
  const due = await database.query({
    sql: `SELECT DISTINCT organisation_id FROM packages
      WHERE valid_until IS NOT NULL AND lapsed_at IS NULL AND valid_until < ?`,
    args: [now],
  });
  let lapsed = 0;
  for (const row of due) lapsed += await lapseOf(database, String(row.organisation_id), now);
  return lapsed;
}

async function lapseOf(database: Database, organisationId: string, now: number): Promise<number> {
  for (let tries = 0; tries < patience; tries++) {
    const counted = await count(database, organisationId);
    const over = counted.packages.filter(
      ({ lapsed, validUntil }) => !lapsed && validUntil !== null && validUntil < now,
    );
    const [claimed] = await database.batch(lapseStatements(organisationId, counted, over, now));
    if (claimed?.changes === 1) return over.length;
  }
  return 0;
}

/** Nothing of it is done when the ledger has gone on meanwhile: the first statement tells. */
function lapseStatements(
  organisationId: string,
  { packages, last, before }: Counted,
  over: readonly CountedPackage[],
  now: number,
): Statement[] {
  const remaining = JSON.stringify(
    Object.fromEntries(packages.map((each) => [each.ledgerId, each.remaining])),
  );
  const lapsing = JSON.stringify(over.map((each) => each.ledgerId));
  const mine = 'EXISTS (SELECT 1 FROM package_counts WHERE organisation_id = ? AND counted = ?)';
  // An id below zero is a count under way: no other has it, and it is gone at the end of the transaction.
  const token = -last;
  return [
    {
      sql: `INSERT INTO package_counts (organisation_id, counted)
        SELECT ?, ? WHERE (SELECT max(id) FROM ledger WHERE organisation_id = ?) = ?
          AND coalesce((SELECT counted FROM package_counts WHERE organisation_id = ?), 0) = ?
        ON CONFLICT (organisation_id) DO UPDATE SET counted = excluded.counted`,
      args: [organisationId, token, organisationId, last, organisationId, before],
    },
    {
      sql: `UPDATE packages SET remaining = c.value FROM json_each(?) c
        WHERE packages.ledger_id = CAST(c.key AS INTEGER) AND ${mine}`,
      args: [remaining, organisationId, token],
    },
    {
      sql: `INSERT INTO ledger (organisation_id, kind, parts, note, by, at)
        SELECT p.organisation_id, 'correct', -min(p.remaining, b.parts),
          '${lapsedNote}' || iif(p.invoice = '', '', ': ' || p.invoice), 'dispatch', ?
        FROM json_each(?) c JOIN packages p ON p.ledger_id = c.value JOIN balances b ON b.organisation_id = p.organisation_id
        WHERE p.remaining > 0 AND ${mine}`,
      args: [now, lapsing, organisationId, token],
    },
    {
      sql: `UPDATE packages SET remaining = 0, lapsed_at = ?
        WHERE ledger_id IN (SELECT value FROM json_each(?)) AND ${mine}`,
      args: [now, lapsing, organisationId, token],
    },
    {
      sql: 'UPDATE package_counts SET counted = ? WHERE organisation_id = ? AND counted = ?',
      args: [last, organisationId, token],
    },
  ];
}
