import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Problem } from '../../shared/api/problems.ts';
import { Site } from '../../shared/api/sites.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
let token: string;
beforeEach(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  token = await t.signIn('per_1_administrator');
});
afterEach(() => t.end());

const draft = { hostPattern: 'https://ERP.firma.pl/Kadry/', kind: 'hrm', companyId: 'com_1a' };
const list = { path: '/klienci', headings: ['Klient', 'Numer'], phones: ['Numer'], templateId: 'tpl_1' };

async function add(body: unknown = draft): Promise<Site> {
  const answer = await t.call('POST', '/v1/sites', { token, body });
  expect(answer.status).toBe(201);
  return Site.parse(await answer.json());
}
const errorsOf = async (answer: Response) => {
  const { code, errors } = (await answer.json()) as Problem;
  return [answer.status, code, ...errors.map((error) => `${error.path} ${error.code}`)];
};
const records = async () =>
  (await t.platform.database.query({ sql: 'SELECT act, subject, detail FROM audit ORDER BY id' })).map(
    ({ act, subject, detail }) => ({ act, subject, detail: JSON.parse(String(detail)) }),
  );

describe('200 and 201', () => {
  it('a site is added, read by everyone, changed and deleted, with a record each', async () => {
    const answer = await t.call('POST', '/v1/sites', { token, body: draft });
    const site = Site.parse(await answer.json());
    expect(answer.headers.get('location')).toBe(`/v1/sites/${site.id}`);
    expect(answer.headers.get('etag')).toBe('"1"');
    expect(site).toMatchObject({
      hostPattern: 'erp.firma.pl/kadry',
      kind: 'hrm',
      companyId: 'com_1a',
      region: 'PL',
      alwaysOn: false,
      lists: [],
    });
    for (const person of ['per_1_sender', 'per_1_hr']) {
      const theirs = await t.signIn(person);
      expect(await (await t.call('GET', '/v1/sites', { token: theirs })).json()).toEqual({
        items: [site],
        next: null,
      });
      expect((await t.call('GET', `/v1/sites/${site.id}`, { token: theirs })).status).toBe(200);
    }
    const path = `/v1/sites/${site.id}`;
    const body = { kind: 'crm', region: 'DE', alwaysOn: true, companyId: null };
    const changed = await t.call('PATCH', path, { token, body, headers: { 'If-Match': '"1"' } });
    expect(changed.headers.get('etag')).toBe('"2"');
    const read = await t.call('GET', path, { token });
    expect(read.headers.get('etag')).toBe('"2"');
    expect(await read.json()).toEqual(await changed.json());
    expect(Site.parse(await (await t.call('GET', path, { token })).json())).toMatchObject(body);
    const deleted = await t.call('DELETE', path, { token, headers: { 'If-Match': '"2"' } });
    expect(deleted.status).toBe(204);
    expect((await t.call('GET', path, { token })).status).toBe(404);
    expect((await records()).map(({ act, subject }) => `${act} ${subject === site.id}`)).toEqual([
      'site.added true',
      'site.changed true',
      'site.deleted true',
    ]);
    expect((await records())[1]?.detail).toEqual(body);
  });

  it('who sends from a site chooses its columns and template; the rest is the administrators’', async () => {
    const site = await add({ ...draft, hostPattern: 'crm.firma.pl', kind: 'crm' });
    const sender = await t.signIn('per_1_sender');
    const path = `/v1/sites/${site.id}/lists`;
    const put = await t.call('PUT', path, { token: sender, body: list, headers: { 'If-Match': '"1"' } });
    expect(put.status).toBe(200);
    expect(put.headers.get('etag')).toBe('"2"');
    expect(Site.parse(await put.json()).lists).toEqual([{ ...list, names: [] }]);
    const again = await t.call('PUT', path, { token: sender, body: { ...list, names: ['Klient'] } });
    expect(Site.parse(await again.json()).lists).toEqual([{ ...list, names: ['Klient'] }]);
    const out = await t.call('PUT', path, {
      token: sender,
      body: { path: list.path, headings: list.headings },
    });
    expect(Site.parse(await out.json()).lists).toEqual([]);
    expect((await records()).map(({ act }) => act)).toEqual([
      'site.added',
      ...Array(3).fill('site.list-changed'),
    ]);
  });
});

