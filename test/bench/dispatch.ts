import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql';
import { openFile } from '../../server/database/libsql-file.ts';
import { migrate } from '../../server/database/migrate.ts';
import { readMigrations } from '../../server/platform/migrations.ts';
import {
  batch,
  connections,
  loop,
  mobile,
  perSecond,
  post,
  rate,
  type Server,
  startServer,
  text,
  times,
  until,
} from './dispatch-client.ts';
import { memory } from './dispatch-memory.ts';
import { type BenchRow, format, median, ratioOf } from './rows.ts';

/** Measured and bound in turn, so that what else the machine does falls on both. */
async function inTurn(
  measured: () => Promise<number>,
  bound: () => Promise<number>,
): Promise<[number, number]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let time = 0; time < times; time++) {
    theirs.push(await bound());
    ours.push(await measured());
  }
  return [median(ours), median(theirs)];
}

async function singleSends(): Promise<BenchRow> {
  const count = 12_000;
  const product = await startServer('dispatch-server.ts', ['accept']);
  const bare = await startServer('dispatch-server.ts', ['bare']);
  const send = (server: Server) => (n: number) => post(server, '/v1/batches', batch(n, 1));
  for (const server of [bare, product]) await loop(4000, send(server));
  const [ours, theirs] = await inTurn(
    async () => rate(count, await loop(count, send(product))),
    async () => rate(count, await loop(count, send(bare))),
  );
  await Promise.all([product.end(), bare.end()]);
  const ratio = ratioOf(ours / theirs);
  return {
    name: `single sends accepted and durable, ${connections} connections`,
    measured: perSecond(ours, 'sends'),
    bound: `${perSecond(theirs, 'sends')}, the same route with validation and no database`,
    ratio,
    budget: '≥ 0.7',
    holds: ratio >= 0.7,
  };
}

async function bulkAccept(): Promise<BenchRow> {
  const size = 1000;
  const calls = 30;
  const product = await startServer('dispatch-server.ts', ['accept']);
  const bodies = Array.from({ length: calls }, (_, at) => batch(at * size, size));
  const send = async () => {
    const begin = performance.now();
    for (const body of bodies) await post(product, '/v1/batches', body);
    return rate(calls * size, performance.now() - begin);
  };
  await send();
  const raw = await rawInserts(size, calls);
  const [ours, theirs] = await inTurn(send, async () => raw.run());
  raw.end();
  await product.end();
  const ratio = ratioOf(ours / theirs);
  return {
    name: `bulk accept, ${size.toLocaleString('en')} recipients a call`,
    measured: perSecond(ours, 'messages'),
    bound: `${perSecond(theirs, 'rows')}, raw libSQL inserts of the same rows, one transaction for a call's`,
    ratio,
    budget: '≥ 0.5',
    holds: ratio >= 0.5,
  };
}

