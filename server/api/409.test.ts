import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
let token: string;
beforeEach(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  token = await t.signIn('per_1_administrator');
});
afterEach(() => t.end());

const records = async () =>
  (await t.platform.database.query({ sql: 'SELECT act FROM audit ORDER BY id' })).map((row) => row.act);

describe('409', () => {
  it.each([
    ['/v1/templates/tpl_1', { text: 'Inny' }],
    ['/v1/companies/com_1a', { name: 'Inna' }],
    ['/v1/people/per_1_hr', { name: 'Inna' }],
    ['/v1/organisation', { name: 'Inna' }],
  ])('keeps one editor of %s from overwriting another', async (path, body) => {
    const read = (await t.call('GET', path, { token })).headers.get('etag') ?? '';
    expect(read).toBe('"1"');
    const first = await t.call('PATCH', path, { token, body, headers: { 'If-Match': read } });
    expect(first.status).toBe(200);
    expect(first.headers.get('etag')).toBe('"2"');
    const second = await t.call('PATCH', path, { token, body, headers: { 'If-Match': read } });
    expect(second.status).toBe(409);
    expect(await second.json()).toMatchObject({ code: 'conflict' });
    for (const tag of ['"0"', 'x', '"1', '"99999999999999999999"']) {
      expect((await t.call('PATCH', path, { token, body, headers: { 'If-Match': tag } })).status, tag).toBe(
        409,
      );
    }
    for (const tag of ['W/"2"', '*']) {
      expect((await t.call('PATCH', path, { token, body, headers: { 'If-Match': tag } })).status, tag).toBe(
        200,
      );
    }
    expect(await records()).toHaveLength(3);
  });

  it('of two changes at once, lets one through and leaves one record', async () => {
    const body = { text: 'Inny' };
    const headers = { 'If-Match': '"1"' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => t.call('PATCH', '/v1/templates/tpl_1', { token, body, headers })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, ...Array(7).fill(409)]);
    expect(await records()).toEqual(['template.changed']);
  });

  it('refuses a second template of a name, when it is made and when it is renamed', async () => {
    const body = { name: 'Wizyta', text: 'X' };
    const twice = await t.call('POST', '/v1/templates', { token, body });
    expect(twice.status).toBe(409);
    expect(await twice.json()).toMatchObject({ code: 'already-exists' });
    const other = await t.call('POST', '/v1/templates', { token, body: { ...body, name: 'Inna' } });
    const { id } = (await other.json()) as { id: string };
    expect((await t.call('PATCH', `/v1/templates/${id}`, { token, body: { name: 'Wizyta' } })).status).toBe(
      409,
    );
    expect(await records()).toEqual(['template.added']);
  });

  it('refuses an address that is in use, whoever uses it and however it is written', async () => {
    await addOrganisation(t.platform, 2);
    for (const email of ['sender1@nadpis.example', 'SENDER2@Nadpis.example']) {
      const body = { email, name: 'X', roles: ['sender'] };
      const answer = await t.call('POST', '/v1/people', { token, body });
      expect(answer.status).toBe(409);
      expect(await answer.json()).toMatchObject({ code: 'already-exists', detail: 'The address is in use' });
    }
  });

  it('never leaves an organisation without an administrator', async () => {
    const path = '/v1/people/per_1_administrator';
    expect((await t.call('DELETE', path, { token })).status).toBe(409);
    expect((await t.call('PATCH', path, { token, body: { roles: ['sender'] } })).status).toBe(409);
    expect((await t.call('GET', '/v1/session', { token })).status).toBe(200);
    expect(await records()).toEqual([]);
    // With a second one, either may go, but not both at once.
    await t.call('PATCH', '/v1/people/per_1_hr', { token, body: { roles: ['hr', 'administrator'] } });
    const second = await t.signIn('per_1_hr');
    const answers = await Promise.all([
      t.call('DELETE', path, { token: second }),
      t.call('PATCH', '/v1/people/per_1_hr', { token, body: { roles: ['hr'] } }),
    ]);
    expect(answers.map((answer) => answer.status).filter((status) => status < 300)).toHaveLength(1);
  });
});
