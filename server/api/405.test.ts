import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
let token: string;
beforeAll(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  token = await t.signIn('per_1_administrator');
});
afterAll(() => t.end());

describe('405', () => {
  it.each([
    ['PUT', '/healthz', 'GET, HEAD'],
    ['PUT', '/v1/session', 'DELETE, GET, HEAD, POST'],
    ['POST', '/v1/templates/tpl_1', 'DELETE, GET, HEAD, PATCH'],
    ['GET', '/v1/session/codes', 'POST'],
  ])('%s %s says what the address takes', async (method, path, allowed) => {
    const answer = await t.call(method, path, { token });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')?.split(', ').sort().join(', ')).toBe(allowed);
    expect(await answer.json()).toMatchObject({ code: 'method-not-allowed', status: 405 });
  });

  it('is not the answer where the thing is missing', async () => {
    expect((await t.call('GET', '/v1/templates/tpl_9', { token })).status).toBe(404);
  });
});
