import { createHmac } from 'node:crypto';
import { countParts } from '../../../shared/sms-text/index.ts';
import { readCallback } from '../callbacks.ts';
import { type Fault, Faults, type ReportFault } from '../simulator-faults.ts';
import {
  type Asked,
  callBack,
  json,
  type Reply,
  refusedByServer,
  spoiled,
  startSimulatorServer,
} from '../simulator-server.ts';
import { type Taken, TakenMessages } from '../simulator-taken.ts';

export interface SimulatorOptions {
  accountSid?: string;
  authToken?: string;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** What one recipient a call cannot show, and credit, for which no code is known. */
export const notPlayed: readonly Fault[] = ['some-unsent', 'credit-mid-batch', 'no-credit'];

/**
 * Twilio's Messages resource as its official clients show it: 201 with a SID, errors with 4xx and a code, a status
 * callback that is signed. It knows no id of ours but the one in the callback's address, by which it is counted.
 */
export async function startTwilioSimulator(options: SimulatorOptions = {}) {
  const faults = new Faults<Fault>();
  const reportFaults = new Faults<ReportFault>();
  const taken = new TakenMessages();
  const senders = new Set<string>();
  const state = {
    accountSid: options.accountSid ?? `AC${'0'.repeat(32)}`,
    authToken: options.authToken ?? 'token',
    requests: 0,
  };
  let sequence = 0;

  const shown = (it: Taken, fault: Fault | null = null) => ({
    account_sid: state.accountSid,
    api_version: '2010-04-01',
    body: it.text,
    date_created: new Date(it.at).toUTCString(),
    date_sent: it.status === 'queued' ? null : new Date(it.at).toUTCString(),
    date_updated: new Date(it.at).toUTCString(),
    direction: 'outbound-api',
    error_code: it.status === 'undelivered' ? 30005 : null,
    error_message: null,
    from: it.sender,
    num_media: '0',
    num_segments: fault === 'negative-parts' ? '-3' : String(it.parts),
    price: null,
    price_unit: 'USD',
    sid: it.operatorMessageId,
    status: it.status,
    to: it.number,
    uri: `/2010-04-01/Accounts/${state.accountSid}/Messages/${it.operatorMessageId}.json`,
  });

  async function send(form: ReadonlyMap<string, string>): Promise<Reply> {
    const [to, from, body] = [form.get('To') ?? '', form.get('From') ?? '', form.get('Body') ?? ''];
    const fault = faults.take([to]);
    const refused = refusedByServer(fault);
    if (refused !== null) return refused;
    if (fault === 'token-expired') return error(401, 20003, 'Authenticate');
    if (fault === 'busy') return error(429, 20429, 'Too Many Requests');
    if (fault === 'unknown-code') return error(400, 29_999, 'New error');
    const usable = senders.has(from) && fault !== 'sender-pending';
    if (!usable) return error(400, 21212, `The 'From' number ${from} is not valid`);
    if (fault === 'refused-message' || !/^\+\d{8,15}$/.test(to)) {
      return error(400, 21211, `The 'To' number ${to} is not a valid phone number`);
    }
    sequence += 1;
    const url = form.get('StatusCallback') ?? null;
    const it = taken.add({
      operatorMessageId: `SM${sequence.toString(16).padStart(32, '0')}`,
      ourId: url === null ? null : new URL(url).searchParams.get('ourId'),
      number: to,
      sender: from,
      text: body,
      parts: countParts(body).parts,
      at: (options.now ?? Date.now)(),
      cancelled: false,
      status: 'queued',
      reportsUrl: url,
    });
    if (reportFaults.due('report-before-answer')) await push(it, 'delivered');
    const honest = json(fault === 'success-without-items' ? { status: 'queued' } : shown(it, fault), 201);
    return spoiled(fault, honest) ?? honest;
  }

  function list(query: URLSearchParams): Reply {
    // "On that day or later": what has no date of sending yet is not among them.
    const since = Date.parse(query.get('DateSent>') ?? '1970-01-01');
    const found = taken.all.filter((it) => it.status !== 'queued' && it.at >= since);
    const messages = found.filter((it) => it.number === query.get('To')).map((it) => shown(it));
    return json({ messages, page: 0, page_size: 1000, next_page_uri: null });
  }

  function one(asked: Asked, sid: string, form: ReadonlyMap<string, string>): Reply {
    const it = taken.get(sid);
    if (it === undefined) return error(404, 20404, 'The requested resource was not found');
    if (asked.method === 'POST' && form.get('Status') === 'canceled') {
      if (it.status !== 'queued' || reportFaults.due('cancel-partly')) {
        return error(400, 30409, 'Message is not in a cancelable state');
      }
      it.cancelled = true;
      it.status = 'canceled';
    }
    return json(shown(it));
  }

  const server = await startSimulatorServer((asked) => {
    state.requests += 1;
    const login = Buffer.from(`${state.accountSid}:${state.authToken}`).toString('base64');
    if (asked.headers.authorization !== `Basic ${login}`) return error(401, 20003, 'Authenticate');
    const form = readCallback(asked.body);
    const path = asked.path.replace(`/2010-04-01/Accounts/${state.accountSid}`, '');
    if (path === '/Messages.json') return asked.method === 'POST' ? send(form) : list(asked.query);
    const sid = /^\/Messages\/(\w+)\.json$/.exec(path)?.[1];
    return sid === undefined ? error(404, 20404, 'Not found') : one(asked, sid, form);
  });

  /** The status callback: body and signature. */
  function pushOf(it: Taken, status: string): { body: string; signature: string } {
    const fields = new URLSearchParams({
      AccountSid: state.accountSid,
      From: it.sender,
      MessageSid: it.operatorMessageId,
      MessageStatus: status,
      SmsSid: it.operatorMessageId,
      SmsStatus: status,
      To: it.number,
      ...(status === 'undelivered' && { ErrorCode: '30005' }),
    });
    fields.sort();
    const signed = it.reportsUrl + [...fields].map(([name, value]) => name + value).join('');
    const signature = createHmac('sha1', state.authToken).update(signed).digest('base64');
    return { body: fields.toString(), signature };
  }

  async function push(it: Taken, status: string): Promise<void> {
    if (it.reportsUrl === null) return;
    const { body, signature } = pushOf(it, status);
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature };
    await callBack(it.reportsUrl, { method: 'POST', body, headers });
  }

  return {
    url: server.url,
    close: server.close,
    faults,
    reportFaults,
    taken,
    state,
    addName: (name: string): void => {
      senders.add(name);
    },
    pushOf,
    /** The message becomes this; pushed where a `StatusCallback` was given. */
    async report(id: string, status: string): Promise<void> {
      const it = taken.get(id);
      if (it === undefined) throw new Error(`nothing taken with id ${id}`);
      it.status = status;
      if (reportFaults.due('report-never')) return;
      await push(it, status);
      if (reportFaults.due('report-twice')) await push(it, status);
      if (reportFaults.due('reports-out-of-order')) await push(it, 'sent');
    },
  };
}

export type TwilioSimulator = Awaited<ReturnType<typeof startTwilioSimulator>>;

function error(status: number, code: number, message: string): Reply {
  return json({ status, code, message, more_info: `https://www.twilio.com/docs/errors/${code}` }, status);
}