/** The same rows into the same table by the driver itself: one prepared statement, so many rows a transaction. */
async function rawInserts(size: number, calls: number): Promise<{ run(): number; end(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'nadpis-raw-'));
  const path = join(folder, 'raw.db');
  const database = openFile(path);
  await migrate(database, readMigrations(), 1);
  await database.close();
  const native = new Libsql(path);
  native.exec('PRAGMA journal_mode = WAL');
  native.exec('PRAGMA synchronous = FULL');
  native.exec('PRAGMA foreign_keys = OFF');
  const insert = native.prepare(`INSERT INTO messages (organisation_id, batch_id, sender_name, number, parts,
    recipient_name, reference, text, state_at, lane, due_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const now = Date.now();
  return {
    run: () => {
      const begin = performance.now();
      for (let call = 0; call < calls; call++) {
        native.exec('BEGIN IMMEDIATE');
        for (let at = 0; at < size; at++) {
          insert.run(
            'org_1',
            `bat_01m861b2mn8zpjqhk4djyw${String(call).padStart(4, '0')}`,
            'Firma Nowak',
            mobile(call * size + at),
            1,
            `Jan Kowalski ${at}`,
            `row-${at}`,
            text,
            now,
            1,
            now,
            now + 86_400_000,
          );
        }
        native.exec('COMMIT');
      }
      return rate(calls * size, performance.now() - begin);
    },
    end: () => {
      native.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** So many messages submitted in bulk until each is `settled`; messages a second, and bytes resident. */
async function deliver(
  simulator: Server,
  recipients: number,
  count: number,
  settled: 'accepted' | 'delivered',
  size = 1000,
): Promise<{ rate: number; memory: number }> {
  const bodies = Array.from({ length: Math.ceil(count / size) }, (_, at) => batch(at * size, size));
  const product = await startServer('dispatch-server.ts', ['deliver', simulator.url, String(recipients)]);
  await simulator.ask({ report: settled === 'delivered' ? product.report : null, count: true });
  await post(product, '/v1/batches', batch(500_000, 500));
  await until(product, 500, settled);
  const begin = performance.now();
  for (const body of bodies) await post(product, '/v1/batches', body);
  const { memory } = await until(product, count + 500, settled);
  const took = performance.now() - begin;
  await product.end();
  return { rate: rate(count, took), memory };
}

/** Calls to the simulator from a bare pool, no database and no reports; messages a second. */
async function bareCalls(simulator: Server, count: number): Promise<number> {
  await simulator.ask({ report: null, count: true });
  const took = await loop(count, async (n) => {
    const messages = [{ ourId: `0123456789m${n}-${Math.random()}`, number: mobile(n), text, parts: 1 }];
    await post(simulator, '/messages', JSON.stringify({ sender: 'Firma Nowak', messages }));
  });
  return rate(count, took);
}

async function oneACall(): Promise<BenchRow> {
  const count = 20_000;
  const simulator = await startServer('simulator.ts');
  let memory = 0;
  const [ours, theirs] = await inTurn(
    async () => {
      const taken = await deliver(simulator, 1, count, 'delivered');
      memory = Math.max(memory, taken.memory);
      return taken.rate;
    },
    () => bareCalls(simulator, count),
  );
  await simulator.end();
  const ratio = ratioOf(ours / theirs);
  return {
    name: `end to end over HTTP, 1 a call, ${count.toLocaleString('en')} messages, reports stored and matched`,
    measured: `${perSecond(ours, 'messages')}, ${Math.round(memory / 1024 / 1024)} MB`,
    bound: `${perSecond(theirs, 'messages')}, a bare undici pool of ${connections} connections, no reports`,
    ratio,
    budget: '≥ 0.5',
    holds: ratio >= 0.5,
  };
}

/** 10,000 recipients a request, as many as one takes. */
async function manyACall(recipients: number): Promise<BenchRow> {
  const count = 100_000;
  const simulator = await startServer('simulator.ts');
  const raw = await rawInserts(1000, count / 1000);
  const [ours, theirs] = await inTurn(
    async () => (await deliver(simulator, recipients, count, 'accepted', 10_000)).rate,
    async () => raw.run(),
  );
  raw.end();
  await simulator.end();
  const ratio = ratioOf(ours / theirs);
  return {
    name: `end to end over HTTP, ${recipients} a call, ${count.toLocaleString('en')} messages, settled`,
    measured: perSecond(ours, 'messages'),
    bound: `${perSecond(theirs, 'rows')}, raw libSQL inserts of the same rows, 1,000 a transaction`,
    ratio,
    budget: '≥ 0.3',
    holds: ratio >= 0.3,
  };
}

/** One report a push, as most operators do. */
async function reports(): Promise<BenchRow> {
  const count = 12_000;
  const product = await startServer('dispatch-server.ts', ['deliver', 'http://127.0.0.1:9', '1']);
  const path = new URL(product.report ?? '').pathname;
  const push = (n: number) =>
    post(product, path, JSON.stringify([{ id: `op${n}`, ourId: null, state: 'delivered', parts: 1, at: n }]));
  await loop(4000, push);
  const rates: number[] = [];
  for (let time = 0; time < times; time++) rates.push(rate(count, await loop(count, push)));
  await product.end();
  const ours = median(rates);
  return {
    name: `delivery reports stored durably, 1 a push, ${connections} connections`,
    measured: perSecond(ours, 'reports'),
    bound: '5,000 reports/s',
    ratio: null,
    budget: '≥ 5,000/s',
    holds: ours >= 5000,
  };
}

const benches = {
  single: singleSends,
  bulk: bulkAccept,
  deliver: oneACall,
  hundred: () => manyACall(100),
  many: () => manyACall(500),
  memory,
  reports,
};

/** All of it, or one for who works on it: `node test/bench/dispatch.ts single`. */
export async function rows(which: readonly string[] = Object.keys(benches)): Promise<BenchRow[]> {
  const taken: BenchRow[] = [];
  for (const [name, bench] of Object.entries(benches)) if (which.includes(name)) taken.push(await bench());
  return taken;
}

if (process.argv[1] === import.meta.filename) {
  console.log(format(await rows(process.argv.length > 2 ? process.argv.slice(2) : undefined)));
  process.exit(0);
}
