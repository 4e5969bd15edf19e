import type { MessageState, MessageTimeline } from '../../shared/api/messages.ts';

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
  ].toSorted((one, other) => one.at - other.at);
  if (!isSaid(message)) {
    events.push({ kind: 'state', at: message.stateAt, state: message.state, detail: message.reason });
  }
  return events.toSorted((one, other) => one.at - other.at);
}

/** Whether an attempt or a report already says the state that the message is in. */
function isSaid({ state, attempts, reports }: MessageTimeline): boolean {
  if (reports.some((report) => report.state === state)) return true;
  const last = attempts.at(-1);
  if (last === undefined) return false;
  if (state === 'sending') return last.outcome === null;
  return state === last.outcome || (state === 'queued' && last.outcome === 'retryable');
}
