import { cpus } from 'node:os';
import { buildServerTown, numberOf, until } from '../contract/town.ts';
import type { OperatorKindName } from '../faults/operator-process.ts';
import { type BenchRow, ratioOf } from './rows.ts';

/** Milliseconds that an operator takes for a call, whatever is in it: on two cores that is the limit, not the processor. */
const latency = 100;
const counts = [1, 2, 3] as const;

/** What this machine's processors have done so far, in milliseconds. */
function processorTime(): { idle: number; all: number } {
  const times = cpus().map((it) => it.times);
  const idle = times.reduce((sum, it) => sum + it.idle, 0);
  return { idle, all: times.reduce((sum, it) => sum + it.user + it.nice + it.sys + it.irq + it.idle, 0) };
}

interface Throughput {
  /** Messages a second. */
  speed: number;
  /** The part of the processors' time that was left, 0–1. */
  idle: number;
}

/** Messages a second that so many servers over one libSQL server hand to an operator, from a queue that is full. */
async function throughput(servers: number, kind: OperatorKindName, messages: number): Promise<Throughput> {
  const town = await buildServerTown(true, servers);
  try {
    await town.operators[kind].tell({ delay: latency, pushes: false });
    const first = await town.start(0, 'node');
    // All of it is accepted before any of it is due.
    const later = Date.now() + 3_600_000;
    for (let at = 0; at < messages; at += 1000) {
      const count = Math.min(1000, messages - at);
      const numbers = Array.from({ length: count }, (_, n) => numberOf[kind](at + n));
      const status = await town.send(first.url, `key-${at}`, numbers, later);
      if (status !== 201) throw new Error(`a sending was answered ${status}`);
    }
    for (let place = 1; place < servers; place++) await town.start(place, 'node');
    await town.database.batch([{ sql: `UPDATE messages SET due_at = 1 WHERE state = 'queued'` }]);
    const began = performance.now();
    const before = processorTime();
    await until('all is with the operator', 300_000, async () => {
      const [row] = await town.database.query({
        sql: `SELECT EXISTS (SELECT 1 FROM messages WHERE state IN ('queued', 'sending')) AS some`,
      });
      return row?.some === 0;
    });
    const seconds = (performance.now() - began) / 1000;
    const after = processorTime();
    const { taken } = await town.operators[kind].tell({});
    const times = Object.values(taken);
    if (times.length !== messages || times.some((n) => n !== 1)) {
      throw new Error(`${times.length} of ${messages} messages were taken, not all of them once`);
    }
    return { speed: messages / seconds, idle: (after.idle - before.idle) / (after.all - before.all) };
  } finally {
    await town.end();
  }
}

/** More servers are there to take over; what they add to speed is told, and bounded by nothing. */
export async function rows(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const [kind, messages, words] of [
    ['twilio', 1500, 'one recipient a call'],
    ['smsapi', 6000, '100 recipients a call'],
  ] as const) {
    let alone = 0;
    for (const servers of counts) {
      const { speed, idle } = await throughput(servers, kind, messages);
      if (servers === 1) alone = speed;
      rows.push({
        name: `${servers} of Node over one libSQL server, ${latency} ms a call, ${words}`,
        measured: `${Math.round(speed)}/s, ${Math.round(idle * 100)} % idle`,
        bound: `${Math.round(alone)}/s by one`,
        ratio: ratioOf(speed / alone),
        budget: 'told',
        holds: true,
      });
    }
  }
  return rows;
}
