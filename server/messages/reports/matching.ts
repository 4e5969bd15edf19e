import type { MessageState } from '../../../shared/api/messages.ts';
import type { Database, Statement } from '../../database/database.ts';
import { storeInbound } from '../../inbound/store.ts';
import type { DeliveryReport, InboundMessage, Operator } from '../../operators/operator.ts';
import { askAfter } from '../dispatch/verdicts.ts';
import { finishBatches, type Move, moveMessages } from '../moving.ts';
import type { OurIds } from '../our-id.ts';

/** Raw reports read in one go, and the reports in them after which the rest waits for the next: a commit stays short. */
const most = 500;
const enough = 4000;
/** A report that fits no message is tried again for so long: its call's answer may still be on the way, or never come. */
const keepFor = 72 * 60 * 60 * 1000;
/** The least wait before a report is tried again. */
const soon = 500;
/** After so long it is shown to administrators: no call takes that long to be answered and settled. */
const unknownAfter = 10 * 60 * 1000;

export interface MatchingParts {
  database: Database;
  operators: readonly Operator[];
  ourIds: OurIds;
}

export interface ReadReport {
  operator: string;
  report: DeliveryReport;
  /** Of the inbox; 0: asked for. */
  reportId: number;
}

export interface Found {
  messageId: number;
  batchId: string;
  state: MessageState;
  report: DeliveryReport;
  reportId: number;
}

/**
 * Matches waiting reports to messages and moves these on. Texts from people that were pushed to the same address are
 * kept as such. A report that nobody knows is tried again for three days, and stays in the inbox for administrators.
 * @returns whether more may be waiting
 */
export async function matchReports(parts: MatchingParts, now: number): Promise<boolean> {
  const { database } = parts;
  const waitingRows = await database.query({
    sql: `SELECT id, operator, raw, received_at FROM reports
      WHERE processed_at IS NULL AND try_at <= ? ORDER BY try_at, id LIMIT ?`,
    args: [now, most],
  });
  if (waitingRows.length === 0) return false;
  const rows: typeof waitingRows = [];
  const read: ReadReport[] = [];
  const inbound = new Map<string, InboundMessage[]>();
  for (const row of waitingRows) {
    const name = String(row.operator);
    const raw = String(row.raw);
    const operator = parts.operators.find((it) => it.name === name);
    for (const report of operator?.readReport(raw) ?? []) {
      read.push({ operator: name, report, reportId: Number(row.id) });
    }
    const texts = operator?.readInbound?.(raw) ?? [];
    if (texts.length > 0) inbound.set(name, [...(inbound.get(name) ?? []), ...texts]);
    rows.push(row);
    if (read.length >= enough) break;
  }
  const { found, early } = await findMessages(parts, read);
  const waiting = new Map<number, number>();
  for (const row of rows) {
    const age = now - Number(row.received_at);
    if (early.has(Number(row.id)) && age < keepFor)
      waiting.set(Number(row.id), now + Math.max(soon, age / 2));
  }
  await database.batch([
    ...applyReports(found, now),
    ...[...inbound].flatMap(([operator, texts]) => storeInbound(operator, texts, now)),
    ...inboxStatements(rows, waiting, found, now),
    ...unknownStatements(rows, early, now),
  ]);
  return rows.length < waitingRows.length || waitingRows.length === most;
}

/**
 * A message may have been taken for another try since it was found: its report has moved nothing then, and is kept
 * until that try has ended. Were it put aside, nobody would ever know of the delivery.
 */
function inboxStatements(
  rows: readonly { [column: string]: unknown }[],
  waiting: Map<number, number>,
  found: readonly Found[],
  now: number,
) {
  const done = rows.map((row) => Number(row.id)).filter((id) => !waiting.has(id));
  const statements: Statement[] = [];
  if (done.length > 0) {
    const pairs = found.map(({ reportId, messageId }) => [reportId, messageId]);
    statements.push({
      sql: `WITH held AS (SELECT p.value ->> 0 AS id FROM json_each(?) p
          JOIN messages m ON m.id = p.value ->> 1 WHERE m.state = 'sending')
        UPDATE reports SET processed_at = iif(id IN (SELECT id FROM held), NULL, ?),
          try_at = iif(id IN (SELECT id FROM held), ?, try_at)
        WHERE id IN (SELECT value FROM json_each(?))`,
      args: [JSON.stringify(pairs), now, now + soon, JSON.stringify(done)],
    });
  }
  if (waiting.size > 0) {
    statements.push({
      sql: `UPDATE reports SET try_at = c.value FROM json_each(?) c WHERE reports.id = CAST(c.key AS INTEGER)`,
      args: [JSON.stringify(Object.fromEntries([...waiting].map(([id, at]) => [id, Math.round(at)])))],
    });
  }
  return statements;
}

/** Those that nobody knows after a while are marked, and those no more that are known at last. */
function unknownStatements(
  rows: readonly { [column: string]: unknown }[],
  early: ReadonlySet<number>,
  now: number,
): Statement[] {
  const late = rows.filter((row) => now - Number(row.received_at) >= unknownAfter);
  const [unknown, known]: [number[], number[]] = [[], []];
  for (const row of late) (early.has(Number(row.id)) ? unknown : known).push(Number(row.id));
  return [
    ...(unknown.length === 0
      ? []
      : [
          {
            sql: `UPDATE reports SET unknown_since = coalesce(unknown_since, ?)
              WHERE id IN (SELECT value FROM json_each(?))`,
            args: [now, JSON.stringify(unknown)],
          },
        ]),
    ...(known.length === 0
      ? []
      : [
          {
            sql: 'UPDATE reports SET unknown_since = NULL WHERE id IN (SELECT value FROM json_each(?))',
            args: [JSON.stringify(known)],
          },
        ]),
  ];
}

