import type { SenderNameState } from '../api/sender-names.ts';
import type { SenderNameEvent } from './state.ts';

/** What an operator says of a sender name, in our words. `unknown` changes nothing. */
export type Verdict = 'pending' | 'authorised' | 'rejected' | 'deactivated' | 'unknown';

/** Whether an operator has the owner's statement. */
export type StatementReceipt = 'required' | 'received' | 'not-required' | 'unknown';

/** SerwerSMS senders/index `status`. */
const serwersms: ReadonlyMap<string, Verdict> = new Map([
  ['pending_authorization', 'pending'],
  ['authorized', 'authorised'],
  ['rejected', 'rejected'],
  ['deactivated', 'deactivated'],
]);

/** SMSAPI /sms/sendernames `status`. */
const smsapi: ReadonlyMap<string, Verdict> = new Map([
  ['pending', 'pending'],
  ['active', 'authorised'],
  ['rejected', 'rejected'],
  ['inactive', 'deactivated'],
  ['deleted', 'deactivated'],
]);

/** SerwerSMS senders/index `agreement`. */
const agreements: ReadonlyMap<string, StatementReceipt> = new Map([
  ['required', 'required'],
  ['delivered', 'received'],
  ['not_required', 'not-required'],
]);

export function serwersmsVerdict(status: string): Verdict {
  return serwersms.get(status.trim().toLowerCase()) ?? 'unknown';
}

export function serwersmsReceipt(agreement: string): StatementReceipt {
  return agreements.get(agreement.trim().toLowerCase()) ?? 'unknown';
}

export function smsapiVerdict(status: string): Verdict {
  return smsapi.get(status.trim().toLowerCase()) ?? 'unknown';
}

/**
 * What an operator's verdict does to a name in a state; undefined: nothing. A name whose statement was not submitted is never
 * authorised, though the operator may know it from another owner; and one that waits is not deactivated by a status left
 * from before (SMSAPI shows INACTIVE until it has judged).
 */
export function eventOf(verdict: Verdict, state: SenderNameState): SenderNameEvent | undefined {
  if (verdict === 'authorised' && (state === 'submitted' || state === 'deactivated')) return 'authorise';
  if (verdict === 'rejected' && state === 'submitted') return 'reject';
  if ((verdict === 'deactivated' || verdict === 'rejected') && state === 'authorised') return 'deactivate';
  return undefined;
}
