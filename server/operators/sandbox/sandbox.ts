import type { Database, Statement, Value } from '../../database/database.ts';
import type { Clock } from '../../platform/platform.ts';
import type {
  Capabilities,
  DeliveryReport,
  Operator,
  OutgoingMessage,
  SendCall,
  SendOutcome,
} from '../operator.ts';
import { accepted, troubled } from '../outcomes.ts';
import { type Fault, faultOf, finalReport } from './faults.ts';
import { readSandboxReport } from './reports.ts';
import { createSandboxSenders } from './senders.ts';

export interface SandboxOptions {
  database: Database;
  clock: Clock;
  /** Milliseconds from acceptance to the delivery report; 1,200 by default, so that a person sees it happen. */
  delay?: number;
  /** Milliseconds that it takes to decide on a sender name: see senders.ts. */
  decisionTime?: number;
  /** Milliseconds that a slow number holds its call; 5,000 by default. */
  slow?: number;
  /** False: it takes our id twice, like an operator that does not deduplicate. */
  deduplicates?: boolean;
}

/**
 * The built-in operator: it delivers to simulated phones, which are rows of `sandbox_texts`. Delivery reports come
 * later, by `deliverReports` (reporting.ts).
 */
export function createSandbox(options: SandboxOptions): Operator {
  const { database, clock } = options;
  const delay = options.delay ?? 1200;
  const capabilities: Capabilities = {
    send: true,
    personalised: true,
    cancel: false,
    reports: true,
    senders: true,
    statement: false,
    balance: false,
    inbound: false,
    deduplicates: options.deduplicates ?? true,
    maximumRecipients: 500,
    maximumParts: 6,
    partsPerSecond: null,
  };

  async function send({ senderName, messages, signal }: SendCall): Promise<SendOutcome[]> {
    const now = clock.now();
    const refusals = await countRefusals(database, messages);
    const outcomes = new Map<string, SendOutcome>();
    const taken: { message: OutgoingMessage; fault: Fault | null }[] = [];
    for (const message of messages) {
      const fault = faultOf(message.number);
      const refusal = refusalOf(message, fault, refusals.get(message.ourId) ?? 0);
      if (refusal === null) taken.push({ message, fault });
      else outcomes.set(message.ourId, refusal);
    }
    if (taken.some(({ fault }) => fault === 'slow')) await sleep(options.slow ?? 5000, signal);
    if (taken.length > 0) await database.batch(takeTexts(taken, senderName, now, delay));
    for (const { message, fault } of taken) {
      const parts = message.parts + (fault === 'more-parts' ? 1 : 0);
      // Only the first time: a retry of what it has taken is answered like any other.
      const unseen = fault === 'taken-unseen' && (refusals.get(message.ourId) ?? 0) <= 1;
      outcomes.set(
        message.ourId,
        unseen
          ? troubled(message, 'unsure', 'the connection ended before the answer')
          : accepted(message, operatorIdOf(message.ourId), parts, 'taken'),
      );
    }
    return messages.flatMap((message) => {
      const outcome = outcomes.get(message.ourId);
      return outcome === undefined || faultOf(message.number) === 'left-out' ? [] : [outcome];
    });
  }

  async function reportsOf(ids: readonly { ourId: string }[]): Promise<DeliveryReport[]> {
    const rows = await database.query({
      sql: `SELECT our_id, operator_message_id, report_state, reported_at, parts FROM sandbox_texts
        WHERE our_id IN (SELECT value FROM json_each(?))`,
      args: [JSON.stringify(ids.map((id) => id.ourId))],
    });
    return rows.map((row) => ({
      operatorMessageId: String(row.operator_message_id),
      ourId: String(row.our_id),
      state: row.reported_at === null ? 'accepted' : (String(row.report_state) as DeliveryReport['state']),
      parts: Number(row.parts),
      detail: 'asked',
      at: row.reported_at === null ? null : Number(row.reported_at),
    }));
  }

  const { senders, addSender } = createSandboxSenders({
    database,
    clock,
    ...(options.decisionTime === undefined ? {} : { delay: options.decisionTime }),
  });
  return {
    name: 'sandbox',
    capabilities,
    send,
    reportsOf,
    readReport: readSandboxReport,
    senders,
    addSender,
  };
}

