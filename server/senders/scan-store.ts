import { ProblemException } from '../../shared/api/problems.ts';
import type { Scan, ScanKind } from '../../shared/api/statements.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';
import { blobPieces } from '../database/pieces.ts';

/** Bytes of a scan: twice the 5 MB that a phone's camera makes of a page. */
export const longestScan = 10 * 1024 * 1024;

const signatures: readonly [ScanKind, readonly number[]][] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

/**
 * What a file is by its first bytes, whatever it is called.
 * @throws {ProblemException} `scan-unsupported`
 */
export function kindOfScan(bytes: Uint8Array): ScanKind {
  const found = signatures.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte));
  if (found === undefined) throw new ProblemException('scan-unsupported', { facts: { size: bytes.length } });
  return found[0];
}

const endings: Readonly<Record<ScanKind, string>> = {
  'application/pdf': 'pdf',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

/** What a scan is called in the mail to the operator. */
export const scanName = (kind: ScanKind): string => `oswiadczenie.${endings[kind]}`;

/** Another scan of the same statement takes the earlier one's place. */
export function storeScan(
  actor: Actor,
  statementId: string,
  nameId: string,
  scan: { kind: ScanKind; bytes: Uint8Array },
  now: number,
): Statement[] {
  const { kind, bytes } = scan;
  const [beginning = bytes, ...rest] = blobPieces(bytes);
  return [
    { sql: 'DELETE FROM statement_scan_pieces WHERE statement_id = ?', args: [statementId] },
    {
      sql: `INSERT INTO statement_scans (statement_id, organisation_id, kind, size, bytes, uploaded_by, uploaded_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (statement_id) DO UPDATE SET kind = excluded.kind, size = excluded.size, bytes = excluded.bytes,
              uploaded_by = excluded.uploaded_by, uploaded_at = excluded.uploaded_at`,
      args: [statementId, actor.organisationId, kind, bytes.length, beginning, actor.id, now],
    },
    ...rest.map((piece, at) => ({
      sql: 'INSERT INTO statement_scan_pieces (statement_id, piece, bytes) VALUES (?, ?, ?)',
      args: [statementId, at + 1, piece],
    })),
    auditRecord(
      actor,
      'statement.scan-attached',
      nameId,
      { statement: statementId, kind, size: bytes.length },
      now,
    ),
  ];
}

export async function readScan(
  database: Database,
  organisationId: string,
  statementId: string,
): Promise<{ kind: ScanKind; bytes: Uint8Array } | null> {
  const [[row] = [], rest = []] = await database.queries([
    {
      sql: 'SELECT kind, size, bytes FROM statement_scans WHERE statement_id = ? AND organisation_id = ?',
      args: [statementId, organisationId],
    },
    {
      sql: `SELECT p.bytes FROM statement_scan_pieces p JOIN statement_scans s ON s.statement_id = p.statement_id
        WHERE p.statement_id = ? AND s.organisation_id = ? ORDER BY p.piece`,
      args: [statementId, organisationId],
    },
  ]);
  if (row === undefined) return null;
  const bytes = new Uint8Array(Number(row.size));
  let at = 0;
  for (const piece of [row, ...rest]) {
    bytes.set(piece.bytes as Uint8Array, at);
    at += (piece.bytes as Uint8Array).length;
  }
  return { kind: row.kind as ScanKind, bytes };
}

/** What there is to say of it, without its bytes. */
export async function describeScan(database: Database, statementId: string): Promise<Scan | null> {
  const [row] = await database.query({
    sql: 'SELECT kind, size, uploaded_at FROM statement_scans WHERE statement_id = ?',
    args: [statementId],
  });
  if (row === undefined) return null;
  return { kind: row.kind as ScanKind, size: Number(row.size), uploadedAt: Number(row.uploaded_at) };
}
