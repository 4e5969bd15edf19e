import type { SenderNameState } from '../api/sender-names.ts';

/** What can happen to a sender name. */
export type SenderNameEvent =
  /** The owner's statement is accepted (R13); after a rejection or deactivation this is the way back. */
  | 'accept-statement'
  /** The name is edited after acceptance, which voids it (R13). */
  | 'edit'
  /** The e-mail is with the operator: our server sent it, or the user says so (R17, R20). */
  | 'submit'
  | 'authorise'
  | 'reject'
  | 'deactivate'
  | 'withdraw';

/**
 * Who causes an event. `operator` is an answer that was verified (asked of the operator, not only pushed); an administrator
 * acts in the operator's place with its reply as the note, and is audited.
 */
export type Cause =
  | { readonly by: 'user' }
  | { readonly by: 'operator' }
  | { readonly by: 'administrator'; readonly note: string };

interface Transition {
  readonly from: readonly SenderNameState[];
  readonly to: SenderNameState;
  readonly by: readonly Cause['by'][];
}

/** R11. Only an operator's verified answer or an audited act of an administrator authorises, and only what was submitted. */
export const transitions: Readonly<Record<SenderNameEvent, Transition>> = {
  'accept-statement': { from: ['draft', 'rejected', 'deactivated'], to: 'statement-accepted', by: ['user'] },
  edit: { from: ['statement-accepted'], to: 'draft', by: ['user'] },
  submit: { from: ['statement-accepted'], to: 'submitted', by: ['user'] },
  authorise: { from: ['submitted', 'deactivated'], to: 'authorised', by: ['operator', 'administrator'] },
  reject: { from: ['submitted'], to: 'rejected', by: ['operator', 'administrator'] },
  deactivate: { from: ['authorised'], to: 'deactivated', by: ['operator', 'administrator'] },
  withdraw: {
    from: ['draft', 'statement-accepted', 'submitted', 'authorised', 'rejected', 'deactivated'],
    to: 'withdrawn',
    by: ['user'],
  },
};

export type TransitionResult =
  | { readonly ok: true; readonly to: SenderNameState }
  | { readonly ok: false; readonly refusal: 'not-from-this-state' | 'not-by-them' | 'note-missing' };

/** The state after an event, or why it may not happen. */
export function transition(from: SenderNameState, event: SenderNameEvent, cause: Cause): TransitionResult {
  const rule = transitions[event];
  if (!rule.by.includes(cause.by)) return { ok: false, refusal: 'not-by-them' };
  if (!rule.from.includes(from)) return { ok: false, refusal: 'not-from-this-state' };
  if (cause.by === 'administrator' && cause.note.trim() === '') return { ok: false, refusal: 'note-missing' };
  return { ok: true, to: rule.to };
}

/** R21: nobody sends under any other state. */
export function maySendUnder(state: SenderNameState): boolean {
  return state === 'authorised';
}

/** R25: whether the name may be chosen for a slot. Choosing a pending one still blocks sending. */
export function isSelectable(state: SenderNameState): boolean {
  return state === 'statement-accepted' || state === 'submitted' || state === 'authorised';
}

/** R10b: whether the name is taken for every other organisation. Drafts, rejected and withdrawn names are not. */
export function isReserved(state: SenderNameState): boolean {
  return isSelectable(state) || state === 'deactivated';
}
