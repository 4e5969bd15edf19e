import { z } from 'zod';
import { readCallback } from '../callbacks.ts';
import { type OperatorPorts, patience } from '../exchange.ts';
import type { AskedMessage, DeliveryReport } from '../operator.ts';
import { idOf, partsOf, shortened } from '../outcomes.ts';
import { inParallel } from '../rounds.ts';
import type { Client } from './client.ts';

/** Statuses by code; a callback carries the code, an answer the name. Source: the official clients. */
const statuses: readonly [code: string, name: string, state: DeliveryReport['state']][] = [
  ['401', 'NOT_FOUND', 'unknown'],
  ['402', 'EXPIRED', 'expired'],
  ['403', 'SENT', 'accepted'],
  ['404', 'DELIVERED', 'delivered'],
  ['405', 'UNDELIVERED', 'undelivered'],
  ['406', 'FAILED', 'undelivered'],
  ['407', 'REJECTED', 'rejected'],
  // "It may be delivered or not": SMSAPI will not say more.
  ['408', 'UNKNOWN', 'unknown'],
  ['409', 'QUEUE', 'accepted'],
  ['410', 'ACCEPTED', 'accepted'],
  ['411', 'RENEWAL', 'accepted'],
  ['412', 'STOP', 'undelivered'],
];

const byWord = new Map(
  statuses.flatMap(([code, name, state]) => [[code, state] as const, [name, state] as const]),
);
const nameOf = new Map(statuses.map(([code, name]) => [code, name]));

const statusAnswer = z.object({
  list: z
    .array(
      z.object({
        id: z.unknown().optional(),
        status: z.union([z.string(), z.number()]).transform(String).catch(''),
        parts: z.unknown().optional(),
      }),
    )
    .catch([]),
});

/** One question a message: only the operator's ids can be asked about. Our `idx` comes back in callbacks alone. */
export function createReports(client: Client, ports: OperatorPorts) {
  return async function reportsOf(asked: readonly AskedMessage[]): Promise<DeliveryReport[]> {
    const reports = await inParallel(asked, 8, async ({ ourId, operatorMessageId }) => {
      if (operatorMessageId === null) return [];
      const query = new URLSearchParams({ status: operatorMessageId, format: 'json' });
      const answer = await client.get(`/sms.do?${query}`, AbortSignal.timeout(patience));
      if (!answer.ok) {
        if (answer.code === null) ports.onTrouble?.('reports', answer.detail);
        return [];
      }
      const read = statusAnswer.safeParse(answer.json);
      const item = read.data?.list.find((it) => idOf(it.id) === operatorMessageId);
      if (item === undefined || item.status === '' || item.status === 'NOT_FOUND') return [];
      const state = byWord.get(item.status) ?? 'unknown';
      const detail = shortened(nameOf.get(item.status) ?? item.status);
      return [{ operatorMessageId, ourId, state, parts: partsOf(item.parts), detail, at: null }];
    });
    return reports.flat();
  };
}

/**
 * Reads a callback: several messages may share one, their values joined by commas. A list that is shorter than the
 * ids cannot be told apart, so what it claims is a hint.
 */
export function readPush(raw: string): DeliveryReport[] {
  const fields = readCallback(raw);
  if (fields.has('sms_text')) return [];
  const lists = (name: string): string[] => (fields.get(name) ?? '').split(',').map((value) => value.trim());
  const ids = lists('MsgId');
  const whole = (name: string): string[] => (lists(name).length === ids.length ? lists(name) : []);
  const codes = lists('status');
  const [idx, times, parts, names] = [whole('idx'), whole('donedate'), whole('parts'), whole('status_name')];
  const short = codes.length !== ids.length;
  return ids.flatMap((id, at) => {
    const operatorMessageId = idOf(id);
    const code = codes[at] ?? codes[0] ?? '';
    if (operatorMessageId === null || code === '') return [];
    const state = byWord.get(code) ?? byWord.get(names[at] ?? '') ?? 'unknown';
    const report: DeliveryReport = {
      operatorMessageId,
      ourId: /^[a-zA-Z0-9]{3,50}$/.test(idx[at] ?? '') ? (idx[at] ?? null) : null,
      state: short && state !== 'unknown' ? 'accepted' : state,
      parts: partsOf(parts[at]),
      detail: shortened(nameOf.get(code) ?? names[at] ?? code),
      at: unixTime(times[at]),
    };
    return [short ? { ...report, hint: true } : report];
  });
}

/** Seconds since the epoch, as SMSAPI writes times, in milliseconds. */
export function unixTime(seconds: string | undefined): number | null {
  return seconds !== undefined && /^\d{9,11}$/.test(seconds) ? Number(seconds) * 1000 : null;
}
