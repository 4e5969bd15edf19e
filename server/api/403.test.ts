import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
let administrator: string;
let sender: string;
let hr: string;
beforeAll(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  administrator = await t.signIn('per_1_administrator');
  sender = await t.signIn('per_1_sender');
  hr = await t.signIn('per_1_hr');
});
afterAll(() => t.end());

const configuration: [string, string, unknown?][] = [
  ['PATCH', '/v1/organisation', {}],
  ['POST', '/v1/companies', { name: 'X' }],
  ['PATCH', '/v1/companies/com_1a', {}],
  ['DELETE', '/v1/companies/com_1b'],
  ['GET', '/v1/people'],
  ['POST', '/v1/people', { email: 'x@nadpis.example', name: 'X', roles: ['administrator'] }],
  ['GET', '/v1/people/per_1_hr'],
  ['PATCH', '/v1/people/per_1_sender', { roles: ['administrator'] }],
  ['DELETE', '/v1/people/per_1_hr'],
  ['GET', '/v1/api-keys'],
  ['GET', '/v1/audit'],
  ['POST', '/v1/api-keys', { name: 'K', scopes: ['send'], companies: [] }],
  ['DELETE', '/v1/api-keys/key_x'],
  ['POST', '/v1/templates', { name: 'X', text: 'X' }],
  ['PATCH', '/v1/templates/tpl_1', {}],
  ['DELETE', '/v1/templates/tpl_1'],
  ['POST', '/v1/sites', { hostPattern: 'crm.example', kind: 'crm' }],
  ['PATCH', '/v1/sites/sit_x', { kind: 'crm' }],
  ['DELETE', '/v1/sites/sit_x'],
  ['GET', '/v1/number-lists/opt-outs'],
  ['GET', '/v1/number-lists/marketing-consents/file'],
  ['POST', '/v1/number-lists/opt-outs/remove', { numbers: ['600100200'] }],
  ['POST', '/v1/numbers/record', { number: '600100200' }],
  ['POST', '/v1/numbers/erasure', { number: '600100200' }],
  ['GET', '/v1/inbound-messages'],
  ['GET', '/v1/unknown-reports'],
];

describe('403', () => {
  it.each(configuration)('%s %s needs the administrator role', async (method, path, body) => {
    for (const token of [sender, hr]) {
      const answer = await t.call(method, path, { token, body });
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ code: 'forbidden' });
    }
  });

  it('of an API key: it configures nothing and has no session', async () => {
    const body = { name: 'CRM', scopes: ['send', 'hrm:notify', 'read'], companies: ['com_1a'] };
    const made = await t.call('POST', '/v1/api-keys', { token: administrator, body });
    const { secret: token } = (await made.json()) as { secret: string };
    for (const [method, path, more] of configuration) {
      expect((await t.call(method, path, { token, body: more })).status, `${method} ${path}`).toBe(403);
    }
    expect((await t.call('GET', '/v1/session', { token })).status).toBe(403);
    expect((await t.call('GET', '/v1/sender-names', { token })).status).toBe(200);
  });

  it('of an API key without the scope read: it sees no lists', async () => {
    const body = { name: 'CRM', scopes: ['send'], companies: ['com_1a'] };
    const made = await t.call('POST', '/v1/api-keys', { token: administrator, body });
    const { secret: token } = (await made.json()) as { secret: string };
    for (const path of [
      '/v1/templates',
      '/v1/sites',
      '/v1/companies',
      '/v1/sender-names',
      '/v1/organisation',
    ]) {
      expect((await t.call('GET', path, { token })).status, path).toBe(403);
    }
  });

  it('of a company that is not listed for a sender: they see their own alone', async () => {
    const list = (await (await t.call('GET', '/v1/companies', { token: sender })).json()) as {
      items: { id: string }[];
    };
    expect(list.items.map((company) => company.id)).toEqual(['com_1a']);
    const other = await t.call('GET', '/v1/companies/com_1b', { token: sender });
    expect(other.status).toBe(403);
    expect(await other.json()).toMatchObject({ code: 'company-not-permitted' });
    expect((await t.call('GET', '/v1/companies/com_1b', { token: administrator })).status).toBe(200);
  });
});
