import type { NextStep, SenderNameState } from '../../shared/api/sender-names.ts';
import type { EffectiveName } from '../../shared/api/session.ts';

export interface NameRecord {
  id: string;
  name: string;
  state: SenderNameState;
  /** Milliseconds since the epoch. */
  stateSince: number;
}

/**
 * The name that a company sends under: its own slot, else the program's (R9). A company's name that is not authorised
 * blocks; it never falls back silently to the program's (R21). Null: neither slot is set.
 */
export function effectiveName(
  company: { senderNameId: string | null },
  program: { senderNameId: string | null },
  names: ReadonlyMap<string, NameRecord>,
): EffectiveName | null {
  const id = company.senderNameId ?? program.senderNameId;
  const record = id === null ? undefined : names.get(id);
  if (record === undefined) return null;
  return {
    id: record.id,
    name: record.name,
    state: record.state,
    since: record.stateSince,
    source: company.senderNameId === null ? 'program' : 'individual',
  };
}

/** R22: operators usually answer within this time; nothing happens by itself when it is over. Milliseconds. */
export const usualAnswer = 24 * 60 * 60 * 1000;

/** While the operator decides: since when, until when it usually has, and whether it takes longer than usual (R22). */
export const waitingFor = (since: number, now: number) => ({
  since,
  usuallyUntil: since + usualAnswer,
  longerThanUsual: now >= since + usualAnswer,
});

/** When a statement that went out may be sent once more: the operator had its usual time, since the last mail too. */
export const mayResendAt = ({ since, lastSentAt }: { since: number; lastSentAt: number | null }): number =>
  Math.max(since, lastSentAt ?? 0) + usualAnswer;

export interface StepFacts {
  state: SenderNameState;
  variant: 'crm' | 'without-crm' | null;
  submission: 'sending' | 'sent' | 'failed' | 'unknown' | null;
  /** When it may be sent once more, milliseconds since the epoch. */
  resendAt: number;
  now: number;
}

/** What the user does next with a name. */
export function nextStep({ state, variant, submission, resendAt, now }: StepFacts): NextStep {
  switch (state) {
    case 'draft':
    case 'rejected':
    case 'deactivated':
      return 'accept-statement';
    case 'statement-accepted':
      if (variant === 'without-crm') return 'send-yourself';
      if (submission === 'sending') return 'sending';
      return submission === 'unknown' ? 'check-and-resend' : 'submit';
    case 'submitted':
      if (submission === 'sending') return 'sending';
      return now >= resendAt ? 'resend' : 'wait';
    case 'authorised':
    case 'withdrawn':
      return 'none';
  }
}
