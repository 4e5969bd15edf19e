import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
let token: string;
/** What organisation 2 has, by the first part of the path that shows it. */
let theirs: Record<string, string>;

beforeAll(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  await addOrganisation(t.platform, 2);
  token = await t.signIn('per_1_administrator');
  const other = await t.signIn('per_2_administrator');
  const key = await t.call('POST', '/v1/api-keys', {
    token: other,
    body: { name: 'K', scopes: ['send'], companies: [] },
  });
  const sessions = await t.call('GET', '/v1/sessions', { token: other });
  const site = await t.call('POST', '/v1/sites', {
    token: other,
    body: { hostPattern: 'crm2.example', kind: 'crm' },
  });
  const batch = await t.call('POST', '/v1/batches', {
    token: other,
    body: { companyId: 'com_2a', text: 'Tekst', recipients: [{ number: '600100200' }] },
    headers: { 'Idempotency-Key': 'key-of-organisation-2' },
  });
  const batchId = ((await batch.json()) as { id: string }).id;
  const messages = await t.call('GET', `/v1/batches/${batchId}/messages`, { token: other });
  await t.call('PATCH', '/v1/companies/com_2a', { token: other, body: { hrmPermission: true } });
  const told = await t.call('POST', '/v1/hrm/notifications', {
    token: other,
    body: { companyId: 'com_2a', event: 'birthday', employees: [{ reference: '7' }] },
    headers: { 'Idempotency-Key': 'event-of-organisation-2' },
  });
  theirs = {
    hrm: ((await told.json()) as { id: string }).id,
    batches: batchId,
    messages: ((await messages.json()) as { items: { id: string }[] }).items[0]?.id ?? '',
    companies: 'com_2a',
    people: 'per_2_sender',
    templates: 'tpl_2',
    sites: ((await site.json()) as { id: string }).id,
    'api-keys': ((await key.json()) as { id: string }).id,
    sessions: ((await sessions.json()) as { items: { id: string }[] }).items[0]?.id ?? '',
  };
});
afterAll(() => t.end());

/** Resources whose bodies are checked before their ids: their tests of other organisations stand in their own folder. */
const elsewhere = [
  'sender-names',
  'sender-name-slots',
  'statements',
  'blocked-names',
  'blocked-lists',
  'operator-accounts',
  'number-lists',
];

/** Bodies that an empty object does not stand in for. */
const bodies: Record<string, unknown> = {
  '/v1/sites/:id/lists': { path: '/klienci', headings: [] },
  '/v1/companies/:id/hrm/employees': { employees: [{ reference: '001' }] },
  '/v1/companies/:id/hrm/employees/import': { csv: 'numer\n001' },
  '/v1/companies/:id/hrm/consents': { employee: '001', givenOn: '2026-03-01' },
  '/v1/companies/:id/hrm/consents/withdraw': { employee: '001', purpose: 'service' },
  '/v1/companies/:id/hrm/consents/import': { csv: 'numer;data\n001;2026-03-01' },
  '/v1/companies/:id/hrm/events/birthday/preview': {},
  '/v1/companies/:id/hrm/webhook': { url: 'https://hrm.example/nadpis' },
};
/** And what else they ask for. */
const queries: Record<string, string> = { 'DELETE /v1/companies/:id/hrm/employees': '?reference=001' };

describe('404', () => {
  it('is the answer for another organisation’s id on every route that takes one', async () => {
    const routes = t.app.routes.filter((route) => /^\/v1\/.*\/:/.test(route.path) && route.method !== 'ALL');
    const tried = new Set<string>();
    for (const { method, path: pattern } of routes) {
      const path = pattern.replace(':event', 'birthday');
      const resource = path.split('/')[2] ?? '';
      if (elsewhere.includes(resource)) continue;
      const id = theirs[resource];
      expect(id, `what does organisation 2 have for ${path}?`).toBeTruthy();
      const reads = method === 'GET' || method === 'DELETE';
      const body = reads ? undefined : (bodies[path] ?? (method === 'PATCH' ? {} : undefined));
      const query = queries[`${method} ${path}`] ?? '';
      const answer = await t.call(method, `${path.replace(':id', String(id))}${query}`, { token, body });
      expect(answer.status, `${method} ${path}`).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'not-found' });
      tried.add(`${method} ${path}`);
    }
    expect(tried.size).toBeGreaterThanOrEqual(15);
  });

  it('changes nothing of theirs', async () => {
    const [counts] = await t.platform.database.query({
      sql: `SELECT (SELECT count(*) FROM companies WHERE organisation_id = 'org_2' AND deleted_at IS NULL) AS companies,
              (SELECT count(*) FROM people WHERE organisation_id = 'org_2' AND deleted_at IS NULL) AS people,
              (SELECT count(*) FROM templates WHERE organisation_id = 'org_2') AS templates,
              (SELECT group_concat(host_pattern || settings || version) FROM sites WHERE organisation_id = 'org_2') AS sites,
              (SELECT count(*) FROM api_keys WHERE organisation_id = 'org_2' AND revoked_at IS NULL) AS keys,
              (SELECT count(*) FROM sessions WHERE organisation_id = 'org_2') AS sessions,
              (SELECT count(*) FROM messages WHERE organisation_id = 'org_2' AND state = 'queued') AS messages,
              (SELECT count(*) FROM audit WHERE by = 'per_1_administrator') AS records`,
    });
    expect(counts).toEqual({
      companies: 2,
      people: 3,
      templates: 1,
      sites: 'crm2.example{"lists":[]}1',
      keys: 1,
      sessions: 1,
      messages: 1,
      records: 0,
    });
  });

  it('shows nothing of theirs on lists', async () => {
    for (const path of [
      'companies',
      'people',
      'templates',
      'sites',
      'api-keys',
      'sender-names',
      'sessions',
      'batches',
      'packages/ledger',
      'number-lists/opt-outs',
      'number-lists/marketing-consents',
      'number-lists/opt-outs/file',
      'inbound-messages',
      'unknown-reports',
    ]) {
      const text = await (await t.call('GET', `/v1/${path}`, { token })).text();
      expect(text, path).not.toMatch(/_2|2@|O2|Nazwa 2|crm2/);
    }
  });

  it('is a problem, too, for an address that does not exist', async () => {
    for (const path of ['/v2', '/v1/nothing', '/..%2f..%2fetc/passwd', `/${'x'.repeat(3000)}`]) {
      const answer = await t.call('GET', path, { token });
      expect(answer.status, path).toBe(404);
      expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
    }
  });
});
