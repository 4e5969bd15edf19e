import type { BatchAccepted, BatchDraft, BatchPreview } from '../../shared/api/batches.ts';
import { ProblemException } from '../../shared/api/problems.ts';
import type { Actor } from '../access/actor.ts';
import { type Database, DatabaseBusy, type Reads, UniqueViolation } from '../database/database.ts';
import { originOf, siteOf } from '../sites/rules.ts';
import type { Router } from './dispatch/routing.ts';
import { type EmployeeSend, employeeSend, type Notification } from './employees.ts';
import { type Facts, readFacts } from './facts.ts';
import { Group, type Settled } from './group.ts';
import { afterQuietHours } from './quiet-hours.ts';
import { type CheckedRecipients, checkRecipients } from './recipients.ts';
import type { Retry } from './retrying.ts';
import { type Gate, type Passed, passGate } from './rules.ts';
import { scheduledFor } from './scheduling.ts';
import { type NewBatch, storeBatches } from './storing.ts';

export interface Send {
  actor: Actor;
  draft: BatchDraft;
  /** From the Idempotency-Key header: 1–200 characters. */
  idempotencyKey: string;
  /** Of the body as it came. */
  fingerprint: string;
  /** Told by an HRM application, whose recipients are known people; else they are rows of a page. */
  notification?: Notification;
  /** Failed messages of another batch that are sent anew, as they are. */
  retry?: Retry;
  /** By which its facts are read where it is accepted by itself: see `asWhoAsks`. */
  reads?: Reads;
}

export type Preview = Pick<Send, 'actor' | 'draft' | 'notification' | 'reads'>;

export interface AcceptedSend {
  /** JSON of a `BatchAccepted`. */
  answer: string;
  /** It is the stored answer of an earlier send under the same key. */
  replayed: boolean;
}

export interface Acceptance {
  /**
   * Checks the whole batch and stores it in one transaction; resolves after its commit.
   * @throws {ProblemException} the first failure of the gate; nothing was stored
   */
  send(send: Send): Promise<AcceptedSend>;
  /** The same checks with nothing stored. What a recipient or the package lacks is in the answer, not thrown. */
  preview(preview: Preview): Promise<BatchPreview>;
}

export interface AcceptanceParts {
  database: Database;
  clock: { now(): number };
  newId(prefix: string): string;
  wakeUp: { hint(): void };
  /** Parts of one message that the organisation's operators take; null: it has none. */
  maximumParts(organisationId: string): number | null;
  /** Asked together with the facts of a send whether its operators are still the same. */
  router?: Pick<Router, 'changes' | 'current'> | undefined;
  /** See `Group`; true by default. */
  together?: boolean;
}

interface Member extends Send {
  recipients: CheckedRecipients;
}

type Asking = Pick<Member, 'actor' | 'draft' | 'recipients' | 'notification'>;

/** Recipients in one commit: so many that a commit is cheap for each, so few that nobody waits long for others. */
const groupSize = 1000;
/** A send that its guards refuse though the gate passes it is looked at again so many times. */
const patience = 3;

