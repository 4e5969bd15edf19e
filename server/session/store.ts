import type { ApiKeyScope } from '../../shared/api/people.ts';
import type { Role } from '../../shared/api/session.ts';
import type { Actor } from '../access/actor.ts';
import type { Database, Row, Statement, Value } from '../database/database.ts';
import { codeLife, codeTries, sessionLife } from './rules.ts';

export interface KeptSession {
  id: string;
  agent: string;
  createdAt: number;
  usedAt: number;
  expiresAt: number;
}

/** Keeps a new code for the address, if someone has it. @returns whether someone has. */
export async function keepCode(
  database: Database,
  email: string,
  codeHash: string,
  now: number,
): Promise<boolean> {
  const [, kept] = await database.batch([
    { sql: 'DELETE FROM sign_in_codes WHERE expires_at <= ?', args: [now] },
    {
      sql: `INSERT INTO sign_in_codes (email, code_hash, tries, created_at, expires_at)
            SELECT email, ?, 0, ?, ? FROM people AS person WHERE email = ? AND deleted_at IS NULL
              AND ${mailedTo}
            ${inPlaceOfOthers}`,
      args: [codeHash, now, now + codeLife, email],
    },
  ]);
  return (kept?.changes ?? 0) > 0;
}

/**
 * Where an organisation signs in through its provider alone no codes are mailed, but to administrators: a provider that
 * is broken shuts nobody out for good.
 */
const mailedTo = `(NOT EXISTS (SELECT 1 FROM single_sign_on AS s
  WHERE s.organisation_id = person.organisation_id AND s.required = 1)
    OR EXISTS (SELECT 1 FROM json_each(person.roles) WHERE value = 'administrator'))`;

const inPlaceOfOthers = `ON CONFLICT (email) DO UPDATE SET code_hash = excluded.code_hash, tries = 0,
  created_at = excluded.created_at, expires_at = excluded.expires_at`;

/** A code for somebody whom the provider of this organisation vouches for. @returns whether it is one of its people */
export async function keepProvidersCode(
  database: Database,
  organisationId: string,
  email: string,
  codeHash: string,
  now: number,
): Promise<boolean> {
  const [kept] = await database.batch([
    {
      sql: `INSERT INTO sign_in_codes (email, code_hash, tries, created_at, expires_at)
            SELECT email, ?, 0, ?, ? FROM people WHERE email = ? AND organisation_id = ? AND deleted_at IS NULL
            ${inPlaceOfOthers}`,
      args: [codeHash, now, now + codeLife, email, organisationId],
    },
  ]);
  return (kept?.changes ?? 0) > 0;
}

/**
 * Turns a code into a session, in one transaction: the try is counted, and of two requests with the same code one gets
 * a session.
 * @returns whether the code was right, in time and not tried too often
 */
export async function openSession(
  database: Database,
  asked: { email: string; codeHash: string; tokenHash: string; id: string; agent: string; now: number },
): Promise<boolean> {
  const { email, codeHash, tokenHash, id, agent, now } = asked;
  const opened = 'EXISTS (SELECT 1 FROM sessions WHERE token_hash = ?)';
  const results = await database.batch([
    { sql: 'DELETE FROM sessions WHERE expires_at <= ?', args: [now] },
    { sql: 'UPDATE sign_in_codes SET tries = tries + 1 WHERE email = ?', args: [email] },
    {
      sql: `INSERT INTO sessions (token_hash, id, person_id, organisation_id, agent, created_at, used_at, expires_at)
            SELECT ?, ?, person.id, person.organisation_id, ?, ?, ?, ?
            FROM people AS person JOIN sign_in_codes AS code ON code.email = person.email
            WHERE person.email = ? AND person.deleted_at IS NULL
              AND code.code_hash = ? AND code.expires_at > ? AND code.tries <= ?`,
      args: [tokenHash, id, agent, now, now, now + sessionLife, email, codeHash, now, codeTries],
    },
    {
      sql: `INSERT INTO audit (organisation_id, by, act, subject, detail, at)
            SELECT organisation_id, person_id, 'session.opened', id, '{}', ? FROM sessions WHERE token_hash = ?`,
      args: [now, tokenHash],
    },
    { sql: `DELETE FROM sign_in_codes WHERE email = ? AND ${opened}`, args: [email, tokenHash] },
  ]);
  return results[2]?.changes === 1;
}