/**
 * By our id where the report carries it, else by the operator's. `early` holds raw reports of messages whose call has
 * not been settled, or that nobody knows (yet).
 */
export async function findMessages(
  { database, ourIds }: Pick<MatchingParts, 'database' | 'ourIds'>,
  read: readonly ReadReport[],
): Promise<{ found: Found[]; early: Set<number> }> {
  const ids = new Set<number>();
  const operatorIds = new Set<string>();
  for (const { report } of read) {
    const ours = report.ourId === null ? null : ourIds.read(report.ourId);
    if (ours !== null) ids.add(ours);
    else if (report.operatorMessageId !== null) operatorIds.add(report.operatorMessageId);
  }
  const [byOurs = [], byTheirs = []] = await database.queries([
    { sql: byIdSql, args: [JSON.stringify([...ids].sort((a, b) => a - b))] },
    { sql: byOperatorIdSql, args: [JSON.stringify([...operatorIds])] },
  ]);
  const messages = new Map<string, [number, string, MessageState]>();
  for (const row of byOurs) {
    const [id, batchId, state] = JSON.parse(String(row.message));
    messages.set(String(id), [id, batchId, state]);
  }
  for (const row of byTheirs) {
    const [id, batchId, state, operator, operatorId] = JSON.parse(String(row.message));
    messages.set(`${operator}\n${operatorId}`, [id, batchId, state]);
  }
  const found: Found[] = [];
  const early = new Set<number>();
  for (const { operator, report, reportId } of read) {
    const ours = report.ourId === null ? null : ourIds.read(report.ourId);
    const message = messages.get(ours === null ? `${operator}\n${report.operatorMessageId}` : String(ours));
    if (message === undefined || message[2] === 'sending') early.add(reportId);
    else found.push({ messageId: message[0], batchId: message[1], state: message[2], report, reportId });
  }
  return { found, early };
}

const byIdSql = `
SELECT json_array(m.id, m.batch_id, m.state) AS message FROM json_each(?) k JOIN messages m ON m.id = k.value`;

const byOperatorIdSql = `
SELECT json_array(m.id, m.batch_id, m.state, m.operator, m.operator_message_id) AS message
FROM json_each(?) k JOIN messages m ON m.operator_message_id = k.value`;

/** From where a report may move a message on. `queued`: tried before, and taken though the answer said otherwise. */
const before: Record<DeliveryReport['state'], readonly MessageState[]> = {
  accepted: ['queued', 'unknown'],
  delivered: ['queued', 'accepted', 'unknown'],
  undelivered: ['queued', 'accepted', 'unknown'],
  expired: ['queued', 'accepted', 'unknown'],
  rejected: ['queued', 'accepted', 'unknown'],
  unknown: [],
};
const order: readonly DeliveryReport['state'][] = [
  'accepted',
  'delivered',
  'undelivered',
  'expired',
  'rejected',
];

/**
 * What the reports change, in one transaction: states advance, a message whose cost was still open is settled, and
 * each state is noted once for the timeline. A second report of the same state changes nothing.
 */
export function applyReports(found: readonly Found[], now: number): Statement[] {
  const moves = new Map<string, Move & { messages: Map<number, string | null> }>();
  const notes: unknown[][] = [];
  const batchIds = new Set<string>();
  const sorted = [...found].sort((a, b) => a.messageId - b.messageId);
  for (const { messageId, batchId, state, report, reportId } of sorted) {
    notes.push([messageId, report.state, reportId, report.detail, report.at ?? now]);
    if (state !== 'accepted') batchIds.add(batchId);
    if (report.hint === true)
      addMove(moves, messageId, null, { from: ['accepted'], to: null, dueAt: now }, now);
    else if (report.state !== 'unknown') {
      // Refused after a call whose end nobody saw: it was not taken, and costs nothing. After acceptance it is billed.
      const free = report.state === 'rejected';
      const settle: Move['settle'] = free && state !== 'accepted' ? 0 : (report.parts ?? 'own');
      const reason =
        report.state === 'accepted' || report.state === 'delivered' ? '' : report.detail || report.state;
      const more = {
        from: before[report.state],
        to: report.state,
        settle,
        reason,
        ...(report.state === 'accepted' ? { dueAt: now + askAfter.accepted } : {}),
      };
      addMove(moves, messageId, report.operatorMessageId, more, now);
    }
  }
  const ordered = [...moves.values()].sort(
    (a, b) => order.indexOf(a.to as never) - order.indexOf(b.to as never),
  );
  const statements = ordered.flatMap((move) => moveMessages(move));
  if (notes.length > 0) statements.push({ sql: notesSql, args: [JSON.stringify(notes)] });
  if (batchIds.size > 0) statements.push(finishBatches(batchIds));
  return statements;
}

function addMove(
  moves: Map<string, Move & { messages: Map<number, string | null> }>,
  messageId: number,
  operatorId: string | null,
  more: Pick<Move, 'from' | 'settle' | 'reason' | 'dueAt'> & { to: MessageState | null },
  now: number,
): void {
  // A hint moves nothing but the time to ask.
  const to = more.to ?? 'accepted';
  const key = JSON.stringify([more, to]);
  const move = moves.get(key) ?? { messages: new Map(), ...more, attempt: null, tried: true, at: now, to };
  move.messages.set(messageId, operatorId);
  moves.set(key, move);
}

const notesSql = `
INSERT OR IGNORE INTO message_reports (message_id, state, report_id, detail, at)
SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)`;