export function createAcceptance(parts: AcceptanceParts): Acceptance {
  const { database } = parts;
  const group = new Group<Member, AcceptedSend>(
    groupSize,
    (members) => acceptTogether(members),
    parts.together ?? true,
  );

  async function acceptTogether(members: readonly Member[]): Promise<Settled<AcceptedSend>[]> {
    const settled: (Settled<AcceptedSend> | null)[] = await tryOnce(members).catch((error: unknown) => {
      // One that breaks the transaction takes the others down with it; by itself it fails alone.
      if (members.length === 1 || error instanceof DatabaseBusy) throw error;
      return members.map(() => null);
    });
    const alone = members.length > 1 ? patience : patience - 1;
    return Promise.all(members.map(async (member, at) => settled[at] ?? (await again(member, alone))));
  }

  /** By itself, so that the answer is exact: another send of the group may have taken the parts or the key. */
  async function again(member: Member, tries: number): Promise<Settled<AcceptedSend>> {
    try {
      for (let left = tries; left > 0; left--) {
        const [settled] = await tryOnce([member]);
        if (settled !== null && settled !== undefined) return settled;
      }
      return { error: new ProblemException('conflict') };
    } catch (error) {
      // Somebody has sent one of them anew a moment ago.
      const retried = member.retry !== undefined && error instanceof UniqueViolation;
      return { error: retried ? new ProblemException('conflict') : error };
    }
  }

  /** Null: passed the gate and was refused by a guard of the transaction. */
  async function tryOnce(members: readonly Member[]): Promise<(Settled<AcceptedSend> | null)[]> {
    const [only] = members;
    const reads = members.length === 1 ? only?.reads : undefined;
    const facts = await readFacts(reads ?? database, members.map(asked), parts.clock.now(), parts.router);
    const settled: (Settled<AcceptedSend> | null)[] = members.map(() => null);
    const employees = await employeeSends(members, facts);
    const batches: NewBatch[] = [];
    const places = new Map<string, number>();
    const keys = new Set<string>();
    const now = parts.clock.now();
    for (const [at, member] of members.entries()) {
      const key = `${member.actor.organisationId} ${member.idempotencyKey}`;
      const stored = facts.stored(member.actor.organisationId, member.idempotencyKey);
      if (stored !== null) {
        settled[at] =
          stored.requestHash === member.fingerprint
            ? { result: { answer: stored.answer, replayed: true } }
            : { error: new ProblemException('idempotency-key-reused') };
        continue;
      }
      // The same key twice at once: the second is looked at again, when the first has its answer.
      if (keys.has(key)) continue;
      try {
        const batch = newBatch(member, passGate(gateOf(member, facts, employees.get(member)), 'send'), now);
        keys.add(key);
        places.set(batch.id, at);
        batches.push(batch);
      } catch (error) {
        settled[at] = { error };
      }
    }
    if (batches.length === 0) return settled;
    const [stored] = await database.batch(storeBatches(batches));
    for (const row of stored?.rows ?? []) {
      const at = places.get(String(row.id));
      if (at !== undefined) settled[at] = { result: { answer: String(row.answer), replayed: false } };
    }
    parts.wakeUp.hint();
    return settled;
  }

  /** Those of the members that go to employees, by what their company has settled about that. */
  async function employeeSends<One extends Asking>(
    members: readonly One[],
    facts: Facts,
  ): Promise<Map<One, EmployeeSend>> {
    const theirs = new Map<One, EmployeeSend>();
    for (const member of members) {
      const { actor, draft } = member;
      const site = siteOf(draft.pageUrl, facts.sites(actor.organisationId));
      if (originOf(actor, site) === 'hrm') theirs.set(member, await employeeSend(database, member));
    }
    return theirs;
  }

  function gateOf(member: Asking, facts: Facts, employees: EmployeeSend | undefined): Gate {
    const { actor, draft } = member;
    const { organisationId } = actor;
    const company = facts.company({ organisationId, companyId: draft.companyId });
    const site = siteOf(draft.pageUrl, facts.sites(organisationId));
    return {
      actor,
      draft,
      recipients: employees?.recipients ?? member.recipients,
      company,
      // A list of one company's employees sent for another company needs both to permit it.
      hrm:
        employees === undefined
          ? null
          : {
              permitted: company?.hrmPermission === true && (site === null || site.hrmPermission),
              lacking: employees.lacking,
            },
      optedOut: facts.optedOut(organisationId),
      consents: facts.consents(organisationId),
      maximumParts: parts.maximumParts(organisationId),
    };
  }

  function newBatch(send: Send, passed: Passed, now: number): NewBatch {
    const { draft, actor, retry } = send;
    // Else employees would be texted as customers are.
    if (retry !== undefined && retry.origin !== passed.origin) throw new ProblemException('forbidden');
    const id = parts.newId('bat');
    const { company } = passed;
    const wanted = Math.max(now, scheduledFor(draft, company.day.timeZone, now) ?? 0);
    const quiet = passed.origin === 'hrm' || company.quietForAll;
    const dueAt = quiet ? afterQuietHours(wanted, company.day) : wanted;
    const answer: Omit<BatchAccepted, 'balance'> = {
      id,
      senderName: passed.senderName,
      messages: passed.outgoing.length,
      parts: passed.parts,
      skipped: passed.skipped,
    };
    return {
      id,
      organisationId: actor.organisationId,
      companyId: company.id,
      senderNameId: passed.senderNameId,
      purpose: draft.purpose,
      origin: passed.origin,
      pageUrl: draft.pageUrl,
      templateId: draft.templateId,
      text: draft.text,
      parts: passed.parts,
      scheduledAt: dueAt > now ? dueAt : null,
      createdBy: actor.id,
      createdAt: now,
      idempotencyKey: send.idempotencyKey,
      requestHash: send.fingerprint,
      answer: JSON.stringify(answer),
      quotaMonth: company.quota?.month ?? null,
      retry: retry ?? null,
      outgoing: passed.outgoing,
    };
  }

  return {
    send: (send) =>
      group.add(
        {
          ...send,
          recipients: send.retry?.recipients ?? checkRecipients(send.draft, send.notification !== undefined),
        },
        send.draft.recipients.length,
      ),
    preview: async ({ actor, draft, notification, reads = database }) => {
      const recipients = checkRecipients(draft, notification !== undefined);
      const member = {
        actor,
        draft,
        recipients,
        idempotencyKey: null,
        ...(notification === undefined ? {} : { notification }),
      };
      const facts = await readFacts(reads, [asked(member)], parts.clock.now(), parts.router);
      const employees = await employeeSends([member], facts);
      const passed = passGate(gateOf(member, facts, employees.get(member)), 'preview');
      scheduledFor(draft, passed.company.day.timeZone, parts.clock.now());
      return {
        senderName: passed.senderName,
        taken: passed.outgoing.map(({ index, reference, number, text, parts: count }) => ({
          index,
          reference,
          number,
          text,
          parts: count,
        })),
        skipped: passed.skipped,
        parts: passed.parts,
        balance: passed.company.balance,
      };
    },
  };
}

function asked(member: {
  actor: Actor;
  draft: BatchDraft;
  recipients: CheckedRecipients;
  idempotencyKey: string | null;
}) {
  return {
    organisationId: member.actor.organisationId,
    companyId: member.draft.companyId,
    idempotencyKey: member.idempotencyKey,
    marketing: member.draft.purpose === 'marketing',
    fromPage: member.draft.pageUrl !== null,
    numbers: member.recipients.outgoing.map((message) => message.number),
  };
}
