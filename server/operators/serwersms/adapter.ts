import { z } from 'zod';
import { countParts } from '../../../shared/sms-text/index.ts';
import { type OperatorPorts, wholeNumber, within } from '../exchange.ts';
import type { Cancellation, Operator, OutgoingMessage, SendCall, SendOutcome } from '../operator.ts';
import { accepted, notGivenBack, troubled } from '../outcomes.ts';
import { roundsOfDistinctNumbers, sendApart } from '../rounds.ts';
import { createAccount } from './account.ts';
import { readSendAnswer } from './answers.ts';
import { createClient } from './client.ts';
import { createReports, readPush } from './reports.ts';
import { createSenders } from './senders.ts';
import type { SerwerSmsSettings } from './settings.ts';

/** The operator recommends 50–200 numbers a request; over 100,000 it refuses the whole. */
const maximumRecipients = 200;

/** The one that was asked about is gone. */
const deleteAnswer = z.object({ success: z.literal(true), correct: wholeNumber.pipe(z.literal(1)) });

/** SerwerSMS.pl over its HTTPS API v2. What is verified and what is not: README.md. */
export function createSerwerSms(settings: SerwerSmsSettings, ports: OperatorPorts): Operator {
  const client = createClient(settings, ports);
  const reports = createReports(client, ports);

  /** One request: texts of one encoding, each number once. */
  async function sendOnce(
    call: SendCall,
    unicode: boolean,
    messages: readonly OutgoingMessage[],
  ): Promise<SendOutcome[] | 'duplicate'> {
    const [first] = messages;
    if (first === undefined) return [];
    const sameText = messages.every((message) => message.text === first.text);
    const answer = await client(
      sameText ? 'messages/send_sms' : 'messages/send_personalized',
      {
        sender: call.senderName,
        utf: unicode,
        // Without details the answer has no ids.
        details: true,
        unique_id: messages.map((message) => message.ourId),
        ...(sameText
          ? { phone: messages.map((message) => message.number), text: first.text }
          : { messages: messages.map(({ number, text }) => ({ phone: number, text })) }),
        ...(ports.reportsUrl !== null && { dlr_url: pushTemplate(ports.reportsUrl) }),
      },
      call.signal,
    );
    if (answer.ok) return readSendAnswer(answer.json, messages);
    if (answer.trouble === 'duplicate') return 'duplicate';
    const { trouble, detail, retryAfter } = answer;
    return messages.map((message) => troubled(message, trouble, detail, retryAfter));
  }

  /** Our id was there before: taken it is once the operator shows it to us. */
  async function settle(message: OutgoingMessage): Promise<SendOutcome> {
    const [report] = await reports.reportsOf([{ ...message, operatorMessageId: null }]);
    if (report === undefined)
      return troubled(message, 'duplicate', 'unique_id was used before, no report yet');
    return accepted(
      message,
      report.operatorMessageId,
      report.parts,
      'unique_id was used before: taken already',
    );
  }

  async function send(call: SendCall): Promise<SendOutcome[]> {
    // No name would mean ECO+, a random number; this one would mean a two-way number.
    if (/^\s*$|^2waysms$/i.test(call.senderName)) {
      return call.messages.map((it) =>
        troubled(it, 'sender-name', `not a sender name: "${call.senderName}"`),
      );
    }
    const outcomes = new Map<string, SendOutcome>();
    for (const unicode of [false, true]) {
      const alike = call.messages.filter((it) => (countParts(it.text).encoding === 'UCS-2') === unicode);
      for (const round of roundsOfDistinctNumbers(alike)) {
        const sent = await sendApart(round, (some) => sendOnce(call, unicode, some), settle);
        for (const outcome of sent) outcomes.set(outcome.ourId, outcome);
      }
    }
    return call.messages.map((it) => outcomes.get(it.ourId) ?? troubled(it, 'unsure', 'no outcome'));
  }

  async function cancelOne(
    ourId: string,
    operatorMessageId: string | null,
    signal: AbortSignal | undefined,
  ): Promise<Cancellation> {
    const which = operatorMessageId === null ? { unique_id: [ourId] } : { id: [operatorMessageId] };
    const answer = await client('messages/delete', which, within(signal));
    if (!answer.ok) return notGivenBack(ourId, answer.trouble, answer.detail);
    const cancelled = deleteAnswer.safeParse(answer.json).success;
    return { ourId, cancelled, detail: cancelled ? '' : 'not taken back' };
  }

  return {
    name: 'serwersms',
    capabilities: {
      send: true,
      personalised: true,
      cancel: true,
      reports: true,
      senders: true,
      statement: false,
      balance: true,
      inbound: true,
      deduplicates: settings.duplicateControl,
      maximumRecipients,
      maximumParts: 6,
      partsPerSecond: settings.partsPerSecond,
    },
    send,
    reportsOf: reports.reportsOf,
    readReport: readPush,
    // One by one: the answer to several says how many were taken back, not which.
    cancel: async (ids, signal) => {
      const cancellations: Cancellation[] = [];
      for (const { ourId, operatorMessageId } of ids) {
        const last = cancellations.at(-1);
        // It does not answer now: the others need not wait for that one by one.
        cancellations.push(
          last?.again === true ? { ...last, ourId } : await cancelOne(ourId, operatorMessageId, signal),
        );
      }
      return cancellations;
    },
    ...createSenders(client),
    ...createAccount(client),
    callbackAnswer: 'OK',
  };
}

/** The operator puts its values in place of these words. */
function pushTemplate(reportsUrl: string): string {
  return `${reportsUrl}?id=#SMSID#&status=#STAN#&date=#DATA#&reason=#PRZYCZYNA#`;
}
