import { isTwilioSignature } from '../callbacks.ts';
import { type OperatorPorts, within } from '../exchange.ts';
import type { Cancellation, Operator, OutgoingMessage, SendCall, SendOutcome } from '../operator.ts';
import { accepted, notGivenBack, partsOf, troubled } from '../outcomes.ts';
import { inParallel } from '../rounds.ts';
import { createClient } from './client.ts';
import { readInbound } from './inbound.ts';
import { messageResource, sidOf } from './message.ts';
import { createReports, readPush } from './reports.ts';
import type { TwilioSettings } from './settings.ts';

/** Characters that a `Body` may hold. */
const longestText = 1600;

/** Twilio Messaging: one recipient a call, and no id of ours. What is verified and what is not: README.md. */
export function createTwilio(settings: TwilioSettings, ports: OperatorPorts): Operator {
  const client = createClient(settings, ports);

  async function sendOne(call: SendCall, message: OutgoingMessage): Promise<SendOutcome> {
    if (message.text.length > longestText) {
      return troubled(message, 'message', `longer than ${longestText} characters`);
    }
    const answer = await client.post(
      '/Messages.json',
      {
        To: message.number,
        From: call.senderName,
        Body: message.text,
        // Our id travels in the one place that comes back: the address of the callback.
        ...(ports.reportsUrl !== null && { StatusCallback: `${ports.reportsUrl}?ourId=${message.ourId}` }),
      },
      call.signal,
    );
    if (!answer.ok) return troubled(message, answer.trouble, answer.detail, answer.retryAfter);
    const read = messageResource.safeParse(answer.json);
    if (!read.success) return troubled(message, 'unsure', 'answer of an unknown shape');
    return accepted(message, read.data.sid, partsOf(read.data.num_segments), read.data.status);
  }

  async function cancelOne(
    ourId: string,
    operatorMessageId: string | null,
    asker: AbortSignal | undefined,
  ): Promise<Cancellation> {
    const sid = sidOf(operatorMessageId);
    if (sid === null) return { ourId, cancelled: false, detail: 'not known at the operator' };
    const answer = await client.post(`/Messages/${sid}.json`, { Status: 'canceled' }, within(asker));
    if (!answer.ok) return notGivenBack(ourId, answer.trouble, answer.detail);
    const status = messageResource.safeParse(answer.json).data?.status ?? 'unknown';
    return { ourId, cancelled: status === 'canceled', detail: status };
  }

  return {
    name: 'twilio',
    capabilities: {
      send: true,
      personalised: true,
      cancel: true,
      reports: true,
      senders: false,
      statement: false,
      balance: false,
      inbound: true,
      deduplicates: false,
      maximumRecipients: 1,
      maximumParts: 10,
      partsPerSecond: settings.partsPerSecond,
    },
    send: (call) => inParallel(call.messages, 8, (message) => sendOne(call, message)),
    reportsOf: createReports(client, ports),
    readReport: readPush,
    readInbound,
    isGenuine: ({ url, body, header }) =>
      isTwilioSignature({
        authToken: settings.authToken,
        signature: header('x-twilio-signature') ?? '',
        url,
        body,
      }),
    cancel: (ids, signal) =>
      inParallel(ids, 8, ({ ourId, operatorMessageId }) => cancelOne(ourId, operatorMessageId, signal)),
  };
}
