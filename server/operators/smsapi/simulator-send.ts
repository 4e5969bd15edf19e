import { countParts } from '../../../shared/sms-text/index.ts';
import type { Fault, Faults, ReportFault } from '../simulator-faults.ts';
import { json, type Reply, refusedByServer, spoiled } from '../simulator-server.ts';
import type { Taken, TakenMessages } from '../simulator-taken.ts';

export interface SendingState {
  /** Points left; null: no limit. A part costs 0.16. */
  points: number | null;
}

interface Parts {
  state: SendingState;
  senders: ReadonlyMap<string, { status: string }>;
  taken: TakenMessages;
  faults: Faults<Fault>;
  reportFaults: Faults<ReportFault>;
  push(ids: readonly Taken[]): Promise<void>;
}

export const pointsAPart = 0.16;

/** A refusal of `sms.do`: HTTP 200, whatever it is about. */
export function refusal(error: number, message: string, more: object = {}): Reply {
  return json({ error, message, ...more });
}

/** A send by `sms.do`: form fields as the official clients write them. */
export function createSending({ state, senders, taken, faults, reportFaults, push }: Parts) {
  let sequence = 0;

  return async function send(form: ReadonlyMap<string, string>): Promise<Reply> {
    const of = (name: string): string => form.get(name) ?? '';
    const numbers = of('to').split(',').filter(Boolean);
    const fault = faults.take(numbers.map((number) => `+${number}`));
    const refused = refusedByServer(fault) ?? refusedOutright(of, numbers, fault);
    if (refused !== null) return refused;
    const ids = of('idx') === '' ? null : of('idx').split('|');
    const parts = countParts(of('message')).parts;
    const valid = numbers.filter((number) => /^\d{8,15}$/.test(number));
    const invalid = numbers.filter((number) => !valid.includes(number));
    const invalid_numbers = invalid.map((number) => ({
      number,
      submitted_number: number,
      message: 'Invalid phone number',
    }));
    if (valid.length === 0) return refusal(13, 'No correct phone numbers', { invalid_numbers });
    const list = [];
    const kept: Taken[] = [];
    for (const [at, number] of valid.entries()) {
      const idx = ids?.[numbers.indexOf(number)] ?? null;
      const item = { number, submitted_number: number, idx };
      const halfway = at >= valid.length / 2;
      const short = state.points !== null && state.points < parts * pointsAPart;
      if (short || (fault === 'credit-mid-batch' && halfway)) {
        list.push({ ...item, id: null, points: 0, status: 'ERROR', error: 103, parts });
      } else if (fault === 'some-unsent' && at % 2 === 1) {
        list.push({ ...item, id: null, points: 0, status: 'ERROR', error: 13, parts });
      } else {
        const it = take(of, idx, number, parts);
        kept.push(it);
        list.push({ ...item, ...written(it, fault), error: null, date_sent: Math.floor(it.at / 1000) });
      }
    }
    if (reportFaults.due('report-before-answer')) {
      for (const it of kept) it.status = 'DELIVERED';
      await push(kept);
    }
    const body = { count: kept.length, list, ...(invalid.length > 0 && { invalid_numbers }) };
    const honest = json(fault === 'success-without-items' ? { count: kept.length } : body);
    return spoiled(fault, honest) ?? honest;
  };

  function refusedOutright(
    of: (name: string) => string,
    numbers: readonly string[],
    fault: Fault | null,
  ): Reply | null {
    const ids = of('idx') === '' ? null : of('idx').split('|');
    if (fault === 'token-expired') return refusal(101, 'Authorization failed');
    if (fault === 'busy') return refusal(202, 'Too many simultaneous requests');
    if (fault === 'no-credit') return refusal(103, 'Insufficient credits');
    if (fault === 'unknown-code') return refusal(9876, 'New error');
    const name = of('from');
    const usable = name === '' || name.toLowerCase() === '2way' || senders.get(name)?.status === 'ACTIVE';
    if (fault === 'sender-pending' || !usable) return refusal(14, 'Invalid from field');
    if (fault === 'refused-message' || of('message') === '') return refusal(11, 'Bad message');
    if (countParts(of('message')).parts > Number(of('max_parts') || '6')) {
      return refusal(12, 'Too many message parts');
    }
    if (ids !== null && ids.length !== numbers.length) return refusal(18, 'Bad parameters count');
    const known = of('check_idx') === '1' && ids?.some((id) => taken.ofOurs(id).length > 0);
    return known ? refusal(53, 'Duplicate idx') : null;
  }

  function take(of: (name: string) => string, idx: string | null, number: string, parts: number): Taken {
    sequence += 1;
    if (state.points !== null) state.points -= parts * pointsAPart;
    return taken.add({
      operatorMessageId: `613F1B14${sequence.toString(16).toUpperCase().padStart(16, '0')}`,
      ourId: idx,
      number: `+${number}`,
      sender: of('from'),
      text: of('message'),
      parts,
      at: Date.now(),
      cancelled: false,
      status: 'QUEUE',
      reportsUrl: of('notify_url') || null,
    });
  }
}

function written(it: Taken, fault: Fault | null) {
  const points = it.parts * pointsAPart;
  const text = fault === 'parts-as-string';
  return {
    id: it.operatorMessageId,
    points: text ? points.toFixed(4) : points,
    status: 'QUEUE',
    parts: fault === 'negative-parts' ? -3 : text ? String(it.parts) : it.parts,
  };
}
