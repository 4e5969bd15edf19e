import { type HrmConsentPurpose, type HrmLanguage, hrmEventOf, isHrmEvent } from '../../shared/hrm/events.ts';
import type { Database, Row } from '../database/database.ts';

/** Notifications looked at in one step, which is the most that one batch has: so few that nobody waits long for it. */
const atOnce = 2500;

/** Batches whose key begins so gather several notifications of a person into one text. */
export const gatheredPrefix = 'hrg';
export const isGathered = (batchKey: string): boolean => batchKey.startsWith(`${gatheredPrefix}_`);

interface Due {
  id: number;
  companyId: string;
  event: string;
  language: HrmLanguage;
  /** Who is told, at which number, by which consent: what is gathered is the same in these. */
  to: string;
  purpose: HrmConsentPurpose;
  gathers: boolean;
}

/**
 * Gives due notifications the keys of the batches that they will be sent in: those of one event and language together,
 * and apart from them people of whom several wait, with all that waits for them. Of two servers that do it at once each
 * notification follows one.
 *
 * @returns whether there may be more
 */
export async function groupDue(
  database: Database,
  now: number,
  companyId: string | null,
  newId: (prefix: string) => string,
): Promise<boolean> {
  const rows = await database.query({
    sql: `${waitingSql} AND n.due_at <= ? AND (? IS NULL OR n.company_id = ?)
      ORDER BY n.due_at, n.id LIMIT ?`,
    args: [now, companyId, companyId, atOnce],
  });
  if (rows.length === 0) return false;
  const due = rows.map(dueOf);
  const also = await waitingFor(database, due);
  const keys = keysFor([...due, ...also], newId);
  await database.batch([
    {
      sql: `UPDATE hrm_notifications SET batch_key = k.value ->> 1 FROM json_each(?) k
        WHERE hrm_notifications.id = k.value ->> 0 AND state = 'waiting' AND batch_key IS NULL`,
      args: [JSON.stringify([...keys])],
    },
  ]);
  return rows.length === atOnce;
}

/** What waits still for people of whom something is due. */
async function waitingFor(database: Database, due: readonly Due[]): Promise<Due[]> {
  const gathering = due.filter((one) => one.gathers);
  if (gathering.length === 0) return [];
  const known = new Set(due.map((one) => one.id));
  const wanted = new Set(gathering.map((one) => one.to));
  const companies = [...new Set(gathering.map((one) => one.companyId))];
  const rows = await database.query({
    sql: `${waitingSql} AND n.due_at > n.created_at AND n.company_id IN (SELECT value FROM json_each(?))
      AND n.person IN (SELECT value FROM json_each(?)) ORDER BY n.id LIMIT ?`,
    args: [JSON.stringify(companies), JSON.stringify(gathering.map((one) => one.to.split('\n')[1])), atOnce],
  });
  return rows.map(dueOf).filter((one) => !known.has(one.id) && wanted.has(one.to));
}

function keysFor(due: readonly Due[], newId: (prefix: string) => string): Map<number, string> {
  const people = new Map<string, Due[]>();
  for (const one of due) if (one.gathers) people.set(one.to, [...(people.get(one.to) ?? []), one]);
  const made = new Map<string, string>();
  const keyOf = (prefix: string, group: string): string => {
    const key = made.get(`${prefix} ${group}`) ?? newId(prefix);
    made.set(`${prefix} ${group}`, key);
    return key;
  };
  return new Map(
    due.map((one) => {
      const several = one.gathers && (people.get(one.to)?.length ?? 0) > 1;
      return [
        one.id,
        several
          ? keyOf(gatheredPrefix, `${one.companyId}\n${one.purpose}`)
          : keyOf('hrm', `${one.companyId}\n${one.event}\n${one.language}`),
      ];
    }),
  );
}

function dueOf(row: Row): Due {
  const event = String(row.event);
  const purpose = isHrmEvent(event) ? hrmEventOf(event).purpose : 'service';
  const companyId = String(row.company_id);
  return {
    id: Number(row.id),
    companyId,
    event,
    language: row.language === 'en' ? 'en' : 'pl',
    to: `${companyId}\n${row.person}\n${row.number}\n${purpose}`,
    purpose,
    gathers: Number(row.due_at) > Number(row.created_at),
  };
}

const waitingSql = `
SELECT n.id, n.company_id, n.event, n.language, n.person, n.number, n.due_at, n.created_at
FROM hrm_notifications n JOIN hrm_calls c ON c.id = n.call_id
WHERE n.state = 'waiting' AND n.batch_key IS NULL AND c.taken_at IS NOT NULL`;
