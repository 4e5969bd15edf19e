import { BatchAccepted } from '../../shared/api/batches.ts';
import type { HrmCompanyEvent } from '../../shared/api/hrm.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import { type HrmEventId, isHrmEvent } from '../../shared/hrm/events.ts';
import type { Actor } from '../access/actor.ts';
import { type Database, DatabaseBusy, DatabaseUnavailable, type Row } from '../database/database.ts';
import type { Acceptance } from '../messages/accept.ts';
import type { Log } from '../platform/platform.ts';
import { groupDue, isGathered } from './gathering.ts';
import { eventsOf } from './settings.ts';
import { type Fate, referenceOf, settleBatch } from './settling.ts';
import { digestDraftOf, draftOf, type NotificationDraft, type Written } from './writing.ts';

export interface SendingParts {
  database: Database;
  clock: { now(): number };
  newId(prefix: string): string;
  log: Log;
  acceptance: Acceptance;
  maximumParts(organisationId: string): number | null;
  /** Keys of batches that this process is about to send. */
  underWay: Set<string>;
}

interface Kept extends Written {
  id: number;
}

/** Batches looked for in one step. */
const atOnce = 50;

/**
 * Sends what is due. Notifications get their batch's key first and the batch is accepted under it, so that whoever is cut
 * off between the two is followed by somebody who does the same again, and each text goes out once. A batch that fails is
 * logged and holds up no other; it is tried again the next time.
 *
 * @param companyId of one company alone
 * @returns how many batches it sent or refused
 */
export async function sendDue(parts: SendingParts, companyId: string | null = null): Promise<number> {
  const { database, clock, newId, underWay, log } = parts;
  while (await groupDue(database, clock.now(), companyId, newId));
  let done = 0;
  for (let after = ''; ; ) {
    const keys = await database.query({
      sql: `SELECT batch_key, company_id FROM hrm_notifications INDEXED BY hrm_notifications_grouped
        WHERE state = 'waiting' AND batch_key IS NOT NULL AND batch_key > ? AND (? IS NULL OR company_id = ?)
        GROUP BY batch_key ORDER BY batch_key LIMIT ?`,
      args: [after, companyId, companyId, atOnce],
    });
    for (const row of keys) {
      const key = String(row.batch_key);
      // Another turn of this process has it. Of two processes that do the same, one finds it done.
      if (underWay.has(key)) continue;
      underWay.add(key);
      try {
        await sendBatch(parts, String(row.company_id), key);
        done++;
      } catch (error) {
        if (error instanceof DatabaseBusy || error instanceof DatabaseUnavailable) throw error;
        log.error('notifications were not sent', { batch: key, error: wordsOf(error) });
      } finally {
        underWay.delete(key);
      }
    }
    if (keys.length < atOnce) return done;
    after = String(keys.at(-1)?.batch_key);
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? '') : String(error));

async function sendBatch(parts: SendingParts, companyId: string, key: string): Promise<void> {
  const { database, acceptance, clock } = parts;
  const rows = await database.query({
    sql: `SELECT n.*, c.organisation_id, c.created_by FROM hrm_notifications n JOIN hrm_calls c ON c.id = n.call_id
      WHERE n.batch_key = ? AND n.state = 'waiting' ORDER BY n.id`,
    args: [key],
  });
  const [first] = rows;
  if (first === undefined) return;
  const organisationId = String(first.organisation_id);
  const kept = rows.flatMap(keptOf);
  const events = await eventsOf(database, companyId);
  const mostParts = parts.maximumParts(organisationId) ?? 1;
  const { people, made } = write(companyId, isGathered(key), kept, events, mostParts);
  const actor = notifier(organisationId, String(first.created_by), companyId);
  const fate = await acceptance
    .send({ actor, idempotencyKey: key, fingerprint: key, ...made })
    .then(({ answer }): Fate => {
      const { id, skipped } = BatchAccepted.parse(JSON.parse(answer));
      return { batchId: id, skipped };
    })
    .catch((error: unknown) =>
      fateOf(error, () => acceptance.preview({ actor, draft: made.draft, notification: made.notification })),
    );
  await settleBatch(database, people, fate, clock.now());
}

/** @throws whatever is no word of the gate: it is tried again then */
async function fateOf(error: unknown, preview: () => ReturnType<Acceptance['preview']>): Promise<Fate> {
  if (!(error instanceof ProblemException) || error.code === 'conflict') throw error;
  const { code } = error;
  if (code !== 'no-recipients' && code !== 'fields-missing') return { refused: code, skipped: [] };
  // Each has a reason of its own then.
  return { refused: code, skipped: (await preview()).skipped };
}

/** Who is sent to, in the order of the draft's recipients, each with all that the text tells. */
function write(
  companyId: string,
  gathered: boolean,
  kept: readonly Kept[],
  events: readonly HrmCompanyEvent[],
  mostParts: number,
): { people: Kept[][]; made: NotificationDraft } {
  const byId = new Map(events.map((event) => [event.event, event]));
  const eventOf = (id: HrmEventId | undefined): HrmCompanyEvent => {
    const event = id === undefined ? undefined : byId.get(id);
    if (event === undefined) throw new Error(`the catalogue has no event ${id}`);
    return event;
  };
  const event = eventOf(kept[0]?.event);
  if (!gathered) {
    const language = kept[0]?.language ?? 'pl';
    return { people: kept.map((one) => [one]), made: draftOf(companyId, event, language, kept) };
  }
  const people = new Map<string, [Kept, ...Kept[]]>();
  for (const one of kept) {
    const same = people.get(`${one.person}\n${one.number}`);
    if (same === undefined) people.set(`${one.person}\n${one.number}`, [one]);
    else same.push(one);
  }
  const told = [...people.values()];
  return { people: told, made: digestDraftOf(companyId, eventOf, event.purpose, told, mostParts) };
}

function keptOf(row: Row): Kept[] {
  const event = String(row.event);
  if (!isHrmEvent(event)) return [];
  const id = Number(row.id);
  return [
    {
      id,
      event,
      language: row.language === 'en' ? 'en' : 'pl',
      person: String(row.person),
      name: String(row.name),
      number: String(row.number),
      kind: row.kind === null ? null : row.kind === 'business' ? 'business' : 'private',
      fields: row.fields === null ? {} : (JSON.parse(String(row.fields)) as Record<string, string>),
      reference: referenceOf(id),
    },
  ];
}

/** Sends in the name of whoever made the call, and only as an HRM application of that company may. */
const notifier = (organisationId: string, id: string, companyId: string): Actor => ({
  kind: 'api-key',
  id,
  organisationId,
  roles: [],
  scopes: ['hrm:notify'],
  companies: new Set([companyId]),
  session: null,
});
