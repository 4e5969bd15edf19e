import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Session } from '../../shared/api/session.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
});
afterEach(() => t.end());

const email = 'sender1@nadpis.example';
const minute = 60_000;

async function mails(): Promise<{ to: string; subject: string; raw: string }[]> {
  await t.platform.settled();
  const rows = await t.platform.database.query({
    sql: 'SELECT mail_to, subject, raw FROM caught_mails ORDER BY id',
  });
  return rows.map((row) => ({ to: String(row.mail_to), subject: String(row.subject), raw: String(row.raw) }));
}

async function askForCode(headers: Record<string, string> = {}): Promise<string> {
  expect((await t.call('POST', '/v1/session/codes', { body: { email }, headers })).status).toBe(202);
  const code = /\b(\d{6})$/.exec((await mails()).at(-1)?.subject ?? '')?.[1];
  return code ?? 'no code';
}

const signIn = (code: string, address = email) =>
  t.call('POST', '/v1/session', { body: { email: address, code }, headers: { 'User-Agent': 'Firefox' } });

const wrong = (code: string) => (code === '000000' ? '000001' : '000000');

describe('signing in', () => {
  it('takes the code from the mail, once, and says who is signed in and what they may do', async () => {
    const code = await askForCode();
    const answer = await signIn(code);
    expect(answer.status).toBe(201);
    const { token, expiresAt } = (await answer.json()) as { token: string; expiresAt: number };
    expect(expiresAt).toBe(t.platform.clock.now() + 30 * 24 * 60 * minute);
    const session = Session.parse(await (await t.call('GET', '/v1/session', { token })).json());
    expect(session).toEqual({
      person: { id: 'per_1_sender', email, name: 'sender', roles: ['sender'] },
      organisation: { id: 'org_1', name: 'O1', hasCrm: false, hasMailAccount: false },
      companies: [
        {
          id: 'com_1a',
          name: 'Company a',
          effectiveName: {
            id: 'snd_1',
            name: 'Nazwa 1',
            state: 'authorised',
            since: t.platform.clock.now(),
            source: 'program',
          },
          hrmPermission: false,
        },
      ],
      balance: 100,
      balanceLow: false,
      operator: { name: 'sandbox', maximumParts: expect.any(Number), sandbox: true },
      expiresAt,
    });
    expect((await signIn(code)).status).toBe(400);
  });

  it('answers alike for an address that nobody has, and mails nothing', async () => {
    const answer = await t.call('POST', '/v1/session/codes', { body: { email: 'nobody@nadpis.example' } });
    expect([answer.status, await answer.text()]).toEqual([202, '']);
    expect(await mails()).toEqual([]);
    expect(await (await signIn('123456', 'nobody@nadpis.example')).json()).toMatchObject({
      code: 'invalid-code',
    });
  });

  it('does not care how the address is written', async () => {
    await t.call('POST', '/v1/session/codes', { body: { email: 'Sender1@NADPIS.example' } });
    const code = /\d{6}/.exec((await mails())[0]?.subject ?? '')?.[0] ?? '';
    expect((await signIn(` ${code} `, 'SENDER1@nadpis.example')).status).toBe(201);
  });

  it.each([
    ['pl-PL,pl;q=0.9,en;q=0.8', 'kod logowania'],
    ['en-GB', 'sign-in code'],
    ['de, en;q=0.5, pl;q=0.7', 'kod logowania'],
    ['*', 'kod logowania'],
  ])('mails in the language of %s', async (language, words) => {
    await askForCode({ 'Accept-Language': language });
    const [mail] = await mails();
    expect(mail?.subject).toContain(words);
    expect(mail?.to).toBe(email);
    expect(mail?.raw).toMatch(/^From: Nadpis <nadpis@nadpis\.example>\r\nTo: sender1@nadpis\.example\r\n/);
  });

  it('refuses a code after ten minutes', async () => {
    const code = await askForCode();
    t.platform.clock.forward(10 * minute - 1);
    expect((await signIn(code)).status).toBe(201);
    const late = await askForCode();
    t.platform.clock.forward(10 * minute);
    expect((await signIn(late)).status).toBe(400);
  });

  it('refuses a code after five wrong tries, also when they come at once', async () => {
    const code = await askForCode();
    const tries = await Promise.all(Array.from({ length: 5 }, () => signIn(wrong(code))));
    expect(tries.map((answer) => answer.status)).toEqual(Array(5).fill(400));
    expect((await signIn(code)).status).toBe(400);
    const second = await askForCode();
    for (let n = 0; n < 4; n++) await signIn(wrong(second));
    expect((await signIn(second)).status).toBe(201);
  });

  it('opens one session for a code that comes ten times at once', async () => {
    const code = await askForCode();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(code)));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(await t.platform.database.query({ sql: 'SELECT count(*) AS n FROM sessions' })).toEqual([
      { n: 1 },
    ]);
  });

  it('makes an older code void by asking again, and another person’s code does not serve', async () => {
    const first = await askForCode();
    const second = await askForCode();
    expect((await signIn(second, 'hr1@nadpis.example')).status).toBe(400);
    if (first !== second) expect((await signIn(first)).status).toBe(400);
    expect((await signIn(second)).status).toBe(201);
  });

  it('keeps no code as it is, and leaves a record', async () => {
    const code = await askForCode();
    expect(
      JSON.stringify(await t.platform.database.query({ sql: 'SELECT * FROM sign_in_codes' })),
    ).not.toContain(code);
    await signIn(code);
    const records = await t.platform.database.query({ sql: 'SELECT by, act FROM audit' });
    expect(records).toEqual([{ by: 'per_1_sender', act: 'session.opened' }]);
    expect(JSON.stringify(t.platform.logged)).not.toContain(code);
  });

  it('lists where a person is signed in and signs out elsewhere', async () => {
    const { token } = (await (await signIn(await askForCode())).json()) as { token: string };
    t.platform.clock.forward(1);
    const elsewhere = await t.signIn('per_1_sender');
    type List = { items: { id: string; agent: string; current: boolean }[] };
    const list = (await (await t.call('GET', '/v1/sessions', { token })).json()) as List;
    expect(list.items.map(({ agent, current }) => [agent, current])).toEqual([
      ['', false],
      ['Firefox', true],
    ]);
    const path = `/v1/sessions/${list.items[0]?.id}`;
    expect((await t.call('DELETE', path, { token })).status).toBe(204);
    expect((await t.call('DELETE', path, { token })).status).toBe(404);
    expect((await t.call('GET', '/v1/session', { token: elsewhere })).status).toBe(401);
    expect((await t.call('GET', '/v1/session', { token })).status).toBe(200);
  });
});
