import { type Batch, type SkipReason, skipReasons } from '../../shared/api/batches.ts';
import type { HrmNotificationState } from '../../shared/api/hrm.ts';
import type { MessageState, MessageTimeline, TakeBackOutcome } from '../../shared/api/messages.ts';
import type { ApiKeyScope } from '../../shared/api/people.ts';
import { type ProblemCode, problems } from '../../shared/api/problems.ts';
import type { SenderNameState } from '../../shared/api/sender-names.ts';
import type { Role } from '../../shared/api/session.ts';
import type { Failure } from '../bridge/failure.ts';
import { type TextKey, t } from './texts.ts';

/** Codes hold hyphens, which the browsers' message names do not. */
type Keyed<Code extends string> = Code extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Keyed<Tail>}`
  : Code;

function keyed<Code extends string>(code: Code): Keyed<Code> {
  return code.replaceAll('-', '_') as Keyed<Code>;
}

export function textOfProblem(code: string): string {
  return t(`problem.${keyed(isKnown(code) ? code : 'internal')}`);
}

/** What went wrong and what to do about it, never a raw code. */
export function textOfFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'problem':
      return textOfProblem(failure.problem.code);
    case 'signed-out':
      return t('problem.unauthenticated');
    case 'unreachable':
      return t(`failure.${failure.why}`);
    case 'broken':
      return t('failure.broken', failure.status);
  }
}

export const textOfSkip = (reason: SkipReason): string => t(`skip.${keyed(reason)}`);
export const textOfMessageState = (state: MessageState): string => t(`message_state.${state}`);
export const textOfBatchState = (state: Batch['state']): string => t(`batch_state.${state}`);
/** Null: the call to the operator is on its way, or nobody saw it end. */
export const textOfOutcome = (outcome: MessageTimeline['attempts'][number]['outcome']): string =>
  t(`outcome.${outcome ?? 'pending'}`);

/** What came of asking its operator for a message back. */
export const textOfTakeBack = (outcome: TakeBackOutcome | 'waiting'): string =>
  t(`take_back.${outcome.replaceAll('-', '_') as 'given_back'}`);

/** What the server itself writes as the reason of a message's state; anything else is in the operator's words. */
const ownReasons = new Map<string, TextKey>([
  ['paused', 'reason.paused'],
  ['expired', 'reason.expired'],
  ['cancelled', 'reason.cancelled'],
  ['erased', 'reason.erased'],
  ['sender-name-not-authorised', 'reason.sender_name_not_authorised'],
  ['company-deleted', 'reason.company_deleted'],
  ['hrm-not-permitted', 'reason.hrm_not_permitted'],
  ['opted-out', 'reason.opted_out'],
  ['quiet-hours', 'reason.quiet_hours'],
  ['not-confirmed', 'reason.not_confirmed'],
  ['the call was not seen to end', 'reason.call_not_ended'],
  ['the operator may have forgotten our id', 'reason.id_forgotten'],
]);

export function textOfReason(reason: string): string {
  const own = ownReasons.get(reason);
  return own === undefined ? t('reason.operator_says', reason) : t(own);
}

/** How a notification fares: as its message does, once there is one. */
export function textOfHrmState(state: HrmNotificationState): string {
  if (state === 'waiting') return t('hrm.state.waiting');
  if (state === 'skipped') return t('hrm.state.skipped');
  return state === 'refused' ? t('hrm.state.refused') : textOfMessageState(state);
}

/** Why a notification became no text: the recipient's reason, the send's, or the message's. */
export function textOfHrmReason(reason: string): string {
  if (reason === 'unknown-employee') return t('hrm.reason.unknown_employee');
  if (reason === 'superior-missing') return t('hrm.reason.superior_missing');
  if (reason === 'consent-missing') return t('hrm.private_number');
  const skip = skipReasons.find((one) => one === reason);
  // What it is about is not said here.
  if (skip !== undefined) return textOfSkip(skip).replace(/:$/, '');
  return isKnown(reason) && !ownReasons.has(reason) ? textOfProblem(reason) : textOfReason(reason);
}

export const textOfNameState = (state: SenderNameState): string => t(`name_state.${keyed(state)}`);
export const textOfScope = (scope: ApiKeyScope): string =>
  t(`scope.${scope.replace(':', '_') as 'hrm_notify'}`);
export const textOfRole = (role: Role): string => t(`role.${role}`);

function isKnown(code: string): code is ProblemCode {
  return Object.hasOwn(problems, code);
}
