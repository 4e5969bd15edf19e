import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
beforeAll(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
});
afterAll(() => t.end());

const session = async (token: string) => (await t.call('GET', '/v1/session', { token })).status;

describe('401', () => {
  it('is the answer of every route under /v1 to a stranger, but for signing in', async () => {
    const routes = t.app.routes.filter((route) => route.path.startsWith('/v1/') && route.method !== 'ALL');
    const open: string[] = [];
    for (const { method, path } of routes) {
      const answer = await t.call(method, path.replaceAll(/:\w+/g, 'x'));
      if (answer.status !== 401) open.push(`${method} ${path}`);
      else expect(await answer.json()).toMatchObject({ code: 'unauthenticated' });
    }
    expect([...new Set(open)].sort()).toEqual([
      'POST /v1/session',
      'POST /v1/session/codes',
      'POST /v1/session/single-sign-on',
    ]);
  });

  it('names the way to sign in', async () => {
    const answer = await t.call('GET', '/v1/session');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="nadpis"');
  });

  it.each(['', 'x', 'a'.repeat(43), `nadpis_${'a'.repeat(43)}`, 'a'.repeat(5000), "' OR 1=1 --"])(
    'refuses the token %j',
    async (token) => {
      expect(await session(token)).toBe(401);
    },
  );

  it('ends a session after 30 days without use, and moves its end on with use', async () => {
    const day = 86_400_000;
    const used = await t.signIn('per_1_sender');
    const unused = await t.signIn('per_1_sender');
    t.platform.clock.forward(20 * day);
    expect(await session(used)).toBe(200);
    await t.platform.settled();
    t.platform.clock.forward(10 * day);
    expect(await session(used)).toBe(200);
    expect(await session(unused)).toBe(401);
    await t.platform.settled();
    t.platform.clock.forward(30 * day - 1);
    expect(await session(used)).toBe(200);
    await t.platform.settled();
    t.platform.clock.forward(30 * day);
    expect(await session(used)).toBe(401);
  });

  it('follows at once when a person is removed or signs out', async () => {
    const administrator = await t.signIn('per_1_administrator');
    const removed = await t.signIn('per_1_hr');
    expect(await session(removed)).toBe(200);
    expect((await t.call('DELETE', '/v1/people/per_1_hr', { token: administrator })).status).toBe(204);
    expect(await session(removed)).toBe(401);
    expect((await t.call('DELETE', '/v1/session', { token: administrator })).status).toBe(204);
    expect(await session(administrator)).toBe(401);
  });

  it('follows at once when an API key is revoked', async () => {
    const token = await t.signIn('per_1_administrator');
    const body = { name: 'CRM', scopes: ['read'], companies: ['com_1a'] };
    const made = (await (await t.call('POST', '/v1/api-keys', { token, body })).json()) as {
      id: string;
      secret: string;
    };
    expect(made.secret).toMatch(/^nadpis_[\w-]{43}$/);
    expect((await t.call('GET', '/v1/templates', { token: made.secret })).status).toBe(200);
    expect((await t.call('DELETE', `/v1/api-keys/${made.id}`, { token })).status).toBe(204);
    expect((await t.call('GET', '/v1/templates', { token: made.secret })).status).toBe(401);
  });

  it('never stores a token or a key: only what they hash to', async () => {
    const token = await t.signIn('per_1_administrator');
    const body = { name: 'CRM', scopes: ['read'], companies: [] };
    const { secret } = (await (await t.call('POST', '/v1/api-keys', { token, body })).json()) as {
      secret: string;
    };
    for (const table of ['sessions', 'api_keys', 'audit']) {
      const stored = JSON.stringify(await t.platform.database.query({ sql: `SELECT * FROM ${table}` }));
      expect(stored).not.toContain(token);
      expect(stored).not.toContain(secret);
    }
  });
});
