import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Statement } from '../database/database.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

/** Requests of somebody whom this process has seen before, after another server has changed who that is. */
let t: TestApp;
let trips: string[] = [];
/** A batch of the first company and one of its messages. */
let batch = '';
let message = '';
let keys = 0;

beforeAll(async () => {
  const here = await testApp();
  const { database } = here.platform;
  const counted = {
    ...database,
    query: (statement: Statement) => {
      trips.push('query');
      return database.query(statement);
    },
    queries: (statements: readonly Statement[]) => {
      trips.push(`queries ${statements.length}`);
      return database.queries(statements);
    },
    batch: (statements: readonly Statement[]) => {
      trips.push('batch');
      return database.batch(statements);
    },
  } as typeof database;
  await addOrganisation(here.platform, 1);
  // As at the edge, where sends, too, look who asks together with what they read.
  t = await here.again({}, { name: 'workers', database: counted });
  const token = await t.signIn('per_1_administrator');
  const sent = await send(token, 'com_1a');
  expect(sent.status).toBe(201);
  batch = ((await sent.json()) as { id: string }).id;
  const page = await t.call('GET', `/v1/batches/${batch}/messages`, { token });
  message = ((await page.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
});
afterAll(() => t.end());
beforeEach(() => {
  trips = [];
});

const bodyOf = (companyId: string) => ({
  companyId,
  text: 'Tekst',
  recipients: [{ number: '+48600100200' }],
});

const send = (token: string, companyId: string) =>
  t.call('POST', '/v1/batches', {
    token,
    body: bodyOf(companyId),
    headers: { 'Idempotency-Key': `claim-${++keys}` },
  });

const preview = (token: string, companyId: string) =>
  t.call('POST', '/v1/batches/preview', { token, body: bodyOf(companyId) });

const reads = (): string[] => [
  '/v1/batches',
  `/v1/batches/${batch}`,
  `/v1/batches/${batch}/messages`,
  `/v1/messages/${message}`,
];

const get = (token: string, path: string) => t.call('GET', path, { token });

/** Signed in, and remembered by an earlier request. */
async function remembered(personId: string): Promise<string> {
  const token = await t.signIn(personId);
  expect((await get(token, '/v1/batches')).status).toBe(200);
  return token;
}

async function rememberedKey(scopes: string[], companies: string[]): Promise<{ id: string; secret: string }> {
  const token = await t.signIn('per_1_administrator');
  const made = await t.call('POST', '/v1/api-keys', { token, body: { name: 'Klucz', scopes, companies } });
  const key = (await made.json()) as { id: string; secret: string };
  await get(key.secret, '/v1/batches');
  return key;
}

const sql = (text: string, ...args: (string | number)[]) => t.platform.database.batch([{ sql: text, args }]);

const stored = async () =>
  Number((await t.platform.database.query({ sql: 'SELECT count(*) AS n FROM batches' }))[0]?.n);

/** All that somebody may ask in one round trip is refused with 401, and nothing of it is done. */
async function expectNobody(token: string): Promise<void> {
  const before = await stored();
  for (const ask of [...reads().map((path) => () => get(token, path)), () => send(token, 'com_1a')]) {
    const answer = await ask();
    const text = await answer.text();
    expect(answer.status).toBe(401);
    expect(JSON.parse(text)).toMatchObject({ code: 'unauthenticated' });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="nadpis"');
    expect(text).not.toContain('600100200');
  }
  expect((await preview(token, 'com_1a')).status).toBe(401);
  expect(await stored()).toBe(before);
}

describe('who asks, looked up with what is read', () => {
  it('costs reads no round trip of its own, and a send none before the one that stores', async () => {
    const token = await remembered('per_1_sender');
    for (const path of reads()) {
      trips = [];
      expect((await get(token, path)).status).toBe(200);
      expect(trips, path).toHaveLength(1);
    }
    trips = [];
    expect((await send(token, 'com_1a')).status).toBe(201);
    expect(trips).toEqual([expect.stringMatching(/^queries/), 'batch']);
    trips = [];
    expect((await preview(token, 'com_1a')).status).toBe(200);
    expect(trips).toHaveLength(1);
  });

  it.each([
    ['was ended elsewhere', 'DELETE FROM sessions WHERE person_id = ?'],
    ['is over', 'UPDATE sessions SET expires_at = 1 WHERE person_id = ?'],
  ])('refuses a session that %s', async (_, change) => {
    // Whatever was remembered first: each of the routes is asked as the first one after the change.
    for (let first = 0; first < 2; first++) {
      const token = await remembered('per_1_sender');
      await sql(change, 'per_1_sender');
      if (first === 1) expect((await send(token, 'com_1a')).status).toBe(401);
      await expectNobody(token);
    }
  });

  it('refuses each route by itself, for what was remembered is forgotten with the first refusal', async () => {
    for (const path of reads()) {
      const token = await remembered('per_1_sender');
      await sql('DELETE FROM sessions WHERE person_id = ?', 'per_1_sender');
      const answer = await get(token, path);
      expect(answer.status, path).toBe(401);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="nadpis"');
      expect(answer.headers.get('etag')).toBeNull();
    }
  });

  it('refuses a person who was removed', async () => {
    const token = await remembered('per_1_hr');
    await sql('UPDATE people SET deleted_at = 1 WHERE id = ?', 'per_1_hr');
    await expectNobody(token);
    await sql('UPDATE people SET deleted_at = NULL WHERE id = ?', 'per_1_hr');
    expect((await get(token, '/v1/batches')).status).toBe(200);
  });

  it('refuses an API key that was revoked', async () => {
    const { id, secret } = await rememberedKey(['read', 'send'], ['com_1a']);
    expect((await send(secret, 'com_1a')).status).toBe(201);
    await sql('UPDATE api_keys SET revoked_at = 1 WHERE id = ?', id);
    await expectNobody(secret);
  });

  it('decides by the scopes that a key has now', async () => {
    const { id, secret } = await rememberedKey(['read', 'send'], ['com_1a']);
    await sql(`UPDATE api_keys SET scopes = '["send"]' WHERE id = ?`, id);
    for (const path of reads()) expect((await get(secret, path)).status, path).toBe(403);
    expect((await send(secret, 'com_1a')).status).toBe(201);
    await sql(`UPDATE api_keys SET scopes = '["read"]' WHERE id = ?`, id);
    const before = await stored();
    expect((await send(secret, 'com_1a')).status).toBe(403);
    expect(await stored()).toBe(before);
    for (const path of reads()) expect((await get(secret, path)).status, path).toBe(200);
  });

  it('decides by the companies that a key or a person has now', async () => {
    const { id, secret } = await rememberedKey(['read', 'send'], ['com_1a']);
    const person = await remembered('per_1_sender');
    await sql(`UPDATE api_keys SET companies = '["com_1b"]' WHERE id = ?`, id);
    await sql(`UPDATE person_companies SET company_id = 'com_1b' WHERE person_id = ?`, 'per_1_sender');
    const before = await stored();
    for (const token of [secret, person]) {
      const refused = await send(token, 'com_1a');
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ code: 'company-not-permitted' });
      const list = (await (await get(token, '/v1/batches')).json()) as { items: { companyId: string }[] };
      expect(list.items.filter((it) => it.companyId === 'com_1a')).toEqual([]);
      for (const path of reads().slice(1)) expect((await get(token, path)).status, path).toBe(404);
    }
    expect(await stored()).toBe(before);
    await sql(`UPDATE person_companies SET company_id = 'com_1a' WHERE person_id = ?`, 'per_1_sender');
    for (const path of reads()) expect((await get(person, path)).status, path).toBe(200);
  });

  it('decides by the roles that a person has now', async () => {
    const token = await remembered('per_1_sender');
    expect((await send(token, 'com_1b')).status).toBe(403);
    await sql(`UPDATE people SET roles = '["administrator"]' WHERE id = ?`, 'per_1_sender');
    expect((await send(token, 'com_1b')).status).toBe(201);
    await sql(`UPDATE people SET roles = '["hr"]' WHERE id = ?`, 'per_1_sender');
    const before = await stored();
    expect((await send(token, 'com_1a')).status).toBe(403);
    expect(await stored()).toBe(before);
    await sql(`UPDATE people SET roles = '["sender"]' WHERE id = ?`, 'per_1_sender');
  });

  it('says what is wrong with a request only to somebody who is known', async () => {
    const token = await remembered('per_1_sender');
    expect((await get(token, '/v1/batches?limit=x')).status).toBe(400);
    expect((await get(token, '/v1/messages/none')).status).toBe(404);
    await sql('DELETE FROM sessions WHERE person_id = ?', 'per_1_sender');
    expect((await get(token, '/v1/batches?limit=x')).status).toBe(401);
    const again = await remembered('per_1_sender');
    await sql('DELETE FROM sessions WHERE person_id = ?', 'per_1_sender');
    expect((await get(again, '/v1/messages/none')).status).toBe(401);
  });

  it('moves a session’s end on as it is used', async () => {
    const token = await remembered('per_1_administrator');
    const day = 86_400_000;
    for (let days = 0; days < 60; days += 20) {
      t.platform.clock.forward(20 * day);
      expect((await get(token, `/v1/batches/${batch}`)).status).toBe(200);
      await t.platform.settled();
    }
  });
});
