import { type Fault, Faults, type ReportFault } from '../simulator-faults.ts';
import { callBack, json, type Reply, startSimulatorServer } from '../simulator-server.ts';
import { type Taken, TakenMessages } from '../simulator-taken.ts';
import { type Body, createSending, error } from './simulator-send.ts';
import { toWarsaw } from './time.ts';

export interface SimulatorOptions {
  token?: string;
  /** Refuse a `unique_id` that was there before, as the account's optional setting does. */
  duplicateControl?: boolean;
  /** Parts left of FULL; null: no limit. */
  credit?: number | null;
}

/**
 * SerwerSMS's API v2 as its official clients and captured answers show it: errors with HTTP 200, ids of ten hex
 * digits, items without our id. It counts what it took.
 */
export async function startSerwerSmsSimulator(options: SimulatorOptions = {}) {
  const faults = new Faults<Fault>();
  const reportFaults = new Faults<ReportFault>();
  const taken = new TakenMessages();
  const senders = new Map<string, { name: string; agreement: string; status: string }>();
  const blocked = new Set<string>();
  const inbound: { id: string; phone: string; text: string; at: number }[] = [];
  const state = {
    token: options.token ?? 'token',
    duplicateControl: options.duplicateControl ?? false,
    credit: options.credit ?? null,
    /** Requests that came, of any kind. */
    requests: 0,
  };
  const send = createSending({ state, senders, taken, faults, reportFaults, push });

  const addName = (name: string, status = 'authorized', agreement = 'delivered'): void => {
    senders.set(name, { name, agreement, status });
  };

  function asked(body: Body): Taken[] {
    const byId = [body.id ?? []].flat().map((id) => taken.get(id) ?? []);
    const byOurs = [body.unique_id ?? []].flat().map((id) => [...taken.ofOurs(id)]);
    return [...byId, ...byOurs].flat();
  }

  const actions: Record<string, (body: Body) => Reply | Promise<Reply>> = {
    'messages/send_sms': (body) => send(body, false),
    'messages/send_personalized': (body) => send(body, true),
    'messages/reports': (body) => {
      if ([body.id ?? [], body.unique_id ?? []].flat().length > 500) {
        return error(3331, 'MessageError', 'Za dużo rekordów');
      }
      const items = asked(body).map((it) => ({
        id: it.operatorMessageId,
        phone: it.number,
        status: it.status,
        queued: toWarsaw(it.at),
        sent: toWarsaw(it.at),
        delivered: it.status === 'delivered' ? toWarsaw(it.at + 1000) : null,
        sender: it.sender,
        type: 'full',
        text: it.text,
        parts: it.parts,
        cost: 0.09,
        reason: it.status === 'undelivered' ? 'message_expired' : null,
      }));
      return json({ paging: { page: 1, count: 1 }, items });
    },
    'messages/delete': (body) => {
      const found = asked(body).filter((it) => !it.cancelled);
      const going = reportFaults.due('cancel-partly') ? found.slice(0, 0) : found;
      for (const it of going) it.cancelled = true;
      return json({
        success: true,
        correct: going.length,
        failed: [body.id ?? body.unique_id].flat().length - going.length,
      });
    },
    'messages/recived': () =>
      json({
        items: inbound.map(({ id, phone, text, at }) => ({
          id,
          type: 'ndi',
          phone,
          recived: toWarsaw(at),
          text,
          to_number: '48500600700',
        })),
      }),
    'senders/index': () => json({ items: [...senders.values()] }),
    'senders/add': ({ name = '' }) => {
      if (senders.has(name)) return error(4400, 'SenderExists', 'Nazwa nadawcy istnieje');
      if (!/^[A-Za-z0-9 .-]{1,11}$/.test(name)) return error(4402, 'SenderError', 'Nieprawidłowa nazwa');
      if (/^\d+$/.test(name)) return error(4401, 'SenderError', 'Numer jako nazwa');
      addName(name, 'pending_authorization', 'required');
      return json({ success: true });
    },
    'account/limits': () =>
      json({
        account: { type: 'prepaid' },
        items: [
          { type: 'eco', chars_limit: '918/6', value: 'no_limit' },
          {
            type: 'full',
            chars_limit: '918/6',
            value: state.credit === null ? 'no_limit' : String(state.credit),
          },
          { type: 'voice', chars_limit: '160/1', value: 'not_available' },
        ],
      }),
    'blacklist/add': ({ phone }) => {
      const number = String(phone);
      if (blocked.has(number)) return error(4602, 'BlacklistPhoneExists', 'Numer jest na czarnej liście');
      blocked.add(number);
      return json({ success: true, id: blocked.size });
    },
  };

  const server = await startSimulatorServer((asked) => {
    state.requests += 1;
    const action = asked.path.slice(1).replace(/\.json$/, '');
    const act = asked.method === 'POST' ? actions[action] : undefined;
    if (asked.headers.authorization !== `Bearer ${state.token}`) {
      return error(1012, 'InvalidToken', 'Nieprawidłowy token');
    }
    if (act === undefined) return error(1000, 'InvalidAction', 'Brak akcji');
    return act(JSON.parse(asked.body) as Body);
  });

  async function push(it: Taken, status: string): Promise<void> {
    if (it.reportsUrl !== null) await callBack(pushUrl(it, status), { method: 'GET' });
  }

  /** The push as the operator makes it, with its words in place of the template's. */
  const pushUrl = (it: Taken, status: string): string =>
    (it.reportsUrl ?? '')
      .replace('#SMSID#', it.operatorMessageId)
      .replace('#STAN#', status)
      .replace('#DATA#', encodeURIComponent(toWarsaw(it.at)))
      .replace('#PRZYCZYNA#', '');

  return {
    url: server.url,
    close: server.close,
    faults,
    reportFaults,
    taken,
    state,
    addName,
    inbound,
    blocked,
    pushUrl,
    /** The message becomes this; pushed where a `dlr_url` was given. */
    async report(id: string, status: string): Promise<void> {
      const it = taken.get(id);
      if (it === undefined) throw new Error(`nothing taken with id ${id}`);
      it.status = status;
      if (reportFaults.due('report-never')) return;
      const pushes = reportFaults.due('report-twice') ? [status, status] : [status];
      if (reportFaults.due('reports-out-of-order')) pushes.push('sent');
      for (const word of pushes) await push(it, word);
    },
  };
}

export type SerwerSmsSimulator = Awaited<ReturnType<typeof startSerwerSmsSimulator>>;