describe('400', () => {
  it.each([
    [{ ...draft, hostPattern: '*' }, '/hostPattern too_wide'],
    [{ ...draft, hostPattern: '*.com.pl' }, '/hostPattern too_wide'],
    [{ ...draft, hostPattern: 'user@erp.firma.pl' }, '/hostPattern not_a_pattern'],
    [{ ...draft, hostPattern: 'javascript:alert(1)' }, '/hostPattern not_a_host'],
    [{ ...draft, companyId: 'com_2a' }, '/companyId unknown_company'],
    [{ ...draft, companyId: 'com_9' }, '/companyId unknown_company'],
    [{ ...draft, region: 'pl' }, '/region invalid_format'],
    [{ ...draft, kind: 'erp' }, '/kind invalid_value'],
    [{ hostPattern: 'a.pl' }, '/kind invalid_value'],
    [{ ...draft, hostPattern: 'a'.repeat(5000) }, '/hostPattern too_big'],
    [{ ...draft, hostPattern: ' ' }, '/hostPattern too_small'],
  ])('%j', async (body, error) => {
    await addOrganisation(t.platform, 2);
    const answer = await t.call('POST', '/v1/sites', { token, body });
    expect(await errorsOf(answer)).toEqual([400, 'invalid-request', error]);
    expect(await records()).toEqual([]);
  });

  it('a change is held to the same', async () => {
    const { id } = await add();
    for (const body of [{ hostPattern: '*.pl' }, { companyId: 'com_9' }, { kind: 'x' }]) {
      expect((await t.call('PATCH', `/v1/sites/${id}`, { token, body })).status).toBe(400);
    }
  });

  it('a list’s template is one of the organisation’s, and what comes is bounded', async () => {
    await addOrganisation(t.platform, 2);
    const { id } = await add();
    const put = (body: unknown) => t.call('PUT', `/v1/sites/${id}/lists`, { token, body });
    expect(await errorsOf(await put({ ...list, templateId: 'tpl_2' }))).toEqual([
      400,
      'invalid-request',
      '/templateId unknown_template',
    ]);
    expect((await put({ ...list, path: 'klienci' })).status).toBe(400);
    expect((await put({ ...list, phones: Array(6).fill('x') })).status).toBe(400);
    expect((await put({ ...list, headings: Array(61).fill('x') })).status).toBe(400);
  });

  it('an organisation has at most 500 sites, and no record tells of one more', async () => {
    const rows = JSON.stringify(Array.from({ length: 500 }, (_, at) => at));
    await t.platform.database.batch([
      {
        sql: `INSERT INTO sites (id, organisation_id, host_pattern, kind, changed_at)
              SELECT 's' || value, 'org_1', 's' || value || '.pl', 'crm', 1 FROM json_each(?)`,
        args: [rows],
      },
    ]);
    const answer = await t.call('POST', '/v1/sites', { token, body: draft });
    expect(await errorsOf(answer)).toEqual([400, 'invalid-request', '/hostPattern too_many']);
    expect(await records()).toEqual([]);
  });
});

describe('403', () => {
  it('the kind is an administrator’s: a sender changes neither it nor another’s columns', async () => {
    const { id } = await add();
    const sender = await t.signIn('per_1_sender');
    const asSender = (method: string, path: string, body?: unknown) =>
      t.call(method, path, { token: sender, body });
    expect((await asSender('PATCH', `/v1/sites/${id}`, { kind: 'crm' })).status).toBe(403);
    expect((await asSender('DELETE', `/v1/sites/${id}`)).status).toBe(403);
    // An HRM site's columns are for those who send for HRM.
    expect((await asSender('PUT', `/v1/sites/${id}/lists`, list)).status).toBe(403);
    const hr = await t.signIn('per_1_hr');
    expect((await t.call('PUT', `/v1/sites/${id}/lists`, { token: hr, body: list })).status).toBe(200);
    const other = await add({ hostPattern: 'b.pl', kind: 'crm', companyId: 'com_1b' });
    expect((await asSender('PUT', `/v1/sites/${other.id}/lists`, list)).status).toBe(403);
  });

  it('an API key reads sites with its scope, and sets nothing', async () => {
    const { id } = await add();
    const made = await t.call('POST', '/v1/api-keys', {
      token,
      body: { name: 'K', scopes: ['send', 'hrm:notify', 'read'], companies: ['com_1a'] },
    });
    const { secret } = (await made.json()) as { secret: string };
    expect((await t.call('GET', '/v1/sites', { token: secret })).status).toBe(200);
    expect((await t.call('PUT', `/v1/sites/${id}/lists`, { token: secret, body: list })).status).toBe(403);
  });
});

