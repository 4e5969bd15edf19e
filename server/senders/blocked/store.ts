import type { BlockedImported } from '../../../shared/api/blocked-names.ts';
import { type BlockedList, blockedList } from '../../../shared/sender-name/index.ts';
import type { Actor } from '../../access/actor.ts';
import { auditRecord } from '../../audit/record.ts';
import type { Database, Row, Statement } from '../../database/database.ts';
import { jsonPieces } from '../../database/pieces.ts';
import { sha256 } from '../../session/secrets.ts';
import type { BlockedRow } from './reading.ts';

/** Lists made ready, by organisation. The key names the imports, so that one brought in by another server is seen. */
const ready = new WeakMap<Database, Map<string, { key: string; list: BlockedList }>>();

/** Organisations whose lists are kept ready: 10,000 names take a few megabytes. */
const keptReady = 20;

/** All reserved names that the organisation has imported, ready for look-ups. */
export async function blockedListOf(
  database: Database,
  organisationId: string,
): Promise<BlockedList | undefined> {
  const imports = await database.query<{ id: string }>({
    sql: 'SELECT id FROM blocked_imports WHERE organisation_id = ? ORDER BY id',
    args: [organisationId],
  });
  if (imports.length === 0) return undefined;
  const key = imports.map((row) => row.id).join(' ');
  let lists = ready.get(database);
  if (lists === undefined) {
    lists = new Map();
    ready.set(database, lists);
  }
  const known = lists.get(organisationId);
  if (known?.key === key) return known.list;
  const rows = await database.query<{ name: string }>({
    sql: `SELECT name FROM blocked_names WHERE import_id IN (SELECT value FROM json_each(?)) ORDER BY import_id, line`,
    args: [JSON.stringify(imports.map((row) => row.id))],
  });
  const list = blockedList(rows.map((row) => row.name));
  if (lists.size >= keptReady) lists.clear();
  lists.set(organisationId, { key, list });
  return list;
}

export const importedOf = (row: Row): BlockedImported => ({
  id: String(row.id),
  source: String(row.source),
  listedOn: String(row.listed_on),
  names: Number(row.names),
  importedAt: Number(row.imported_at),
  importedBy: String(row.imported_by),
});

const importedSql = `SELECT i.id, i.source, i.listed_on, i.names, i.imported_at, i.digest,
    coalesce((SELECT name FROM people WHERE id = i.imported_by), i.imported_by) AS imported_by
  FROM blocked_imports AS i`;

export const importsOf = (organisationId: string): Statement => ({
  sql: `${importedSql} WHERE i.organisation_id = ? ORDER BY i.source`,
  args: [organisationId],
});

/** What is stored under the source, if anything. */
export async function importOf(
  database: Database,
  organisationId: string,
  source: string,
): Promise<(BlockedImported & { digest: string }) | null> {
  const [row] = await database.query({
    sql: `${importedSql} WHERE i.organisation_id = ? AND i.source = ?`,
    args: [organisationId, source],
  });
  return row === undefined ? null : { ...importedOf(row), digest: String(row.digest) };
}

/** What makes two imports the same: their day and their names in order. */
export const digestOf = (listedOn: string, rows: readonly BlockedRow[]): Promise<string> =>
  sha256(JSON.stringify([listedOn, rows.map((row) => [row.line, row.name])]));

/** Takes the place of the source's earlier list, whole, in one transaction. */
export function replaceImport(
  actor: Actor,
  list: { id: string; source: string; listedOn: string; digest: string; rows: readonly BlockedRow[] },
  now: number,
): Statement[] {
  const { organisationId } = actor;
  const pieces = jsonPieces(list.rows.map((row) => [row.line, row.name]));
  return [
    ...removal(organisationId, 'source', list.source),
    {
      sql: `INSERT INTO blocked_imports (id, organisation_id, source, listed_on, names, digest, imported_by, imported_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      args: [
        list.id,
        organisationId,
        list.source,
        list.listedOn,
        list.rows.length,
        list.digest,
        actor.id,
        now,
      ],
    },
    ...pieces.map((rows) => ({
      sql: `INSERT INTO blocked_names (import_id, line, name)
            SELECT ?, value ->> 0, value ->> 1 FROM json_each(?)`,
      args: [list.id, rows],
    })),
    auditRecord(
      actor,
      'blocked-names.imported',
      list.id,
      { source: list.source, listedOn: list.listedOn, names: list.rows.length },
      now,
    ),
  ];
}

export function removeImport(actor: Actor, id: string, now: number): Statement[] {
  const guard = {
    sql: 'EXISTS (SELECT 1 FROM blocked_imports WHERE organisation_id = ? AND id = ?)',
    args: [actor.organisationId, id],
  };
  return [
    auditRecord(actor, 'blocked-names.removed', id, {}, now, guard),
    ...removal(actor.organisationId, 'id', id),
  ];
}

function removal(organisationId: string, column: 'id' | 'source', value: string): Statement[] {
  const where = `organisation_id = ? AND ${column} = ?`;
  const args = [organisationId, value];
  return [
    {
      sql: `DELETE FROM blocked_names WHERE import_id IN (SELECT id FROM blocked_imports WHERE ${where})`,
      args,
    },
    { sql: `DELETE FROM blocked_imports WHERE ${where}`, args },
  ];
}

export const entriesAfter = (organisationId: string, key: string, limit: number): Statement => ({
  sql: `SELECT n.name, n.line, i.source, i.listed_on, n.import_id || '/' || printf('%07d', n.line) AS place
        FROM blocked_imports AS i JOIN blocked_names AS n ON n.import_id = i.id
        WHERE i.organisation_id = ? AND n.import_id || '/' || printf('%07d', n.line) > ?
        ORDER BY n.import_id, n.line LIMIT ?`,
  args: [organisationId, key, limit],
});
