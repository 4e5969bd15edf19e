import { readCallback } from '../callbacks.ts';
import { type Fault, Faults, type ReportFault } from '../simulator-faults.ts';
import { type Asked, callBack, json, type Reply, startSimulatorServer } from '../simulator-server.ts';
import { type Taken, TakenMessages } from '../simulator-taken.ts';
import { createSending, pointsAPart, refusal } from './simulator-send.ts';

export interface SimulatorOptions {
  token?: string;
  /** Points left; null: no limit. */
  points?: number | null;
}

const codes: Readonly<Record<string, string>> = {
  SENT: '403',
  DELIVERED: '404',
  UNDELIVERED: '405',
  EXPIRED: '402',
  REJECTED: '407',
  UNKNOWN: '408',
  QUEUE: '409',
  ACCEPTED: '410',
};

/**
 * SMSAPI's `sms.do` and REST resources as its official clients show them: errors with HTTP 200, `idx` refused the
 * second time (53), numbers without "+", callbacks in batches that are repeated until they are answered `OK`.
 */
export async function startSmsApiSimulator(options: SimulatorOptions = {}) {
  const faults = new Faults<Fault>();
  const reportFaults = new Faults<ReportFault>();
  const taken = new TakenMessages();
  const senders = new Map<string, { status: string }>();
  const state = { token: options.token ?? 'token', points: options.points ?? null, requests: 0, repeats: 0 };
  const send = createSending({ state, senders, taken, faults, reportFaults, push });

  /** Fields of one callback for these, lists joined by commas. */
  function pushFields(batch: readonly Taken[]): URLSearchParams {
    const joined = (of: (it: Taken) => string, short = false): string =>
      (short ? batch.slice(0, 1) : batch).map(of).join(',');
    const short = reportFaults.due('report-batch-short');
    return new URLSearchParams({
      MsgId: joined((it) => it.operatorMessageId),
      status: joined((it) => codes[it.status] ?? '408', short),
      status_name: joined((it) => it.status, short),
      donedate: joined((it) => String(Math.floor(it.at / 1000)), short),
      idx: joined((it) => it.ourId ?? '', short),
      to: joined((it) => it.number.slice(1)),
      from: joined((it) => it.sender, short),
      username: 'nadpis',
      points: joined((it) => (it.parts * pointsAPart).toFixed(4)),
      parts: joined((it) => String(it.parts)),
    });
  }

  async function push(batch: readonly Taken[]): Promise<void> {
    const url = batch[0]?.reportsUrl ?? null;
    if (url === null) return;
    const address = `${url}?${pushFields(batch)}`;
    for (let attempt = 0; attempt < 3; attempt++) {
      const answer = await callBack(address, { method: 'GET' });
      if (answer.status === 200 && answer.text === 'OK') return;
      state.repeats += 1;
    }
  }

  function status(id: string): Reply {
    const it = taken.get(id);
    if (it === undefined) return refusal(301, 'Not exists ID message');
    const { operatorMessageId, number, parts, ourId } = it;
    const item = { id: operatorMessageId, points: parts * pointsAPart, number: number.slice(1), parts };
    return json({ count: 1, list: [{ ...item, status: it.status, error: null, idx: ourId }] });
  }

  function cancel(ids: readonly string[]): Reply {
    const found = ids.flatMap((id) => taken.get(id) ?? []).filter((it) => !it.cancelled);
    const going = reportFaults.due('cancel-partly') ? found.slice(0, 1) : found;
    if (going.length === 0) return refusal(301, 'Not exists ID message');
    for (const it of going) it.cancelled = true;
    return json({ count: going.length, list: going.map((it) => ({ id: it.operatorMessageId })) });
  }

  function senderNames(asked: Asked, name: string, form: ReadonlyMap<string, string>): Reply {
    const shown = (sender: string) => ({
      sender,
      is_default: false,
      status: senders.get(sender)?.status,
      created_at: '2026-01-02T03:04:05+01:00',
    });
    if (name === 'statement') return json({ content: 'Oświadczam, że mam prawo do nazwy nadawcy.' });
    if (asked.method === 'POST') {
      const sender = form.get('sender') ?? '';
      const ok = /^[A-Za-z0-9 .-]{1,11}$/.test(sender) && !senders.has(sender);
      if (!ok) return json({ message: 'Validation failed', error: 'invalid_request_data', errors: [] }, 400);
      senders.set(sender, { status: 'PENDING' });
      return json(shown(sender), 201);
    }
    if (name === '') {
      const collection = [...senders.keys()].map(shown);
      return json({ size: collection.length, collection });
    }
    return senders.has(name) ? json(shown(name)) : json({ message: 'Not found', error: 'not_found' }, 404);
  }

  const server = await startSimulatorServer((asked) => {
    state.requests += 1;
    const form = readCallback(asked.method === 'GET' ? asked.query.toString() : asked.body);
    const known = asked.headers.authorization === `Bearer ${state.token}`;
    if (asked.path === '/sms.do') {
      if (!known) return refusal(101, 'Authorization failed');
      if (form.has('status')) return status(form.get('status') ?? '');
      if (form.has('sch_del')) return cancel((form.get('sch_del') ?? '').split(','));
      return send(form);
    }
    if (!known) return json({ message: 'Authorization failed', error: 'authorization_failed' }, 401);
    if (asked.path === '/profile') return json({ username: 'nadpis', points: String(state.points ?? 1000) });
    const [, name] = /^\/sms\/sendernames(?:\/([^/]+))?$/.exec(asked.path) ?? [null];
    if (name === null) return json({ message: 'Not found', error: 'not_found' }, 404);
    return senderNames(asked, decodeURIComponent(name ?? ''), form);
  });

  return {
    url: server.url,
    close: server.close,
    faults,
    reportFaults,
    taken,
    state,
    addName: (name: string, status = 'ACTIVE'): void => {
      senders.set(name, { status });
    },
    pushFields,
    /** The messages become this; pushed in one callback where a `notify_url` was given. */
    async report(ids: readonly string[], status: string): Promise<void> {
      const batch = ids.flatMap((id) => taken.get(id) ?? []);
      for (const it of batch) it.status = status;
      if (reportFaults.due('report-never')) return;
      await push(batch);
      if (reportFaults.due('report-twice')) await push(batch);
      if (reportFaults.due('reports-out-of-order')) {
        await push(batch.map((it) => ({ ...it, status: 'SENT' })));
      }
    },
  };
}

export type SmsApiSimulator = Awaited<ReturnType<typeof startSmsApiSimulator>>;
