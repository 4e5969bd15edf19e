import type { Platform } from '../platform/platform.ts';

/** Milliseconds until a mail that failed is tried again; also how long one server has for it. */
const pause = 5 * 60_000;
const mostTries = 12;
const atOnce = 50;

type Parts = Pick<Platform, 'database' | 'clock' | 'log' | 'mailer' | 'settings'>;

/**
 * Tells administrators once a fall that the package is low. A notice is claimed before its mail and deleted after it was
 * taken, so a crash repeats a mail and loses none.
 */
export async function mailLowPackages(platform: Parts): Promise<void> {
  await noteFalls(platform);
  const { database, clock } = platform;
  const rows = await database.query({
    sql: `SELECT n.organisation_id, n.person_id, p.email, o.name, o.low_parts, b.parts
      FROM package_notices n
      JOIN people p ON p.id = n.person_id
      JOIN organisations o ON o.id = n.organisation_id
      JOIN balances b ON b.organisation_id = n.organisation_id
      WHERE n.due_at <= ? LIMIT ?`,
    args: [clock.now(), atOnce],
  });
  for (const row of rows) {
    await mailOne(platform, String(row.organisation_id), String(row.person_id), String(row.email), {
      organisation: String(row.name),
      parts: Number(row.parts),
      limit: Number(row.low_parts ?? 0),
      publicUrl: platform.settings.publicUrl,
    });
  }
}

/** Mostly nothing has fallen, and a look costs no write. One that has never bought a package is not told. */
async function noteFalls({ database, clock }: Parts): Promise<void> {
  const [row] = await database.query({
    sql: `SELECT 1 FROM organisations o JOIN balances b ON b.organisation_id = o.id
      WHERE (${fallen} AND o.low_parts_told_at IS NULL) OR (NOT ${fallen} AND o.low_parts_told_at IS NOT NULL) LIMIT 1`,
  });
  if (row === undefined) return;
  const now = clock.now();
  await database.batch([
    {
      sql: `INSERT OR IGNORE INTO package_notices (organisation_id, person_id, due_at)
        SELECT o.id, p.id, ? FROM organisations o JOIN balances b ON b.organisation_id = o.id
        JOIN people p ON p.organisation_id = o.id AND p.deleted_at IS NULL
        WHERE ${fallen} AND o.low_parts_told_at IS NULL
          AND EXISTS (SELECT 1 FROM json_each(p.roles) WHERE value = 'administrator')`,
      args: [now],
    },
    {
      sql: `UPDATE organisations SET low_parts_told_at = iif(low_parts_told_at IS NULL, ?, NULL) WHERE id IN (
        SELECT o.id FROM organisations o JOIN balances b ON b.organisation_id = o.id
        WHERE (${fallen}) <> (o.low_parts_told_at IS NOT NULL))`,
      args: [now],
    },
  ]);
}

const fallen = `coalesce(b.parts < o.low_parts, 0)
  AND EXISTS (SELECT 1 FROM ledger l WHERE l.organisation_id = o.id AND l.kind = 'purchase')`;

async function mailOne(
  platform: Parts,
  organisationId: string,
  personId: string,
  email: string,
  low: LowPackage,
): Promise<void> {
  const { database, clock, mailer, log, settings } = platform;
  const now = clock.now();
  const mine = [organisationId, personId];
  const [claimed] = await database.batch([
    {
      sql: `UPDATE package_notices SET due_at = ?, tries = tries + 1
        WHERE organisation_id = ? AND person_id = ? AND due_at <= ? RETURNING tries`,
      args: [now + pause, ...mine, now],
    },
  ]);
  const tries = claimed?.rows[0]?.tries;
  if (tries === undefined) return;
  try {
    await mailer.send({ from: settings.mailFrom, to: email, ...lowPackageMail(low) });
  } catch (error) {
    log.error('a low-package mail was not sent', {
      organisation: organisationId,
      tries,
      error: String(error),
    });
    if (Number(tries) < mostTries) return;
  }
  await database.batch([
    { sql: 'DELETE FROM package_notices WHERE organisation_id = ? AND person_id = ?', args: mine },
  ]);
}

interface LowPackage {
  organisation: string;
  parts: number;
  limit: number;
  publicUrl: string;
}

/** Both languages: nobody was asked for theirs. */
export function lowPackageMail({ organisation, parts, limit, publicUrl }: LowPackage): {
  subject: string;
  text: string;
} {
  return {
    subject: `Nadpis: kończy się pakiet SMS / SMS package is low: ${organisation.replace(/[\r\n]+/g, ' ')}`,
    text: [
      `W pakiecie SMS organizacji „${organisation}” zostało części: ${parts} (próg: ${limit}).`,
      'Gdy pakiet się skończy, nikt nie wyśle wiadomości, dopóki zakup nowego nie zostanie zapisany.',
      '',
      `The SMS package of “${organisation}” has ${parts} parts left (threshold: ${limit}).`,
      'When nothing is left, nobody can send until a new purchase is recorded.',
      '',
      `Nadpis, ${publicUrl}`,
      '',
    ].join('\n'),
  };
}
