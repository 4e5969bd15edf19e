import { z } from 'zod';
import { exchange, type OperatorPorts, patience } from '../exchange.ts';
import type { Capabilities, DeliveryReport, Operator, SendCall, SendOutcome } from '../operator.ts';
import { accepted, partsOf, troubled } from '../outcomes.ts';
import { chunksOf } from '../rounds.ts';
import { readSandboxReport, WireReport } from './reports.ts';

export interface HttpSandboxSettings {
  /** Base address of the simulator, without a slash at the end. */
  url: string;
  token: string;
  maximumRecipients: number;
  deduplicates: boolean;
}

/** One message's fate in the answer to a send. */
const WireOutcome = z.object({
  ourId: z.string(),
  status: z.enum(['taken', 'refused', 'busy', 'sender', 'credit']),
  id: z.string().max(100).default(''),
  parts: z.number().nullable().default(null),
  detail: z.string().max(200).default(''),
});
const WireAnswer = z.object({ messages: z.array(WireOutcome) });
const WireReports = z.array(WireReport);

const troubles = { refused: 'message', busy: 'busy', sender: 'sender-name', credit: 'credit' } as const;

/** Ids in one question. */
const askedAtOnce = 500;

/**
 * The sandbox behind HTTP, for measuring and for faults of the wire: the same numbers play the same faults, in a
 * process of its own (test/bench/simulator.ts). `POST /messages` sends, `POST /reports` asks; reports are pushed.
 */
export function createHttpSandbox(settings: HttpSandboxSettings, ports: OperatorPorts): Operator {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${settings.token}` };
  const capabilities: Capabilities = {
    send: true,
    personalised: true,
    cancel: false,
    reports: true,
    senders: false,
    statement: false,
    balance: false,
    inbound: false,
    deduplicates: settings.deduplicates,
    maximumRecipients: settings.maximumRecipients,
    maximumParts: 6,
    partsPerSecond: null,
  };

  async function send({ senderName, messages, signal }: SendCall): Promise<SendOutcome[]> {
    const answer = await exchange(ports, {
      method: 'POST',
      url: `${settings.url}/messages`,
      headers,
      body: JSON.stringify({ sender: senderName, messages }),
      signal,
    });
    if (!answer.ok)
      return messages.map((it) => troubled(it, answer.trouble, answer.detail, answer.retryAfter));
    const read = WireAnswer.safeParse(answer.json);
    if (!read.success)
      return messages.map((it) => troubled(it, 'unsure', `HTTP ${answer.status} with an unreadable body`));
    const outcomes = new Map(read.data.messages.map((outcome) => [outcome.ourId, outcome]));
    return messages.map((message) => {
      const outcome = outcomes.get(message.ourId);
      if (outcome === undefined) return troubled(message, 'unsure', 'left out of the answer');
      if (outcome.status === 'taken')
        return accepted(message, outcome.id || null, partsOf(outcome.parts), outcome.detail);
      return troubled(message, troubles[outcome.status], outcome.detail, answer.retryAfter);
    });
  }

  async function reportsOf(ids: readonly { ourId: string }[]): Promise<DeliveryReport[]> {
    const reports: DeliveryReport[] = [];
    for (const chunk of chunksOf(ids, askedAtOnce)) {
      const answer = await exchange(ports, {
        method: 'POST',
        url: `${settings.url}/reports`,
        headers,
        body: JSON.stringify(chunk.map((id) => id.ourId)),
        signal: AbortSignal.timeout(patience),
      });
      if (!answer.ok) {
        ports.onTrouble?.('reports', answer.detail);
        continue;
      }
      const read = WireReports.safeParse(answer.json);
      if (read.success) reports.push(...readSandboxReport(JSON.stringify(read.data)));
    }
    return reports;
  }

  return { name: 'http-sandbox', capabilities, send, reportsOf, readReport: readSandboxReport };
}
