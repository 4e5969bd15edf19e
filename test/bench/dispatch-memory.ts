import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { type Server, startServer, text, until } from './dispatch-client.ts';
import { type BenchRow, ratioOf } from './rows.ts';

/** The most that a server takes while it sends out of a queue of so many, in megabytes. */
async function memoryOver(queued: number, simulator: Server): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'nadpis-queue-'));
  try {
    await (await startServer('dispatch-server.ts', ['accept', '', '1', folder])).end();
    fillQueue(join(folder, 'nadpis.db'), queued);
    const product = await startServer('dispatch-server.ts', ['deliver', simulator.url, '100', folder]);
    let most = 0;
    for (const goal of Array.from({ length: 20 }, (_, at) => Math.min(queued, (at + 1) * 5000))) {
      most = Math.max(most, (await until(product, goal, 'accepted')).memory);
    }
    await product.end();
    return most / 1024 / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Batches of 10,000 messages that are due, as accepting them leaves them. */
function fillQueue(path: string, queued: number): void {
  const native = new Libsql(path);
  const now = Date.now();
  const size = Math.min(queued, 10_000);
  const insertBatch =
    native.prepare(`INSERT INTO batches (id, organisation_id, company_id, sender_name_id, sender_name,
      purpose, origin, text, state, messages, parts, created_by, created_at, idempotency_key, request_hash, answer)
    VALUES (?, 'org_1', 'com_1', 'snd_1', 'Firma Nowak', 'service', 'crm', ?, 'sending', ?, ?, 'per_1', ?, ?, '', '{}')`);
  const insertProgress = native.prepare('INSERT INTO batch_progress (batch_id, queued) VALUES (?, ?)');
  const insertMessages =
    native.prepare(`INSERT INTO messages (organisation_id, batch_id, sender_name, number, parts,
      recipient_name, reference, text, state_at, lane, due_at, expires_at)
    WITH RECURSIVE n(at) AS (SELECT 0 UNION ALL SELECT at + 1 FROM n WHERE at < ? - 1)
    SELECT 'org_1', ?, 'Firma Nowak', '+48600' || substr('000000' || at, -6), 1, 'Jan Kowalski ' || at, 'row-' || at, ?,
      ?, 1, ?, ? FROM n`);
  for (let first = 0; first < queued; first += size) {
    const id = `bat_queued${first}`;
    native.exec('BEGIN');
    insertBatch.run(id, text, size, size, now, id);
    insertProgress.run(id, size);
    insertMessages.run(size, id, text, now, now, now + 86_400_000);
    native.exec('COMMIT');
  }
  native.close();
}

/** A server's memory while it sends, with a short queue and with a long one. */
export async function memory(): Promise<BenchRow> {
  const simulator = await startServer('simulator.ts');
  const few = await memoryOver(100_000, simulator);
  const many = await memoryOver(1_000_000, simulator);
  await simulator.end();
  return {
    name: 'memory while sending, a million messages queued',
    measured: `${Math.round(many)} MB`,
    bound: `${Math.round(few)} MB with 100,000 queued`,
    ratio: ratioOf(many / few),
    budget: '≤ 200 MB, ≤ 1.2',
    holds: many <= 200 && many / few <= 1.2,
  };
}
