import { z } from 'zod';
import { foldPolishLetters } from '../../../shared/sms-text/index.ts';
import { readCallback } from '../callbacks.ts';
import { type OperatorPorts, patience, wholeNumber } from '../exchange.ts';
import type { AskedMessage, DeliveryReport } from '../operator.ts';
import { idOf, partsOf, shortened } from '../outcomes.ts';
import { chunksOf, roundsOfDistinctNumbers } from '../rounds.ts';
import type { Client } from './client.ts';
import { noMessages } from './errors.ts';
import { warsawTime } from './time.ts';

/** Ids that one question may hold. */
const idsAQuestion = 500;

const reportItem = z.object({
  id: z.unknown().optional(),
  unique_id: z.string().nullable().catch(null),
  phone: z.string().catch(''),
  status: z.string().catch(''),
  reason: z.string().nullable().catch(null),
  parts: z.unknown().optional(),
  sent: z.unknown().optional(),
  delivered: z.unknown().optional(),
});
type ReportItem = z.infer<typeof reportItem>;

const reportsAnswer = z.object({
  items: z.array(reportItem).catch([]),
  paging: z.object({ page: wholeNumber.catch(1), count: wholeNumber.catch(1) }).catch({ page: 1, count: 1 }),
});

const states: Readonly<Record<string, DeliveryReport['state']>> = {
  delivered: 'delivered',
  undelivered: 'undelivered',
  unsent: 'rejected',
  sent: 'accepted',
  in_progress: 'accepted',
  pending: 'accepted',
  saved: 'accepted',
};

export function createReports(client: Client, ports: OperatorPorts) {
  /** Asks by the operator's ids or by ours; an empty list where it knows none or cannot be asked. */
  async function ask(by: 'id' | 'unique_id', ids: readonly string[]): Promise<ReportItem[]> {
    const items: ReportItem[] = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const body = { [by]: ids, page, limit: ids.length };
      const answer = await client('messages/reports', body, AbortSignal.timeout(patience));
      if (!answer.ok) {
        if (answer.code !== noMessages) ports.onTrouble?.('reports', answer.detail);
        break;
      }
      const read = reportsAnswer.safeParse(answer.json);
      if (!read.success) {
        ports.onTrouble?.('reports', 'answer of an unknown shape');
        break;
      }
      items.push(...read.data.items);
      pages = Math.min(read.data.paging.count, ids.length);
    }
    return items;
  }

  /**
   * An item names the operator's id and the number, our id it does not. Asked by our ids, the answers are told apart
   * by number; where that is not known, one message is asked about at a time.
   */
  async function reportsOf(asked: readonly AskedMessage[]): Promise<DeliveryReport[]> {
    const found: DeliveryReport[] = [];
    const known = asked.filter((it) => it.operatorMessageId !== null);
    for (const chunk of chunksOf(known, idsAQuestion)) {
      const ids = new Map(chunk.map((it) => [it.operatorMessageId, it.ourId]));
      for (const item of await ask('id', [...ids.keys()].map(String))) {
        const ourId = ids.get(idOf(item.id));
        if (ourId !== undefined) found.push(reportOf(item, ourId));
      }
    }
    const unknown = asked.filter((it) => it.operatorMessageId === null);
    const alone = unknown.filter((it) => it.number === undefined).map((it) => [it]);
    const rounds = roundsOfDistinctNumbers(unknown.filter((it) => it.number !== undefined));
    for (const round of [...alone, ...rounds.flatMap((it) => chunksOf(it, idsAQuestion))]) {
      const items = await ask(
        'unique_id',
        round.map((it) => it.ourId),
      );
      for (const it of round) {
        const item = items.find((one) => isAbout(one, it, round.length === 1));
        if (item !== undefined) found.push(reportOf(item, it.ourId));
      }
    }
    return found;
  }

  return { reportsOf };
}

function isAbout(item: ReportItem, asked: AskedMessage, alone: boolean): boolean {
  if (item.unique_id !== null) return item.unique_id === asked.ourId;
  if (alone) return true;
  return asked.number !== undefined && item.phone.replace(/\D/g, '') === asked.number.replace(/\D/g, '');
}

function reportOf(item: ReportItem, ourId: string): DeliveryReport {
  const expired = item.status === 'undelivered' && item.reason === 'message_expired';
  return {
    operatorMessageId: idOf(item.id),
    ourId,
    state: expired ? 'expired' : (states[item.status] ?? 'unknown'),
    parts: partsOf(item.parts),
    detail: shortened(item.reason ? `${item.status}: ${item.reason}` : item.status),
    at: warsawTime(item.delivered) ?? warsawTime(item.sent),
  };
}

/** Words of `#STAN#`: no public source has them for API v2, so English and Polish ones of sibling systems are read. */
const final = new Set([
  'delivered',
  'doreczono',
  'doreczona',
  'undelivered',
  'niedoreczono',
  'unsent',
  'niewyslano',
]);
const underWay = new Set(['sent', 'wyslano', 'pending', 'oczekiwanie', 'in_progress', 'saved']);

/**
 * Reads a push. It is unsigned and its words are not documented, so a final state is never taken from it: it comes as
 * a hint, to be confirmed by `reportsOf`.
 */
export function readPush(raw: string): DeliveryReport[] {
  const fields = readCallback(raw);
  const of = (...names: string[]): string => names.map((name) => fields.get(name)).find(Boolean) ?? '';
  const operatorMessageId = idOf(of('id', 'smsid', 'SMSID', 'msgitemid'));
  const told = of('status', 'stan', 'STAN');
  if (operatorMessageId === null || told === '') return [];
  const word = foldPolishLetters(told.trim().toLowerCase());
  const reason = of('reason', 'error', 'przyczyna', 'PRZYCZYNA');
  return [
    {
      operatorMessageId,
      ourId: null,
      state: final.has(word) || underWay.has(word) ? 'accepted' : 'unknown',
      parts: null,
      detail: shortened(reason === '' ? told : `${told}: ${reason}`),
      at: warsawTime(of('date', 'data', 'DATA')),
      ...(!underWay.has(word) && { hint: true }),
    },
  ];
}
