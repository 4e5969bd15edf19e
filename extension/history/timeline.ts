import type { MessageState, MessageTimeline, TakeBackOutcome } from '../../shared/api/messages.ts';

export type Outcome = MessageTimeline['attempts'][number]['outcome'];

/** One thing that happened to a message. */
export type Event =
  | {
      kind: 'attempt';
      at: number;
      operator: string;
      outcome: Outcome;
      detail: string;
      operatorMessageId: string;
    }
  | { kind: 'report'; at: number; state: MessageState; detail: string }
  /** It was to be asked back from its operator; then what the operator said, or that it says nothing yet. */
  | { kind: 'asked-back'; at: number; detail: string }
  | { kind: 'take-back'; at: number; operator: string; outcome: TakeBackOutcome | 'waiting'; detail: string }
  /** How it stands now, where no attempt or report says so: e.g. it was cancelled, or waits for the morning. */
  | { kind: 'state'; at: number; state: MessageState; detail: string };

/** Attempts, reports and the present state in the order in which they happened; at the same moment in this order. */
export function eventsOf(message: MessageTimeline): Event[] {
  const events: Event[] = [
    ...message.attempts.map((attempt) => ({ kind: 'attempt' as const, ...attempt })),
    // Some operators only repeat the state in words.
    ...message.reports.map(({ detail, ...report }) => ({
      kind: 'report' as const,
      ...report,
      detail: detail === report.state ? '' : detail,
    })),
    ...askedBackOf(message),
  ].toSorted((one, other) => one.at - other.at);
  if (!isSaid(message)) {
    events.push({ kind: 'state', at: message.stateAt, state: message.state, detail: message.reason });
  }
  return events.toSorted((one, other) => one.at - other.at);
}

function askedBackOf({ askedBack }: MessageTimeline): Event[] {
  if (askedBack === null) return [];
  const { requestedAt, askedAt, answeredAt, operator, outcome, detail } = askedBack;
  const wish: Event = { kind: 'asked-back', at: requestedAt, detail: '' };
  const at = answeredAt ?? askedAt;
  // Nobody has an answer while it is being asked for the first time.
  if (at === null || (outcome === null && detail === '')) return [wish];
  return [wish, { kind: 'take-back', at, operator, outcome: outcome ?? 'waiting', detail }];
}

/** Whether an attempt or a report already says the state that the message is in. */
function isSaid({ state, attempts, reports }: MessageTimeline): boolean {
  if (reports.some((report) => report.state === state)) return true;
  const last = attempts.at(-1);
  if (last === undefined) return false;
  if (state === 'sending') return last.outcome === null;
  return state === last.outcome || (state === 'queued' && last.outcome === 'retryable');
}
