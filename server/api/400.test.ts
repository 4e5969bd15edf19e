import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem } from '../../shared/api/problems.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
let token: string;
beforeAll(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  token = await t.signIn('per_1_administrator');
});
afterAll(() => t.end());

async function problemOf(answer: Response, status: number): Promise<Problem> {
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  return Problem.parse(await answer.json());
}

describe('400', () => {
  it('lists every wrong field by its JSON Pointer, without repeating what was sent', async () => {
    const body = { email: '600100200', name: ' ', roles: ['administrator', 'king'], companies: 'all' };
    const answer = await t.call('POST', '/v1/people', { token, body });
    const text = await answer.clone().text();
    const problem = await problemOf(answer, 400);
    expect(problem.code).toBe('invalid-request');
    expect(problem.errors.map((error) => error.path).sort()).toEqual([
      '/companies',
      '/email',
      '/name',
      '/roles/1',
    ]);
    expect(text).not.toContain('600100200');
    expect(problem.type).toBe('http://nadpis.example/docs#problem-invalid-request');
    expect(problem.requestId).toBe(answer.headers.get('x-request-id'));
  });

  it('lists at most a hundred errors of a hostile body', async () => {
    const body = { email: 'a@nadpis.example', name: 'A', roles: Array.from({ length: 5000 }, () => 'king') };
    const problem = await problemOf(await t.call('POST', '/v1/people', { token, body }), 400);
    expect(problem.errors).toHaveLength(100);
  });

  it.each(['', '{', 'null', '[]', '"text"', '{"email":', '\u0000'])('refuses the body %j', async (body) => {
    const problem = await problemOf(await t.call('POST', '/v1/session', { body }), 400);
    expect(['invalid-json', 'invalid-request']).toContain(problem.code);
  });

  it('says that a body is not JSON: by its text and by its type', async () => {
    expect((await problemOf(await t.call('POST', '/v1/session', { body: '{"email"' }), 400)).code).toBe(
      'invalid-json',
    );
    const form = { headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: 'email=a' };
    expect((await problemOf(await t.call('POST', '/v1/session', form), 400)).code).toBe('invalid-json');
  });

  it.each(['!', 'MQ', 'A'.repeat(300), encodeURIComponent('ż')])(
    'refuses the cursor %s, which it did not make',
    async (cursor) => {
      const answer = await t.call('GET', `/v1/templates?cursor=${cursor}`, { token });
      // `MQ` is a cursor at the very start.
      if (cursor === 'MQ') expect(answer.status).toBe(200);
      else expect((await problemOf(answer, 400)).errors[0]?.path).toBe('/cursor');
    },
  );

  it.each(['0', '1001', 'x', '-1', '1.5'])('refuses a page of %s', async (limit) => {
    const answer = await t.call('GET', `/v1/templates?limit=${limit}`, { token });
    expect((await problemOf(answer, 400)).errors[0]?.path).toBe('/limit');
  });

  it('refuses a NIP whose checksum is wrong, and takes one as people write it', async () => {
    const draft = (nip: string) => ({ name: 'X', stamp: { name: 'X', address: 'Y', nip } });
    for (const nip of ['8567346216', '1234567890', '0000000000', 'abc']) {
      const answer = await t.call('POST', '/v1/companies', { token, body: draft(nip) });
      expect((await problemOf(answer, 400)).errors).toMatchObject([
        { path: '/stamp/nip', code: 'invalid_nip' },
      ]);
    }
    const taken = await t.call('POST', '/v1/companies', { token, body: draft('PL 856-734-62-15') });
    expect(taken.status).toBe(201);
    expect(await taken.json()).toMatchObject({ stamp: { nip: '8567346215' } });
  });

  it('refuses companies that the organisation does not have, each by its place', async () => {
    await addOrganisation(t.platform, 2);
    const body = {
      email: 'new@nadpis.example',
      name: 'N',
      roles: ['sender'],
      companies: ['com_1a', 'com_2a', 'no'],
    };
    const problem = await problemOf(await t.call('POST', '/v1/people', { token, body }), 400);
    expect(problem.errors.map((error) => error.path)).toEqual(['/companies/1', '/companies/2']);
    const key = { name: 'K', scopes: ['send'], companies: ['com_2a'] };
    const refused = await problemOf(await t.call('POST', '/v1/api-keys', { token, body: key }), 400);
    expect(refused.errors.map((error) => error.path)).toEqual(['/companies/0']);
  });
});
