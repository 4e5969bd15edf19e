import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SingleSignOn } from '../../shared/api/single-sign-on.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { type Says, startProvider, type TestProvider } from './provider-fixture.node.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let t: TestApp;
let provider: TestProvider;
afterEach(async () => {
  await t.end();
  await provider.end();
});

const domain = 'nadpis.example';
const secret = 'client-secret';

async function open(more: object = {}) {
  t = await testApp();
  for (const n of [1, 2]) await addOrganisation(t.platform, n);
  provider = await startProvider(() => t.platform.clock.now());
  const rows = await t.platform.database.query<{ id: string; email: string }>({
    sql: 'SELECT id, email FROM people',
  });
  const emailOf = (id: string) => rows.find((row) => row.id === id)?.email ?? '';
  const token = await t.signIn('per_1_administrator');
  const put = (draft: object = {}, as = token) =>
    t.call('PUT', '/v1/single-sign-on', {
      token: as,
      body: {
        issuer: provider.issuer,
        clientId: 'nadpis',
        clientSecret: secret,
        domains: [domain],
        ...draft,
      },
    });
  const kept = await put(more);
  expect(kept.status).toBe(200);
  const begin = async (email: string) => {
    const answer = await t.call('POST', '/v1/session/single-sign-on', { body: { email } });
    return (await answer.json()) as {
      code?: string;
      provider: { url: string; name: string; required: boolean } | null;
    };
  };
  /** The whole way of a browser; the code that stands on the last page, or none. */
  const walk = async (email: string, says: Partial<Says> = {}) => {
    provider.says = { claims: { email, email_verified: true }, ...says };
    const place = await begin(email);
    const back = await provider.signIn(place.provider?.url ?? '');
    const page = await t.call('GET', back);
    const text = await page.text();
    return { back, status: page.status, page, text, code: /class="code">(\d{6})</.exec(text)?.[1] ?? null };
  };
  const signIn = (email: string, code: string) => t.call('POST', '/v1/session', { body: { email, code } });
  return { token, put, begin, walk, signIn, emailOf, kept: (await kept.json()) as SingleSignOn };
}

describe('sign-in through the organisation’s provider', () => {
  it('ends on a page with a code, which signs in once', async () => {
    const { walk, signIn, emailOf, begin } = await open();
    const email = emailOf('per_1_sender');
    const { code, page, text } = await walk(email);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(text).toContain(email);
    const signedIn = await signIn(email, code ?? '');
    expect(signedIn.status).toBe(201);
    const { token } = (await signedIn.json()) as { token: string };
    const session = await t.call('GET', '/v1/session', { token });
    expect(await session.json()).toMatchObject({ person: { email }, organisation: { id: 'org_1' } });
    expect((await signIn(email, code ?? '')).status).toBe(400);
    expect((await begin(email)).provider).toMatchObject({
      name: new URL(provider.issuer).host,
      required: false,
    });
  });

  it.each([
    [['client_secret_post'], 'post'],
    [['client_secret_basic'], 'basic'],
    [undefined, 'basic'],
  ] as const)('the client shows its secret as the provider wants it: %j', async (methods, by) => {
    const { walk, emailOf } = await open();
    const discovery = methods === undefined ? {} : { token_endpoint_auth_methods_supported: methods };
    expect((await walk(emailOf('per_1_hr'), { discovery })).code).not.toBeNull();
    expect(provider.clients).toEqual([{ by, id: 'nadpis', secret }]);
  });

  it('a public client has PKCE alone', async () => {
    const { walk, emailOf } = await open({ clientSecret: '' });
    expect((await walk(emailOf('per_1_hr'))).code).not.toBeNull();
    expect(provider.clients[0]?.by).toBe('none');
  });

  it('the way back is good once and for a quarter of an hour', async () => {
    const { walk, emailOf, begin } = await open();
    const { back } = await walk(emailOf('per_1_sender'));
    expect((await t.call('GET', back)).status).toBe(400);
    expect((await t.call('GET', '/sign-in/callback?state=guess&code=x')).status).toBe(400);
    const late = await provider.signIn((await begin(emailOf('per_1_sender'))).provider?.url ?? '');
    t.platform.clock.forward(15 * 60_000);
    expect((await t.call('GET', late)).status).toBe(400);
  });
});

