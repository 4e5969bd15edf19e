import type { Blame, Cancellation, Outcome, OutgoingMessage, SendOutcome } from './operator.ts';

/**
 * What an operator's error code comes down to. Each adapter has a table from its codes to these; here stands, once,
 * what each means for the message and for what is to be stopped.
 */
export type Trouble =
  /** Not taken, and the operator or the way to it is to blame: again later. */
  | 'busy'
  /** Not taken, for this number only for a while (too many texts to it): again later. */
  | 'later'
  /** Not taken: login, token, address or permission. Waits until an administrator has mended it. */
  | 'auth'
  /** Not taken: nothing left to send with. */
  | 'credit'
  /** Not taken: the name is not (or no longer) usable. */
  | 'sender-name'
  /** Not taken, and never will be: number or text. */
  | 'message'
  /** Not taken, and never will be: we asked wrongly. */
  | 'our-mistake'
  /** Our id was there before: it is taken already. Adapters settle this before they answer. */
  | 'duplicate'
  /** Nobody can tell whether it was taken. */
  | 'unsure';

const verdicts: Readonly<Record<Trouble, { outcome: Outcome; blame: Blame }>> = {
  busy: { outcome: 'retryable', blame: 'operator' },
  later: { outcome: 'retryable', blame: 'message' },
  // These three stop the account or the name, not the message: it is kept, to go out once that is mended.
  auth: { outcome: 'retryable', blame: 'auth' },
  credit: { outcome: 'retryable', blame: 'credit' },
  'sender-name': { outcome: 'retryable', blame: 'sender-name' },
  message: { outcome: 'rejected', blame: 'message' },
  'our-mistake': { outcome: 'rejected', blame: 'operator' },
  duplicate: { outcome: 'unknown', blame: 'operator' },
  unsure: { outcome: 'unknown', blame: 'operator' },
};

export function blameOf(trouble: Trouble): Blame {
  return verdicts[trouble].blame;
}

/** May the same question be answered otherwise later? */
export const isPassing = (trouble: Trouble): boolean =>
  trouble === 'busy' ||
  trouble === 'later' ||
  trouble === 'auth' ||
  trouble === 'credit' ||
  trouble === 'unsure';

/** The outcome of a message that met trouble. `retryAfter` in milliseconds. */
export function troubled(
  message: OutgoingMessage,
  trouble: Trouble,
  detail: string,
  retryAfter: number | null = null,
): SendOutcome {
  return {
    ourId: message.ourId,
    ...verdicts[trouble],
    operatorMessageId: null,
    parts: null,
    detail: shortened(detail),
    retryAfter,
  };
}

/** What a question that failed says of a message that was asked back. */
export function notGivenBack(ourId: string, trouble: Trouble, detail: string): Cancellation {
  return { ourId, cancelled: false, detail: shortened(detail), ...(isPassing(trouble) && { again: true }) };
}

export function accepted(
  message: OutgoingMessage,
  operatorMessageId: string | null,
  parts: number | null,
  detail: string,
): SendOutcome {
  return {
    ourId: message.ourId,
    outcome: 'accepted',
    operatorMessageId,
    parts,
    detail: shortened(detail),
    blame: 'message',
    retryAfter: null,
  };
}

/** An operator's count of parts, number or digits; anything but 1–255 (the concatenation header's limit) is no count. */
export function partsOf(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= 255 ? count : null;
}

/** An operator's message id: text or number as it came, of a sane length; else null. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return String(value);
  return typeof value === 'string' && value !== '' && value.length <= 100 ? value : null;
}

/**
 * Words of an operator, fit for a timeline: one line, at most 200 characters, and no phone number, as timelines outlive
 * the numbers that retention erases.
 */
export function shortened(words: string): string {
  const line = words
    .slice(0, 400)
    .replace(/\+?\d{9,}/g, '…')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
