import type { SingleSignOn, SingleSignOnDraft } from '../../shared/api/single-sign-on.ts';
import type { Actor } from '../access/actor.ts';
import { auditRecord } from '../audit/record.ts';
import type { Database, Statement } from '../database/database.ts';
import { open, seal } from '../secrets/seal.ts';

/** What a client secret is sealed for. */
export const sealedFor = (organisationId: string): string => `single-sign-on:${organisationId}`;

export interface ProviderRecord {
  organisationId: string;
  issuer: string;
  clientId: string;
  secretSealed: string;
  domains: string[];
  required: boolean;
  changedAt: number;
}

/** Milliseconds that somebody may stay at the provider. */
const wayLife = 15 * 60_000;

const columns = 'organisation_id, issuer, client_id, client_secret_sealed, domains, required, changed_at';

export async function providerOf(database: Database, organisationId: string): Promise<ProviderRecord | null> {
  return one(database, `SELECT ${columns} FROM single_sign_on WHERE organisation_id = ?`, organisationId);
}

/**
 * Where somebody with this address signs in: at the provider of their organisation. An address that nobody has is answered
 * like its neighbours, so that the answer does not tell who is there.
 */
export async function providerForAddress(database: Database, email: string): Promise<ProviderRecord | null> {
  const domain = email.slice(email.lastIndexOf('@') + 1);
  return one(
    database,
    `SELECT ${columns} FROM single_sign_on AS s
     WHERE EXISTS (SELECT 1 FROM json_each(s.domains) WHERE value = ?)
       AND s.organisation_id = coalesce(
         (SELECT organisation_id FROM people WHERE email = ? AND deleted_at IS NULL), s.organisation_id)
     ORDER BY s.changed_at LIMIT 1`,
    domain,
    email,
  );
}

async function one(database: Database, sql: string, ...args: string[]): Promise<ProviderRecord | null> {
  const [row] = await database.query({ sql, args });
  if (row === undefined) return null;
  return {
    organisationId: String(row.organisation_id),
    issuer: String(row.issuer),
    clientId: String(row.client_id),
    secretSealed: String(row.client_secret_sealed),
    domains: JSON.parse(String(row.domains)) as string[],
    required: row.required === 1,
    changedAt: Number(row.changed_at),
  };
}

/** @throws {SealError} when it was sealed under another secret of the server */
export const clientSecretOf = async (
  { secretSealed, organisationId }: ProviderRecord,
  secrets: readonly string[],
): Promise<string> => (secretSealed === '' ? '' : open(secrets, sealedFor(organisationId), secretSealed));

export const shown = (record: ProviderRecord, redirectUri: string): SingleSignOn => ({
  issuer: record.issuer,
  clientId: record.clientId,
  hasClientSecret: record.secretSealed !== '',
  domains: record.domains,
  required: record.required,
  changedAt: record.changedAt,
  redirectUri,
});

export async function providerChange(
  actor: Actor,
  draft: SingleSignOnDraft,
  secret: string,
  now: number,
): Promise<Statement[]> {
  const { issuer, clientId, clientSecret, domains, required } = draft;
  const sealed =
    clientSecret === undefined || clientSecret === ''
      ? ''
      : await seal(secret, sealedFor(actor.organisationId), clientSecret);
  return [
    {
      sql: `INSERT INTO single_sign_on (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (organisation_id) DO UPDATE SET issuer = excluded.issuer, client_id = excluded.client_id,
              domains = excluded.domains, required = excluded.required, changed_at = excluded.changed_at,
              client_secret_sealed = ${clientSecret === undefined ? 'client_secret_sealed' : 'excluded.client_secret_sealed'}`,
      args: [actor.organisationId, issuer, clientId, sealed, JSON.stringify(domains), required ? 1 : 0, now],
    },
    auditRecord(
      actor,
      'single-sign-on.changed',
      actor.organisationId,
      { issuer, clientId, domains, required, secret: clientSecret === undefined ? 'kept' : 'changed' },
      now,
    ),
  ];
}

export const providerRemoval = (actor: Actor, now: number): Statement[] => {
  const args = [actor.organisationId];
  return [
    auditRecord(actor, 'single-sign-on.removed', actor.organisationId, {}, now, {
      sql: 'EXISTS (SELECT 1 FROM single_sign_on WHERE organisation_id = ?)',
      args,
    }),
    { sql: 'DELETE FROM single_sign_on WHERE organisation_id = ?', args },
  ];
};

export interface Way {
  stateHash: string;
  organisationId: string;
  nonce: string;
  codeVerifier: string;
}

export const keepWay = (way: Way, now: number): Statement[] => [
  { sql: 'DELETE FROM sign_ins_under_way WHERE expires_at <= ?', args: [now] },
  {
    sql: `INSERT INTO sign_ins_under_way (state_hash, organisation_id, nonce, code_verifier, expires_at)
          VALUES (?, ?, ?, ?, ?)`,
    args: [way.stateHash, way.organisationId, way.nonce, way.codeVerifier, now + wayLife],
  },
];

/** The way that came back, once. Null: unknown, used or over. */
export async function takeWay(database: Database, stateHash: string, now: number): Promise<Way | null> {
  const [taken] = await database.batch([
    {
      sql: `DELETE FROM sign_ins_under_way WHERE state_hash = ?
            RETURNING organisation_id, nonce, code_verifier, expires_at`,
      args: [stateHash],
    },
  ]);
  const row = taken?.rows[0];
  if (row === undefined || Number(row.expires_at) <= now) return null;
  return {
    stateHash,
    organisationId: String(row.organisation_id),
    nonce: String(row.nonce),
    codeVerifier: String(row.code_verifier),
  };
}
