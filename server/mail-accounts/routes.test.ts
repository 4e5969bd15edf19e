import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Office, office } from '../senders/fixture.node.ts';
import { mailServer } from './smtp-fixture.node.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
async function open(sandbox = false): Promise<Office> {
  const at = await office({ sandbox, smtp: { patience: 400, deadline: 1500 } });
  ends.push(at.end);
  return at;
}
const account = (port: number, more: object = {}) => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: 'biuro@nowak.test',
  password: 'tajne hasło',
  address: 'Biuro@Nowak.test',
  ...more,
});
const put = (at: Office, body: object, as = 'anna') => at.call('PUT', '/v1/mail-account', body, { as });
const login = { user: 'biuro@nowak.test', password: 'tajne hasło' };

describe('the mail account', () => {
  it('is there only once it is set up, and never shows its password', async () => {
    const at = await open();
    expect((await at.call('GET', '/v1/mail-account')).status).toBe(404);
    const made = await put(at, account(587));
    expect(made.body).toEqual({
      host: '127.0.0.1',
      port: 587,
      security: 'none',
      user: 'biuro@nowak.test',
      hasPassword: true,
      address: 'biuro@nowak.test',
      changedAt: at.clock.now(),
      testedAt: null,
    });
    expect(JSON.stringify([made.body, (await at.call('GET', '/v1/mail-account')).body])).not.toContain(
      'tajne',
    );
  });

  it('keeps its password encrypted, and out of the audit', async () => {
    const at = await open();
    await put(at, account(587));
    const stored = JSON.stringify([
      await at.rows('SELECT * FROM mail_accounts'),
      await at.rows('SELECT * FROM audit'),
    ]);
    expect(stored).not.toContain('tajne');
    expect(stored).toMatch(/"password_sealed":"s1\./);
  });

  it('keeps the password where none is given, but sends it to no other server, port or user', async () => {
    const at = await open();
    await put(at, account(587));
    const { password: _, ...without } = account(587, { address: 'inny@nowak.test' });
    expect((await put(at, without)).body).toMatchObject({ hasPassword: true, address: 'inny@nowak.test' });
    for (const more of [{ host: 'zly.test' }, { port: 25 }, { user: 'inny' }, { security: 'tls' }]) {
      expect(await put(at, { ...without, ...more })).toMatchObject({
        status: 400,
        body: { errors: [{ path: '/password' }] },
      });
    }
  });

  it('is an administrator’s, and each organisation’s own', async () => {
    const at = await open();
    await put(at, account(587));
    for (const [method, path] of [
      ['GET', '/v1/mail-account'],
      ['PUT', '/v1/mail-account'],
      ['DELETE', '/v1/mail-account'],
      ['POST', '/v1/mail-account/test'],
    ] as const) {
      const body = method === 'PUT' ? account(25) : undefined;
      expect((await at.call(method, path, body, { as: 'piotr' })).status, `${method} ${path}`).toBe(403);
    }
    expect((await at.call('GET', '/v1/mail-account', undefined, { as: 'olga' })).status).toBe(404);
    expect((await at.call('POST', '/v1/mail-account/test', undefined, { as: 'olga' })).status).toBe(404);
    expect((await at.call('DELETE', '/v1/mail-account', undefined, { as: 'olga' })).status).toBe(404);
    expect((await at.call('DELETE', '/v1/mail-account')).status).toBe(204);
  });
});

describe('the test mail', () => {
  it('goes to the administrator who asks, through the account', async () => {
    const at = await open();
    const server = await mailServer({ login });
    ends.push(server.end);
    await put(at, account(server.port));
    expect(await at.call('POST', '/v1/mail-account/test', undefined, { as: 'ewa' })).toMatchObject({
      status: 200,
      body: { to: 'ewa@org1.test' },
    });
    expect(server.taken[0]).toMatchObject({
      from: 'biuro@nowak.test',
      recipients: ['ewa@org1.test'],
      user: login.user,
    });
    expect((await at.call('GET', '/v1/mail-account')).body.testedAt).toBe(at.clock.now());
    // Settings that were changed have not been tried.
    await put(at, account(server.port, { password: 'wrong' }));
    expect((await at.call('GET', '/v1/mail-account')).body.testedAt).toBeNull();
    const refused = await at.call('POST', '/v1/mail-account/test');
    expect(refused).toMatchObject({
      status: 502,
      body: { code: 'mail-not-sent', facts: { failure: 'login-refused' } },
    });
    expect(JSON.stringify(refused.body)).toContain('535');
  });

  it('cannot be used to try out servers by the thousand', async () => {
    const at = await open();
    const server = await mailServer();
    ends.push(server.end);
    await put(at, account(server.port, { user: '', password: '' }));
    const statuses: number[] = [];
    for (let n = 0; n < 21; n++) statuses.push((await at.call('POST', '/v1/mail-account/test')).status);
    expect(statuses.slice(0, 20).every((status) => status === 200)).toBe(true);
    expect(statuses[20]).toBe(429);
  });

  it('is caught in the sandbox, whatever account is set up', async () => {
    const at = await open(true);
    await put(at, account(25, { host: 'smtp.prawdziwy.test' }));
    expect((await at.call('POST', '/v1/mail-account/test')).status).toBe(200);
    expect(at.mails.map((mail) => mail.to)).toEqual(['anna@org1.test']);
  });

  it('says so where the password was sealed under another secret', async () => {
    const at = await open();
    await put(at, account(25));
    await at.database.batch([{ sql: `UPDATE mail_accounts SET password_sealed = 's1.aaaa.bbbb.cccc'` }]);
    expect(await at.call('POST', '/v1/mail-account/test')).toMatchObject({
      status: 502,
      body: {
        facts: { failure: 'login-refused', detail: 'The stored password cannot be read: enter it again' },
      },
    });
  });
});
