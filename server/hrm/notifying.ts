import type { HrmCompanyEvent, HrmNotification, HrmSettings } from '../../shared/api/hrm.ts';
import { type ProblemError, ProblemException } from '../../shared/api/problems.ts';
import { type HrmLanguage, hrmLanguages } from '../../shared/hrm/events.ts';
import type { Actor } from '../access/actor.ts';
import { sendingOf } from '../companies/sending.ts';
import type { CompanyRecord } from '../companies/store.ts';
import type { Database } from '../database/database.ts';
import type { Acceptance } from '../messages/accept.ts';
import { turn } from '../messages/later.ts';
import { afterQuietHours } from '../messages/quiet-hours.ts';
import { insufficient, refuseOverQuota } from '../messages/rules.ts';
import { companyForHrm } from './access.ts';
import { beginCall, callByKey, takeCall } from './calls.ts';
import { employeesByReference } from './employees.ts';
import { Resolver, type Told } from './resolving.ts';
import { eventOf, settingsOf } from './settings.ts';
import { draftOf } from './writing.ts';

export interface NotifyingParts {
  database: Database;
  clock: { now(): number };
  newId(prefix: string): string;
  acceptance: Acceptance;
}

export interface NotifyCall {
  actor: Actor;
  body: HrmNotification;
  idempotencyKey: string;
  /** Of the body as it came. */
  fingerprint: string;
}

const named = 100;

/**
 * Takes one call of an HRM application: the whole gate first, for everybody in it, then its people, chunk by chunk under its
 * one key. What it takes goes out afterwards (`sending.ts`), at once or gathered.
 *
 * @returns JSON of an `HrmAccepted`, and whether it is the answer of an earlier try
 * @throws {ProblemException} the first failure; nothing goes out then
 */
export async function notify(
  parts: NotifyingParts,
  { actor, body, idempotencyKey, fingerprint }: NotifyCall,
): Promise<{ answer: string; replayed: boolean }> {
  const { database, clock } = parts;
  const { organisationId } = actor;
  const company = await companyForHrm(database, actor, body.companyId);
  const before = await callByKey(database, organisationId, idempotencyKey, fingerprint);
  if (before !== null && before.answer !== null) return { answer: before.answer, replayed: true };

  const [event, { value: settings }] = await Promise.all([
    eventOf(database, company.id, body.event),
    settingsOf(database, company.id),
  ]);
  if (!event.enabled) {
    throw new ProblemException('hrm-event-off', {
      detail: `${company.name} does not tell of ${body.event}`,
      facts: { event: body.event, company: company.id },
    });
  }
  const told = await passed(parts, actor, company, event, await everybody(database, body, settings));

  const now = clock.now();
  const times = { now, ...dueTimes(event, settings, company, now) };
  const id = parts.newId('hrm');
  const call =
    before ??
    (await beginCall(database, actor, { id, key: idempotencyKey, requestHash: fingerprint, now }, body));
  return { answer: await takeCall(database, actor, call, body, told, times), replayed: false };
}

/** People looked up and checked in one go: others have their turn in between. */
const slice = 2500;

/** @throws {ProblemException} `invalid-request` for fields that the event has not */
async function everybody(
  database: Database,
  { companyId, event, employees }: HrmNotification,
  settings: HrmSettings,
): Promise<readonly Told[]> {
  const resolver = new Resolver(event, settings);
  for (let from = 0; from < employees.length; from += slice) {
    const some = employees.slice(from, from + slice);
    const references = some.flatMap(({ reference, superior }) => [
      reference,
      ...(superior === null ? [] : [superior.reference]),
    ]);
    resolver.add(some, await employeesByReference(database, companyId, references));
    await turn();
  }
  resolver.refuseUnknown();
  return resolver.told;
}

/**
 * The send gate over everybody at once, so that a call is refused before anything of it is stored: what it lacks for
 * single people is in the result.
 */
async function passed(
  { acceptance, database, clock }: NotifyingParts,
  actor: Actor,
  company: CompanyRecord,
  event: HrmCompanyEvent,
  told: readonly Told[],
): Promise<Told[]> {
  const after = [...told];
  let needed = 0;
  let balance = 0;
  let lacking = 0;
  const holes: ProblemError[] = [];
  for (const language of hrmLanguages) {
    const theirs = told.filter((one) => one.language === language);
    for (let from = 0; from < theirs.length; from += slice) {
      const some = theirs.slice(from, from + slice);
      const preview = await previewOf(acceptance, actor, company.id, event, language, some);
      needed += preview.parts;
      balance = preview.balance;
      for (const skip of preview.skipped) {
        const place = some[skip.index]?.place ?? -1;
        const one = after[place];
        if (one === undefined || one.reason !== null) continue;
        if (skip.reason === 'fields-missing') {
          lacking++;
          if (holes.length < named) {
            holes.push({ path: `/employees/${place}/fields`, code: 'fields-missing', detail: skip.detail });
          }
        }
        after[place] = { ...one, reason: skip.reason, detail: skip.detail };
      }
      await turn();
    }
  }
  if (lacking > 0)
    throw new ProblemException('fields-missing', { facts: { recipients: lacking }, errors: holes });
  if (needed > balance) throw insufficient(needed, balance);
  // Each slice by itself may be within the month's quota where all of them are not.
  const { monthlyParts, usedParts, month } = await sendingOf(database, company, clock.now());
  if (monthlyParts !== null) refuseOverQuota({ month, limit: monthlyParts, used: usedParts ?? 0 }, needed);
  return after;
}

function previewOf(
  acceptance: Acceptance,
  actor: Actor,
  companyId: string,
  event: HrmCompanyEvent,
  language: HrmLanguage,
  some: readonly Told[],
) {
  const { draft, notification } = draftOf(
    companyId,
    event,
    language,
    // Those who get nothing have no number, so that the gate passes them over, too.
    some.map((one) => ({
      ...one,
      event: event.event,
      number: one.reason === null ? one.number : '',
      reference: '',
    })),
  );
  return acceptance.preview({ actor: asNotifier(actor), draft, notification });
}

/** Whoever calls, a notification is HRM's: nothing else that the caller may do counts (R30). */
export const asNotifier = (actor: Actor): Actor => ({
  ...actor,
  kind: 'api-key',
  roles: [],
  scopes: ['hrm:notify'],
});

function dueTimes(
  event: HrmCompanyEvent,
  settings: HrmSettings,
  company: CompanyRecord,
  now: number,
): { dueAt: number; gatheredUntil: number | null } {
  if (settings.digestMinutes === 0 || event.secret) return { dueAt: now, gatheredUntil: null };
  // By day, so that what a night brings comes together in the morning.
  const dueAt = afterQuietHours(now + settings.digestMinutes * 60_000, {
    timeZone: company.timeZone,
    from: company.dayFrom,
    until: company.dayUntil,
  });
  return { dueAt, gatheredUntil: dueAt };
}