describe('what a provider says is held to its signature and to its organisation', () => {
  const cases: [string, (emailOf: (id: string) => string) => Partial<Says>][] = [
    ['somebody of another organisation', (of) => ({ claims: { email: of('per_2_administrator') } })],
    ['somebody whom nobody knows', () => ({ claims: { email: `obcy@${domain}` } })],
    [
      'an address that is not verified',
      (of) => ({ claims: { email: of('per_1_sender'), email_verified: false } }),
    ],
    ['no address', () => ({ claims: {} })],
    ['another nonce', (of) => ({ claims: { email: of('per_1_sender'), nonce: 'x' } })],
    ['for another client', (of) => ({ claims: { email: of('per_1_sender'), aud: 'other' } })],
    ['of another issuer', (of) => ({ claims: { email: of('per_1_sender'), iss: 'https://evil.example' } })],
    ['too old', (of) => ({ claims: { email: of('per_1_sender'), exp: 1 } })],
    ['signed by another key', (of) => ({ claims: { email: of('per_1_sender') }, signWith: 'another-key' })],
    [
      'signed by the client secret',
      (of) => ({ claims: { email: of('per_1_sender') }, signWith: 'client-secret' }),
    ],
    ['not signed', (of) => ({ claims: { email: of('per_1_sender') }, signWith: 'none' })],
    ['an error', (of) => ({ claims: { email: of('per_1_sender') }, tokenStatus: 500 })],
  ];
  it.each(cases)('no code for: %s', async (_what, says) => {
    const { walk, emailOf } = await open();
    const { status, code } = await walk(emailOf('per_1_sender'), says(emailOf));
    expect([status, code]).toEqual([400, null]);
    expect(await t.platform.database.query({ sql: 'SELECT email FROM sign_in_codes' })).toEqual([]);
  });

  it('people of other organisations are not sent to it, those whom nobody knows are like their neighbours', async () => {
    const { begin, emailOf } = await open();
    expect((await begin(emailOf('per_2_administrator'))).provider).toBeNull();
    expect((await begin('obcy@other.example')).provider).toBeNull();
    expect((await begin(`obcy@${domain}`)).provider).not.toBeNull();
  });
});

describe('an organisation that signs in through its provider alone', () => {
  it('gets no codes by e-mail, but for administrators; the answer is the same', async () => {
    const { emailOf, put, begin } = await open({ required: true });
    const mailed = async (id: string) => {
      const email = emailOf(id);
      expect((await t.call('POST', '/v1/session/codes', { body: { email } })).status).toBe(202);
      await t.platform.settled();
      const found = await t.platform.database.query({
        sql: 'SELECT 1 FROM sign_in_codes WHERE email = ?',
        args: [email],
      });
      return found.length > 0;
    };
    expect([await mailed('per_1_sender'), await mailed('per_1_administrator')]).toEqual([false, true]);
    expect(await mailed('per_2_sender')).toBe(true);
    expect((await begin(emailOf('per_1_sender'))).provider?.required).toBe(true);
    await put({ required: false });
    expect(await mailed('per_1_sender')).toBe(true);
  });
});

describe('the provider’s settings', () => {
  it('are an administrator’s, never show the secret, and tell where the provider sends back to', async () => {
    const { kept, token } = await open();
    expect(kept).toMatchObject({
      hasClientSecret: true,
      domains: [domain],
      redirectUri: 'http://nadpis.example/sign-in/callback',
    });
    const shown = await t.call('GET', '/v1/single-sign-on', { token });
    expect(await shown.text()).not.toContain(secret);
    const [row] = await t.platform.database.query({
      sql: 'SELECT client_secret_sealed AS sealed FROM single_sign_on',
    });
    expect(String(row?.sealed)).not.toContain(secret);
    const audit = await t.platform.database.query({
      sql: `SELECT detail FROM audit WHERE act = 'single-sign-on.changed'`,
    });
    expect(JSON.stringify(audit)).not.toContain(secret);
    for (const id of ['per_1_sender', 'per_1_hr']) {
      const as = await t.signIn(id);
      expect((await t.call('GET', '/v1/single-sign-on', { token: as })).status).toBe(403);
      expect((await t.call('DELETE', '/v1/single-sign-on', { token: as })).status).toBe(403);
    }
    const stranger = await t.signIn('per_2_administrator');
    expect((await t.call('GET', '/v1/single-sign-on', { token: stranger })).status).toBe(404);
    expect((await t.call('DELETE', '/v1/single-sign-on', { token })).status).toBe(204);
    expect((await t.call('DELETE', '/v1/single-sign-on', { token })).status).toBe(404);
  });

  it('keep the secret where none is given, but show it to no other issuer', async () => {
    const { put, walk, emailOf } = await open();
    expect((await put({ clientSecret: undefined, domains: [domain, 'nowak.example'] })).status).toBe(200);
    expect((await walk(emailOf('per_1_sender'))).code).not.toBeNull();
    expect(provider.clients.at(-1)?.secret).toBe(secret);
    const other = await startProvider(() => t.platform.clock.now());
    const moved = await put({ clientSecret: undefined, issuer: other.issuer });
    expect(await moved.json()).toMatchObject({
      code: 'invalid-request',
      errors: [{ path: '/clientSecret' }],
    });
    await other.end();
  });

  it.each([
    ['does not call itself so', { issuer: 'https://other.example' }],
    ['says something else', { token_endpoint: 'no address' }],
  ])('are refused for a provider that %s', async (_what, discovery) => {
    const { put } = await open();
    provider.says = { claims: {}, discovery };
    expect(await (await put()).json()).toMatchObject({ status: 422, code: 'sign-in-provider-unusable' });
  });

  it('lead into nobody’s own network, where this server’s owner does not permit it', async () => {
    await open();
    const again = await t.again({}, { outward: { ...t.platform.outward, privateAddresses: false } });
    const token = await t.signIn('per_1_administrator');
    for (const issuer of ['http://127.0.0.1:1', 'https://169.254.169.254', 'https://intranet']) {
      const body = { issuer, clientId: 'c', clientSecret: '', domains: [domain] };
      const answer = await again.call('PUT', '/v1/single-sign-on', { token, body });
      expect(await answer.json(), issuer).toMatchObject({
        code: 'invalid-request',
        errors: [{ path: '/issuer' }],
      });
    }
  });
});