export const operatorIdOf = (ourId: string): string => `sbx${ourId}`;

/** Faults that count how often a number was tried; the count survives a restart. */
const counted: ReadonlySet<Fault> = new Set(['busy-twice', 'retry-after', 'taken-unseen']);

async function countRefusals(
  database: Database,
  messages: readonly OutgoingMessage[],
): Promise<Map<string, number>> {
  const ids = messages.flatMap((message) => {
    const fault = faultOf(message.number);
    return fault !== null && counted.has(fault) ? [message.ourId] : [];
  });
  if (ids.length === 0) return new Map();
  const [result] = await database.batch([
    {
      sql: `INSERT INTO sandbox_refusals (our_id, times) SELECT value, 1 FROM json_each(?) WHERE true
        ON CONFLICT (our_id) DO UPDATE SET times = times + 1 RETURNING our_id, times`,
      args: [JSON.stringify(ids)],
    },
  ]);
  return new Map((result?.rows ?? []).map((row) => [String(row.our_id), Number(row.times)]));
}

function refusalOf(message: OutgoingMessage, fault: Fault | null, times: number): SendOutcome | null {
  switch (fault) {
    case 'refused':
      return troubled(message, 'message', 'the number does not exist');
    case 'busy-twice':
      return times <= 2 ? troubled(message, 'busy', 'too busy') : null;
    case 'retry-after':
      return times <= 1 ? troubled(message, 'busy', 'HTTP 429', 2000) : null;
    case 'sender-refused':
      return troubled(message, 'sender-name', 'the sender name cannot be used');
    case 'no-credit':
      return troubled(message, 'credit', 'no credit left');
    case 'login-refused':
      return troubled(message, 'auth', 'the login is not valid');
    case 'lost-unseen':
      return troubled(message, 'unsure', 'the connection ended before the answer');
    default:
      return null;
  }
}

/** The same id again changes nothing: the text is on the phone once. */
function takeTexts(
  taken: readonly { message: OutgoingMessage; fault: Fault | null }[],
  senderName: string,
  now: number,
  delay: number,
): Statement[] {
  const rows = taken.map(({ message, fault }) => [
    operatorIdOf(message.ourId),
    message.ourId,
    message.number,
    message.text,
    message.parts + (fault === 'more-parts' ? 1 : 0),
    fault,
    finalReport(fault),
  ]);
  const statements: Statement[] = [
    {
      sql: `INSERT INTO sandbox_texts (operator_message_id, our_id, number, text, parts, fault, report_state,
          sender_name, accepted_at, report_due_at)
        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
          coalesce(value ->> 6, 'none'), p.sender_name, p.at, iif(value ->> 6 IS NULL, NULL, p.due)
        FROM (SELECT ? AS sender_name, ? AS at, ? AS due) p, json_each(?) WHERE true
        ON CONFLICT (our_id) DO NOTHING`,
      args: [senderName, now, now + delay, JSON.stringify(rows)],
    },
  ];
  const early = taken.filter(({ fault }) => fault === 'report-first');
  if (early.length > 0) {
    const reports = early.map(({ message }) => ({
      id: operatorIdOf(message.ourId),
      ourId: message.ourId,
      state: 'delivered',
      parts: message.parts,
      at: now,
    }));
    statements.push(storeRaw(JSON.stringify(reports), now), {
      sql: 'UPDATE sandbox_texts SET reported_at = ? WHERE our_id IN (SELECT value FROM json_each(?))',
      args: [now, JSON.stringify(early.map(({ message }) => message.ourId))],
    });
  }
  return statements;
}

/** A raw report into the inbox, as a callback would put it there. */
export function storeRaw(raw: string, now: Value): Statement {
  return {
    sql: `INSERT INTO reports (operator, raw, received_at, try_at) VALUES ('sandbox', ?, ?, ?)`,
    args: [raw, now, now],
  };
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
