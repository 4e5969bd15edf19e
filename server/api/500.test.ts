import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { DatabaseBusy, DatabaseUnavailable } from '../database/database.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
let token: string;
beforeAll(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  token = await t.signIn('per_1_administrator');
});
afterAll(() => t.end());

/** The application over a database whose queries fail in that way. */
function failing(error: Error) {
  const database = { ...t.platform.database, query: () => Promise.reject(error) };
  const app = createApp({ ...t.platform, database });
  return () => app.request('/v1/session', { headers: { Authorization: `Bearer ${token}` } });
}

describe('500 and 503', () => {
  it('says nothing of the inside to the caller, and logs it once with the request’s id', async () => {
    t.platform.logged.length = 0;
    const answer = await failing(new Error('SELECT * FROM secret_table'))();
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toMatch(/secret_table|at \w+|\.ts/);
    const { requestId, code } = JSON.parse(text) as { requestId: string; code: string };
    expect(code).toBe('internal');
    expect(t.platform.logged).toHaveLength(1);
    expect(t.platform.logged[0]).toMatchObject({ level: 'error', facts: { requestId } });
    expect(JSON.stringify(t.platform.logged)).toContain('secret_table');
  });

  it('is 503 with Retry-After while the database is busy or away', async () => {
    for (const error of [new DatabaseBusy(null), new DatabaseUnavailable(null)]) {
      const answer = await failing(error)();
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('1');
      expect(await answer.json()).toMatchObject({ code: 'unavailable' });
    }
  });
});
