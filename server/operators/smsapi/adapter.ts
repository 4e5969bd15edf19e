import { type OperatorPorts, within } from '../exchange.ts';
import type { Cancellation, Operator, OutgoingMessage, SendCall, SendOutcome } from '../operator.ts';
import { accepted, idOf, isPassing, shortened, troubled } from '../outcomes.ts';
import { chunksOf, roundsOfDistinctNumbers, sendApart } from '../rounds.ts';
import { createAccount } from './account.ts';
import { readSendAnswer, refusedOutcomes } from './answers.ts';
import { createClient, digitsOf } from './client.ts';
import { readInbound } from './inbound.ts';
import { createReports, readPush } from './reports.ts';
import { createSenders } from './senders.ts';
import type { SmsApiSettings } from './settings.ts';

/** No limit is documented. */
const maximumRecipients = 100;

/** SMSAPI.pl over `sms.do` and the REST resources. What is verified and what is not: README.md. */
export function createSmsApi(settings: SmsApiSettings, ports: OperatorPorts): Operator {
  const client = createClient(settings, ports);

  /** One request: one text, each number once. */
  async function sendOnce(
    call: SendCall,
    messages: readonly OutgoingMessage[],
  ): Promise<SendOutcome[] | 'duplicate'> {
    const answer = await client.post(
      '/sms.do',
      {
        format: 'json',
        encoding: 'utf-8',
        from: call.senderName,
        to: messages.map((message) => digitsOf(message.number)).join(','),
        message: messages[0]?.text ?? '',
        idx: messages.map((message) => message.ourId).join('|'),
        check_idx: '1',
        max_parts: '10',
        // Without `details`: it would echo the text back.
        ...(ports.reportsUrl !== null && { notify_url: ports.reportsUrl }),
      },
      call.signal,
    );
    if (answer.ok) return readSendAnswer(answer.json, messages);
    return answer.trouble === 'duplicate' ? 'duplicate' : refusedOutcomes(answer, messages);
  }

  /** 53: this idx was taken within the last 24 hours. Its id comes with the report, which names our idx. */
  const settle = (message: OutgoingMessage): Promise<SendOutcome> =>
    Promise.resolve(accepted(message, null, null, '53: idx was used before, taken already'));

  async function send(call: SendCall): Promise<SendOutcome[]> {
    // "2way" is no name: it switches to a random number that takes answers.
    if (/^\s*$|^2way$/i.test(call.senderName)) {
      return call.messages.map((it) =>
        troubled(it, 'sender-name', `not a sender name: "${call.senderName}"`),
      );
    }
    const outcomes = new Map<string, SendOutcome>();
    for (const alike of byText(call.messages)) {
      for (const round of roundsOfDistinctNumbers(alike)) {
        const sent = await sendApart(round, (some) => sendOnce(call, some), settle);
        for (const outcome of sent) outcomes.set(outcome.ourId, outcome);
      }
    }
    return call.messages.map((it) => outcomes.get(it.ourId) ?? troubled(it, 'unsure', 'no outcome'));
  }

  async function cancel(
    ids: readonly { ourId: string; operatorMessageId: string | null }[],
    signal?: AbortSignal,
  ): Promise<Cancellation[]> {
    const gone = new Set<string | null>();
    const unanswered = new Set<string | null>();
    let detail = 'not taken back';
    for (const chunk of chunksOf(ids, maximumRecipients)) {
      const known = chunk.flatMap((it) => it.operatorMessageId ?? []);
      if (known.length === 0) continue;
      const answer = await client.post(
        '/sms.do',
        { format: 'json', sch_del: known.join(',') },
        within(signal),
      );
      const list = answer.ok ? (answer.json as { list?: unknown } | null)?.list : [];
      if (!answer.ok) detail = shortened(answer.detail);
      if (!answer.ok && isPassing(answer.trouble)) for (const id of known) unanswered.add(id);
      for (const it of Array.isArray(list) ? list : []) gone.add(idOf((it as { id?: unknown } | null)?.id));
    }
    return ids.map(({ ourId, operatorMessageId }) => {
      const cancelled = operatorMessageId !== null && gone.has(operatorMessageId);
      const again = unanswered.has(operatorMessageId);
      return { ourId, cancelled, detail: cancelled ? '' : detail, ...(again && { again }) };
    });
  }

  return {
    name: 'smsapi',
    capabilities: {
      send: true,
      personalised: false,
      cancel: true,
      reports: true,
      senders: true,
      statement: true,
      balance: true,
      inbound: true,
      deduplicates: true,
      deduplicatesFor: 24 * 3_600_000,
      maximumRecipients,
      maximumParts: 10,
      partsPerSecond: settings.partsPerSecond,
    },
    send,
    reportsOf: createReports(client, ports),
    readReport: readPush,
    readInbound,
    cancel,
    ...createSenders(client),
    ...createAccount(client),
    callbackAnswer: 'OK',
  };
}

/** The contract promises one text a call here; should it not be one, no text goes to another's number. */
function byText(messages: readonly OutgoingMessage[]): OutgoingMessage[][] {
  const texts = new Map<string, OutgoingMessage[]>();
  for (const message of messages) {
    const alike = texts.get(message.text);
    if (alike === undefined) texts.set(message.text, [message]);
    else alike.push(message);
  }
  return [...texts.values()];
}