/** Whom a session or an API key belongs to, and when it was used last. */
export interface Found {
  actor: Actor;
  usedAt: number | null;
}

/** What every request asks first, to be read by itself or together with what the request is for. */
export interface WhoAsks {
  statement: Statement;
  /** Null: there is no such session or key any more, or it is over, or its person is gone. */
  read(rows: readonly Row[]): Found | null;
}

export const whoHasSession = (tokenHash: string, now: number): WhoAsks => ({
  statement: {
    sql: `SELECT session.id AS session_id, session.used_at, session.expires_at,
            person.id, person.organisation_id, person.roles,
            (SELECT json_group_array(company_id) FROM person_companies WHERE person_id = person.id) AS companies
          FROM sessions AS session JOIN people AS person ON person.id = session.person_id
          WHERE session.token_hash = ? AND session.expires_at > ? AND person.deleted_at IS NULL`,
    args: [tokenHash, now],
  },
  read: ([row]) => {
    if (row === undefined) return null;
    const roles = JSON.parse(String(row.roles)) as Role[];
    return {
      actor: {
        kind: 'person',
        id: String(row.id),
        organisationId: String(row.organisation_id),
        roles,
        scopes: [],
        companies: roles.includes('administrator') ? null : setOf(row.companies),
        session: { id: String(row.session_id), expiresAt: Number(row.expires_at) },
      },
      usedAt: Number(row.used_at),
    };
  },
});

export const whoHasApiKey = (secretHash: string): WhoAsks => ({
  statement: {
    sql: `SELECT id, organisation_id, scopes, companies, last_used_at FROM api_keys
          WHERE secret_hash = ? AND revoked_at IS NULL`,
    args: [secretHash],
  },
  read: ([row]) =>
    row === undefined
      ? null
      : {
          actor: {
            kind: 'api-key',
            id: String(row.id),
            organisationId: String(row.organisation_id),
            roles: [],
            scopes: JSON.parse(String(row.scopes)) as ApiKeyScope[],
            companies: setOf(row.companies),
            session: null,
          },
          usedAt: row.last_used_at === null ? null : Number(row.last_used_at),
        },
});

const setOf = (json: Value | undefined): ReadonlySet<string> => new Set(JSON.parse(String(json)) as string[]);

/** Moves a session's end on, as it is in use. */
export async function touchSession(database: Database, tokenHash: string, now: number): Promise<void> {
  await database.batch([
    {
      sql: 'UPDATE sessions SET used_at = ?, expires_at = ? WHERE token_hash = ? AND used_at < ?',
      args: [now, now + sessionLife, tokenHash, now],
    },
  ]);
}

export async function touchApiKey(database: Database, secretHash: string, now: number): Promise<void> {
  await database.batch([
    { sql: 'UPDATE api_keys SET last_used_at = ? WHERE secret_hash = ?', args: [now, secretHash] },
  ]);
}

/** The person's sessions, newest first. */
export async function sessionsOf(database: Database, personId: string, now: number): Promise<KeptSession[]> {
  const rows = await database.query({
    sql: `SELECT id, agent, created_at, used_at, expires_at FROM sessions
          WHERE person_id = ? AND expires_at > ? ORDER BY id DESC`,
    args: [personId, now],
  });
  return rows.map((row) => ({
    id: String(row.id),
    agent: String(row.agent),
    createdAt: Number(row.created_at),
    usedAt: Number(row.used_at),
    expiresAt: Number(row.expires_at),
  }));
}

/** Ends one of the person's sessions. @returns whether there was one. */
export async function endSession(
  database: Database,
  actor: Actor,
  id: string,
  now: number,
): Promise<boolean> {
  const [, ended] = await database.batch([
    {
      sql: `INSERT INTO audit (organisation_id, by, act, subject, detail, at)
            SELECT organisation_id, ?, 'session.ended', id, '{}', ? FROM sessions WHERE id = ? AND person_id = ?`,
      args: [actor.id, now, id, actor.id],
    },
    { sql: 'DELETE FROM sessions WHERE id = ? AND person_id = ?', args: [id, actor.id] },
  ]);
  return (ended?.changes ?? 0) > 0;
}