describe('409', () => {
  it('a pattern once an organisation, however it is written; another organisation has its own', async () => {
    await add();
    for (const hostPattern of ['erp.firma.pl/kadry', 'http://erp.firma.pl./KADRY', 'erp.firma.pl//kadry/.']) {
      const answer = await t.call('POST', '/v1/sites', { token, body: { ...draft, hostPattern } });
      expect(await errorsOf(answer)).toEqual([409, 'already-exists']);
    }
    const other = await add({ hostPattern: 'inny.pl', kind: 'crm' });
    const renamed = await t.call('PATCH', `/v1/sites/${other.id}`, {
      token,
      body: { hostPattern: 'ERP.firma.pl/kadry' },
    });
    expect(renamed.status).toBe(409);
    await addOrganisation(t.platform, 2);
    const theirs = await t.signIn('per_2_administrator');
    const body = { ...draft, companyId: null };
    expect((await t.call('POST', '/v1/sites', { token: theirs, body })).status).toBe(201);
  });

  it('of many changes to one version, one is made and one record is left', async () => {
    const { id } = await add();
    const headers = { 'If-Match': '"1"' };
    const calls = Array.from({ length: 6 }, (_, at) =>
      at % 2 === 0
        ? t.call('PATCH', `/v1/sites/${id}`, { token, headers, body: { region: 'DE' } })
        : t.call('PUT', `/v1/sites/${id}/lists`, { token, headers, body: list }),
    );
    const statuses = (await Promise.all(calls)).map((answer) => answer.status).sort();
    expect(statuses).toEqual([200, ...Array(5).fill(409)]);
    expect(await records()).toHaveLength(2);
    const late = await t.call('DELETE', `/v1/sites/${id}`, { token, headers });
    expect(late.status).toBe(409);
  });
});

describe('R30: what a site says, a send obeys', () => {
  const send = async (who: string, pageUrl: string | null) => {
    const answer = await t.call('POST', '/v1/batches/preview', {
      token: await t.signIn(who),
      body: { companyId: 'com_1a', text: 'Tekst', pageUrl, recipients: [{ number: '600100200' }] },
    });
    return answer.status === 200 ? 'taken' : ((await answer.json()) as Problem).code;
  };

  it('however the address of an HRM page is spelt, it is none of CRM’s', async () => {
    await add({ hostPattern: 'erp.firma.pl', kind: 'crm' });
    await add({ hostPattern: 'erp.firma.pl/kadry', kind: 'hrm' });
    expect(await send('per_1_sender', 'https://erp.firma.pl/klienci')).toBe('taken');
    for (const url of [
      'https://erp.firma.pl/kadry',
      'HTTPS://ERP.FIRMA.PL./Kadry/lista?x#y',
      'http://erp.firma.pl:8080//kadry',
      'https://erp.firma.pl/klienci/..%2fkadry',
      'https://x@erp.firma.pl/%4Badry;v=1',
    ]) {
      expect(await send('per_1_sender', url), url).toBe('forbidden');
      expect(await send('per_1_hr', url), url).toBe('hrm-not-permitted');
    }
    expect(await send('per_1_hr', 'https://erp.firma.pl/klienci')).toBe('forbidden');
  });

  it('the kind is read at the moment of the send', async () => {
    const { id } = await add({ hostPattern: 'erp.firma.pl', kind: 'crm' });
    expect(await send('per_1_sender', 'https://erp.firma.pl/x')).toBe('taken');
    await t.call('PATCH', `/v1/sites/${id}`, { token, body: { kind: 'hrm' } });
    expect(await send('per_1_sender', 'https://erp.firma.pl/x')).toBe('forbidden');
  });
});
