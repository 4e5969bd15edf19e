import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../app.ts';
import { addOrganisation, type TestApp, testApp, testPlatform } from '../fixture.node.ts';

let t: TestApp;
beforeEach(async () => {
  t = await testApp({ clientAddress: (c) => c.req.header('x-test-address') ?? 'unknown' });
  await addOrganisation(t.platform, 1);
});
afterEach(() => t.end());

const quarter = 15 * 60_000;
const ask = (email: string, address = '192.0.2.1') =>
  t.call('POST', '/v1/session/codes', { body: { email }, headers: { 'X-Test-Address': address } });

describe('429', () => {
  it('limits codes for one address alike whether it is known or not, and says what is left', async () => {
    for (const email of ['sender1@nadpis.example', 'nobody@nadpis.example']) {
      for (const left of [4, 3, 2, 1, 0]) {
        const answer = await ask(email);
        expect(answer.status).toBe(202);
        expect(answer.headers.get('ratelimit')).toContain(`"codes-address";r=${left};t=900`);
        expect(answer.headers.get('ratelimit-policy')).toContain('"codes-address";q=5;w=900');
      }
      const refused = await ask(email);
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBe('900');
      expect(await refused.json()).toMatchObject({ code: 'rate-limited', facts: { retryAfter: 900 } });
    }
    expect((await ask('administrator1@nadpis.example')).status).toBe(202);
    t.platform.clock.forward(quarter);
    expect((await ask('sender1@nadpis.example')).status).toBe(202);
  });

  it('limits codes for one address over a day, so that guessing day and night leads nowhere', async () => {
    let sent = 0;
    for (let quarters = 0; quarters < 10; quarters++) {
      for (let n = 0; n < 5; n++) if ((await ask('sender1@nadpis.example')).status === 202) sent++;
      t.platform.clock.forward(quarter);
    }
    expect(sent).toBe(30);
  });

  it('limits a caller over many addresses, and no other caller with them', async () => {
    for (let n = 0; n < 60; n++) expect((await ask(`person${n}@nadpis.example`)).status).toBe(202);
    expect((await ask('another@nadpis.example')).status).toBe(429);
    expect((await ask('another@nadpis.example', '192.0.2.2')).status).toBe(202);
  });

  it('limits guessing over many codes: a new code does not give new guesses without end', async () => {
    const guess = () =>
      t.call('POST', '/v1/session', { body: { email: 'sender1@nadpis.example', code: '000000' } });
    const statuses: number[] = [];
    for (let n = 0; n < 20; n++) statuses.push((await guess()).status);
    expect(statuses).toEqual([...Array(15).fill(400), ...Array(5).fill(429)]);
  });

  it('is counted over all servers of one database, and outlives a restart', async () => {
    for (let n = 0; n < 5; n++) await ask('sender1@nadpis.example');
    const other = createApp({ ...testPlatform({ database: t.another(), another: t.another, end: t.end }) });
    const answer = await other.request('/v1/session/codes', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ email: 'sender1@nadpis.example' }),
    });
    expect(answer.status).toBe(429);
  });

  it('keeps no address as it is, and forgets what is over', async () => {
    await ask('sender1@nadpis.example');
    const stored = JSON.stringify(await t.platform.database.query({ sql: 'SELECT * FROM rate_limits' }));
    expect(stored).not.toMatch(/sender1|192\.0\.2/);
    t.platform.clock.forward(24 * 4 * quarter);
    await ask('other@nadpis.example');
    expect(await t.platform.database.query({ sql: 'SELECT count(*) AS n FROM rate_limits' })).toEqual([
      { n: 3 },
    ]);
  });
});
