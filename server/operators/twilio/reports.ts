import { z } from 'zod';
import { readCallback } from '../callbacks.ts';
import { type OperatorPorts, patience } from '../exchange.ts';
import type { AskedMessage, DeliveryReport } from '../operator.ts';
import { partsOf, shortened } from '../outcomes.ts';
import { inParallel } from '../rounds.ts';
import type { Client } from './client.ts';
import { type MessageResource, messageResource, moment, sidOf, stateOf } from './message.ts';

const listAnswer = z.object({ messages: z.array(messageResource.nullable().catch(null)) });

/** Clocks differ, and a call may be slow: what was created this long around the call may be its message. */
const window = { before: 60_000, after: 600_000 };

/** What a trial account puts before every text. */
const trialPrefix = 'Sent from your Twilio trial account - ';

export function createReports(client: Client, ports: OperatorPorts) {
  async function byId(asked: AskedMessage, sid: string): Promise<DeliveryReport[]> {
    const answer = await client.get(`/Messages/${sid}.json`, AbortSignal.timeout(patience));
    if (!answer.ok) {
      if (answer.status !== 404) ports.onTrouble?.('reports', answer.detail);
      return [];
    }
    const read = messageResource.safeParse(answer.json);
    return read.success && read.data.sid === sid ? [reportOf(read.data, asked.ourId)] : [];
  }

  /**
   * A message whose call got no answer is found by number, text and time. More candidates than messages asked about
   * would be a guess: then none is taken. A message without a date of sending may not be listed yet.
   */
  async function byNumber(number: string, asked: readonly AskedMessage[]): Promise<DeliveryReport[]> {
    const earliest = Math.min(...asked.map((it) => it.sentAt ?? ports.now())) - window.before;
    const day = new Date(earliest).toISOString().slice(0, 10);
    const query = new URLSearchParams({ To: number, 'DateSent>': day, PageSize: '1000' });
    const answer = await client.get(`/Messages.json?${query}`, AbortSignal.timeout(patience));
    const read = answer.ok ? listAnswer.safeParse(answer.json) : undefined;
    if (!read?.success) {
      ports.onTrouble?.('reports', answer.ok ? 'answer of an unknown shape' : answer.detail);
      return [];
    }
    const listed = read.data.messages.filter((it) => it !== null);
    return asked.flatMap((it) => {
      const alike = asked.filter((other) => other.text === it.text);
      const candidates = listed.filter((one) => alike.some((other) => mayBe(one, number, other)));
      const found = candidates[alike.indexOf(it)];
      return found !== undefined && candidates.length <= alike.length ? [reportOf(found, it.ourId)] : [];
    });
  }

  return async function reportsOf(asked: readonly AskedMessage[]): Promise<DeliveryReport[]> {
    const lost = new Map<string, AskedMessage[]>();
    const known: [AskedMessage, string][] = [];
    for (const it of asked) {
      const sid = sidOf(it.operatorMessageId);
      if (sid !== null) known.push([it, sid]);
      // Without text and time any message to that number would do.
      else if (it.number !== undefined && it.text !== undefined && it.sentAt !== undefined) {
        lost.set(it.number, [...(lost.get(it.number) ?? []), it]);
      }
    }
    const reports = [
      ...(await inParallel(known, 8, ([it, sid]) => byId(it, sid))),
      ...(await inParallel([...lost], 8, ([number, some]) => byNumber(number, some))),
    ];
    return reports.flat();
  };
}

function mayBe(one: MessageResource, number: string, asked: AskedMessage): boolean {
  const created = moment(one.date_created);
  if (one.to !== number || !one.direction.startsWith('outbound') || created === null) return false;
  if (one.body !== asked.text && one.body !== trialPrefix + asked.text) return false;
  const sentAt = asked.sentAt ?? 0;
  return created >= sentAt - window.before && created <= sentAt + window.after;
}

function reportOf(message: MessageResource, ourId: string): DeliveryReport {
  const { sid, status, error_code, num_segments, date_updated } = message;
  return {
    operatorMessageId: sid,
    ourId,
    state: stateOf(status),
    parts: partsOf(num_segments),
    detail: shortened(error_code === null ? status : `${status}: ${error_code}`),
    at: moment(date_updated),
  };
}

/** Reads a status callback whose signature was checked before it was stored. Our id is in the address's query. */
export function readPush(raw: string): DeliveryReport[] {
  const fields = readCallback(raw);
  const operatorMessageId = sidOf(fields.get('MessageSid') ?? fields.get('SmsSid'));
  const status = fields.get('MessageStatus') ?? fields.get('SmsStatus') ?? '';
  // A text that came in tells its status too.
  if (operatorMessageId === null || status === '' || status.startsWith('receiv')) return [];
  const ourId = fields.get('ourId') ?? '';
  const code = fields.get('ErrorCode') ?? '';
  return [
    {
      operatorMessageId,
      ourId: /^[a-zA-Z0-9]{3,50}$/.test(ourId) ? ourId : null,
      state: stateOf(status),
      parts: null,
      detail: shortened(code === '' ? status : `${status}: ${code}`),
      at: null,
    },
  ];
}
