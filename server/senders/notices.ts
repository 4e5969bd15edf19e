import type { SenderNameState } from '../../shared/api/sender-names.ts';
import type { Platform } from '../platform/platform.ts';
import { type NoticeLine, noticeMail } from './notice-mail.ts';

/** Milliseconds until a mail that failed is tried again; also how long one server has for it. */
const pause = 5 * 60 * 1000;
const mostTries = 12;
const atOnce = 50;

/**
 * Mails what is due to administrators: one mail for each name and person with all that has happened to it. The rows are
 * claimed first and deleted after the mail was taken, so a crash repeats a mail and loses none.
 *
 * @returns how many mails went out
 */
export async function mailNotices(platform: Platform): Promise<number> {
  const { database, clock } = platform;
  const due = await database.query<{ person_id: string; sender_name_id: string; email: string }>({
    sql: `SELECT DISTINCT n.person_id, h.sender_name_id, p.email
          FROM sender_name_notices AS n
          JOIN sender_name_history AS h ON h.id = n.history_id
          JOIN people AS p ON p.id = n.person_id
          WHERE n.due_at <= ? LIMIT ?`,
    args: [clock.now(), atOnce],
  });
  let mailed = 0;
  for (const { person_id: personId, sender_name_id: nameId, email } of due) {
    if (await mailOne(platform, personId, nameId, email)) mailed++;
  }
  return mailed;
}

async function mailOne(
  platform: Platform,
  personId: string,
  nameId: string,
  email: string,
): Promise<boolean> {
  const { database, clock, settings } = platform;
  const now = clock.now();
  const mine = `person_id = ? AND history_id IN (SELECT id FROM sender_name_history WHERE sender_name_id = ?)`;
  const [claimed] = await database.batch([
    {
      sql: `UPDATE sender_name_notices SET due_at = ?, tries = tries + 1
            WHERE ${mine} AND (SELECT min(due_at) FROM sender_name_notices WHERE ${mine}) <= ?
            RETURNING history_id, tries`,
      args: [now + pause, personId, nameId, personId, nameId, now],
    },
  ]);
  const rows = claimed?.rows ?? [];
  if (rows.length === 0) return false;
  const ids = JSON.stringify(rows.map((row) => row.history_id));
  const lines = await database.query({
    sql: `SELECT h.at, h.state, h.reason, h.note, n.name,
            coalesce((SELECT name FROM people WHERE id = h.by), replace(h.by, 'operator:', '')) AS by
          FROM sender_name_history AS h JOIN sender_names AS n ON n.id = h.sender_name_id
          WHERE h.id IN (SELECT value FROM json_each(?)) ORDER BY h.id`,
    args: [ids],
  });
  const mail = noticeMail(
    String(lines[0]?.name ?? ''),
    lines.map(
      (row): NoticeLine => ({
        at: Number(row.at),
        state: row.state as SenderNameState,
        reason: String(row.reason),
        note: String(row.note),
        by: String(row.by),
      }),
    ),
    settings.publicUrl,
  );
  try {
    await platform.mailer.send({ from: settings.mailFrom, to: email, ...mail });
  } catch (error) {
    const tries = Math.max(...rows.map((row) => Number(row.tries)));
    platform.log.warn('administrators could not be mailed', { name: nameId, tries, error: String(error) });
    if (tries < mostTries) return false;
  }
  await database.batch([
    {
      sql: `DELETE FROM sender_name_notices WHERE person_id = ? AND history_id IN (SELECT value FROM json_each(?))`,
      args: [personId, ids],
    },
  ]);
  return true;
}
