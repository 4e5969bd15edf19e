import { ProblemException } from '../../shared/api/problems.ts';
import type { Cause, SenderNameEvent } from '../../shared/sender-name/index.ts';
import type { Actor } from '../access/actor.ts';
import type { Platform } from '../platform/platform.ts';
import { type NameRecord, readName, readStatement } from './name-store.ts';
import { giveLockBack } from './slot-store.ts';
import { stateChange, stillAs } from './state-change.ts';
import { takeOutOfUse } from './stopping.ts';

export type AnswerEvent = Extract<SenderNameEvent, 'authorise' | 'reject' | 'deactivate'>;

export interface Answer {
  event: AnswerEvent;
  cause: Extract<Cause, { by: 'operator' | 'administrator' }>;
  /** A person's id, or `operator:serwersms`. */
  by: string;
  reason: string;
}

/**
 * The operator's answer takes effect, in one transaction: the state with its history, mails and audit; for a rejection or
 * deactivation its queued messages stop with the reason and their parts are given back; and a rejected change gives the
 * slot's 30-day lock back (R28).
 *
 * @returns whether it happened: not where the name was changed meanwhile
 */
export async function takeAnswer(platform: Platform, name: NameRecord, answer: Answer): Promise<boolean> {
  const { database } = platform;
  const now = platform.clock.now();
  const { event, cause, by, reason } = answer;
  const change = stateChange({ name, event, cause, by, reason }, now);
  if (event === 'authorise') {
    const results = await database.batch(change);
    const happened = results.at(-1)?.changes === 1;
    // What waited for it may go out.
    if (happened) platform.wakeUp.hint();
    return happened;
  }
  const guard = stillAs(name);
  const statement = event === 'reject' ? await readStatement(database, name.id) : null;
  const lock =
    statement !== null && statement.changesSlot !== null && statement.submittedAt !== null
      ? [
          giveLockBack(
            name.organisationId,
            statement.changesSlot,
            { submittedAt: statement.submittedAt, before: statement.slotChangedBefore },
            guard,
          ),
        ]
      : [];
  const why = event === 'reject' ? 'sender-name-rejected' : 'sender-name-deactivated';
  const { happened } = await takeOutOfUse(
    database,
    name.id,
    [...lock, ...change],
    guard,
    reason === '' ? why : `${why}: ${reason}`.slice(0, 300),
    now,
  );
  return happened;
}

const events = { authorised: 'authorise', rejected: 'reject', deactivated: 'deactivate' } as const;

/**
 * An administrator records the operator's reply (R11): an audited act with the reply as its note.
 * @throws {ProblemException} `note-missing`, `sender-name-state`, `conflict`
 */
export async function recordAnswer(
  platform: Platform,
  actor: Actor,
  id: string,
  given: { answer: keyof typeof events; note: string; reason: string },
): Promise<void> {
  const name = await readName(platform.database, actor.organisationId, id);
  if (given.note.trim() === '') {
    throw new ProblemException('note-missing', {
      errors: [{ path: '/note', code: 'required', detail: 'The operator’s reply' }],
    });
  }
  const happened = await takeAnswer(platform, name, {
    event: events[given.answer],
    cause: { by: 'administrator', note: given.note },
    by: actor.id,
    reason: given.reason,
  });
  if (!happened) throw new ProblemException('conflict');
}
