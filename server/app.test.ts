import { hc } from 'hono/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../shared/api/problems.ts';
import type { Api } from './app.ts';
import { createApp } from './app.ts';
import { unmigrated } from './database/temporary.node.ts';
import { addOrganisation, type TestApp, testApp, testPlatform } from './fixture.node.ts';

let t: TestApp;
let token: string;
beforeAll(async () => {
  t = await testApp({ metricsToken: 'a token of Prometheus' });
  await addOrganisation(t.platform, 1);
  token = await t.signIn('per_1_administrator');
});
afterAll(() => t.end());

describe('the frame around every answer', () => {
  it('gives it an id: the caller’s if it is one, else a new one', async () => {
    const id = 'abc-DEF_12345678';
    const given = await t.call('GET', '/healthz', { headers: { 'X-Request-Id': id } });
    expect(given.headers.get('x-request-id')).toBe(id);
    const hostile = await t.call('GET', '/healthz', { headers: { 'X-Request-Id': 'a b;c' } });
    expect(hostile.headers.get('x-request-id')).toMatch(/^req_/);
  });

  it.each(['/healthz', '/nothing', '/v1/session', '/docs'])('keeps %s harmless', async (path) => {
    const { headers } = await t.call('GET', path);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toMatch(/no-store|no-cache/);
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('lets extensions call, and no page', async () => {
    const preflight = (origin: string) =>
      t.call('OPTIONS', '/v1/session', {
        headers: { Origin: origin, 'Access-Control-Request-Method': 'GET' },
      });
    for (const origin of ['chrome-extension://abcdefghijklmnop', 'moz-extension://b1c2-44']) {
      const answer = await preflight(origin);
      expect(answer.status).toBe(204);
      expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
      expect(answer.headers.get('access-control-allow-headers')).toContain('Idempotency-Key');
      expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
      const refused = await t.call('GET', '/v1/session', { headers: { Origin: origin } });
      expect(refused.status).toBe(401);
      expect(refused.headers.get('access-control-allow-origin')).toBe(origin);
    }
    for (const origin of [
      'https://crm.example',
      'null',
      'chrome-extension://a.evil.example',
      'http://nadpis.example',
    ]) {
      expect((await preflight(origin)).headers.get('access-control-allow-origin'), origin).toBeNull();
    }
  });
});

describe('health', () => {
  it('is ready when the database answers and is of this version', async () => {
    expect((await t.call('GET', '/healthz')).status).toBe(200);
    expect(await (await t.call('GET', '/readyz')).json()).toEqual({ status: 'ok' });
  });

  it('is not ready before migrating, nor when the database is gone; the process answers all the same', async () => {
    const empty = await unmigrated();
    const migrations = [{ name: '0001_first', sql: 'CREATE TABLE a (n)' }];
    const app = createApp(testPlatform(empty), { migrations });
    const pending = await app.request('/readyz');
    expect(pending.status).toBe(503);
    expect(await pending.json()).toMatchObject({
      code: 'unavailable',
      detail: expect.stringContaining('0001_first'),
    });
    await empty.end();
    expect((await app.request('/readyz')).status).toBe(503);
    expect((await app.request('/healthz')).status).toBe(200);
  });
});

describe('the reference', () => {
  it('is OpenAPI 3.1 with every route, its schemas and its security', async () => {
    const document = (await (await t.call('GET', '/openapi.json')).json()) as {
      openapi: string;
      paths: Record<string, Record<string, { security?: unknown; responses: Record<string, unknown> }>>;
      components: { schemas: Record<string, unknown>; securitySchemes: unknown };
    };
    expect(document.openapi).toBe('3.1.0');
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = t.app.routes
      .filter((route) => route.method !== 'ALL' && !/^\/(docs|openapi|metrics)/.test(route.path))
      .map((route) => `${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect([...new Set(described)].sort()).toEqual(
      [...new Set(routes)].filter((r) => described.includes(r)).sort(),
    );
    for (const route of ['POST /v1/session', 'GET /v1/session', 'PATCH /v1/companies/{id}']) {
      expect(described).toContain(route);
    }
    expect(document.components.schemas).toHaveProperty('Session');
    expect(document.components.schemas).toHaveProperty('Problem');
    expect(document.paths['/v1/session']?.get?.security).toEqual([{ bearer: [] }]);
    expect(document.paths['/v1/session']?.get?.responses).toHaveProperty('401');
    const dangling = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)]
      .map((match) => match[1] ?? '')
      .filter((name) => !(name in document.components.schemas));
    expect(dangling).toEqual([]);
  });

  it('shows a page without a script and without anything from elsewhere', async () => {
    const answer = await t.call('GET', '/docs');
    expect(answer.headers.get('content-type')).toContain('text/html');
    const page = await answer.text();
    expect(page).not.toMatch(/<script|https?:\/\/(?!nadpis\.example)|\son\w+=/);
    for (const code of Object.keys(problems)) expect(page).toContain(`id="problem-${code}"`);
    expect(page).toContain('/v1/companies/{id}');
    expect((await t.call('GET', '/docs/style.css')).headers.get('content-type')).toContain('text/css');
  });

  it('leaves the bare address to what there is to see: the sandbox where there is one', async () => {
    const answer = await t.call('GET', '/');
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/sandbox']);
  });
});

describe('metrics', () => {
  it('are Prometheus text for who has the token, by route and not by id', async () => {
    expect((await t.call('GET', '/metrics')).status).toBe(401);
    await t.call('GET', '/v1/companies/com_1a', { token });
    const text = await (await t.call('GET', '/metrics', { token: 'a token of Prometheus' })).text();
    expect(text).toContain(
      'nadpis_http_request_seconds_count{method="GET",route="/v1/companies/:id",status="200"} 1',
    );
    expect(text).not.toContain('com_1a');
    for (const line of text.trim().split('\n')) {
      expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|[a-z_]+(\{([a-z]+="[^"]*",?)*\})? \d+(\.\d+)?(e-\d+)?)$/);
    }
  });
});

describe('the typed client', () => {
  it('speaks to the application with the types of its routes', async () => {
    const client = hc<Api>('http://nadpis.example', {
      fetch: (input: string | URL | Request, init?: RequestInit) => t.app.request(input, init),
      headers: { Authorization: `Bearer ${token}` },
    });
    const session = await (await client.v1.session.$get()).json();
    const balance: number = session.balance;
    expect(balance).toBe(100);
    const made = await client.v1.companies.$post({ json: { name: 'Nowa' } });
    const company = await made.json();
    const changed = await client.v1.companies[':id'].$patch({
      param: { id: company.id },
      header: {},
      json: { hrmPermission: true },
    });
    expect((await changed.json()).hrmPermission).toBe(true);
    const page = await (await client.v1.companies.$get({ query: { limit: 1 } })).json();
    expect(page.items).toHaveLength(1);
    expect(page.next).not.toBeNull();
  });
});
