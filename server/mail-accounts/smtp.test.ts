import { afterEach, describe, expect, it, vi } from 'vitest';
import { composeLetter } from './letter.ts';
import { type SmtpServer, sendBySmtp } from './smtp.ts';
import { certificate, type MailServerOptions, mailServer, otherServer } from './smtp-fixture.node.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function server(options: MailServerOptions = {}) {
  const made = await mailServer(options);
  ends.push(made.end);
  return made;
}

const login = { user: 'biuro@nowak.test', password: 'hasło żółć' };
const account = (port: number, more: Partial<SmtpServer> = {}): SmtpServer => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  user: '',
  password: '',
  ...more,
});
const letter = async () => ({
  from: 'biuro@nowak.test',
  recipients: ['operator@zgody.test', 'anna@nowak.test'] as [string, string],
  raw: await composeLetter({
    from: 'biuro@nowak.test',
    to: 'operator@zgody.test',
    cc: 'anna@nowak.test',
    subject: 'Oświadczenie właściciela: Nowak',
    text: 'Zażółć gęślą jaźń',
    messageId: '<sub_1@nowak.test>',
    date: Date.UTC(2026, 2, 4),
  }),
});
const trusting = { tls: { ca: [certificate().cert] } };
const quick = { patience: 400, deadline: 800 };

describe('a letter by SMTP', () => {
  it('goes out in the clear where the account says so', async () => {
    const to = await server();
    const sent = await sendBySmtp(account(to.port), await letter());
    expect(sent.outcome).toBe('sent');
    expect(to.taken).toHaveLength(1);
    expect(to.taken[0]).toMatchObject({
      from: 'biuro@nowak.test',
      recipients: ['operator@zgody.test', 'anna@nowak.test'],
      secure: false,
    });
    expect(to.taken[0]?.raw).toContain('Message-ID: <sub_1@nowak.test>');
  });

  it('signs in', async () => {
    const to = await server({ login });
    expect((await sendBySmtp(account(to.port, login), await letter())).outcome).toBe('sent');
    expect(to.taken[0]?.user).toBe(login.user);
  });

  it.each(['starttls', 'tls'] as const)('is encrypted: %s', async (security) => {
    const to = await server({ security, login });
    const sent = await sendBySmtp(account(to.port, { ...login, security }), await letter(), trusting);
    expect(sent.outcome).toBe('sent');
    expect(to.taken[0]?.secure).toBe(true);
  });
});

describe('a letter that the server did not take is told as failed, in words', () => {
  it('login refused', async () => {
    const to = await server({ login });
    const sent = await sendBySmtp(account(to.port, { ...login, password: 'wrong' }), await letter());
    expect(sent).toMatchObject({ outcome: 'failed', failure: 'login-refused' });
    expect(sent.detail).toContain('535');
    expect(sent.detail).not.toContain('wrong');
  });

  it('login needed and none given', async () => {
    const to = await server({ login });
    const sent = await sendBySmtp(account(to.port), await letter());
    expect(sent).toMatchObject({ outcome: 'failed', failure: 'login-refused' });
  });

  it.each(['starttls', 'tls'] as const)('a certificate that nobody vouches for: %s', async (security) => {
    const to = await server({ security });
    const sent = await sendBySmtp(account(to.port, { security }), await letter());
    expect(sent).toMatchObject({ outcome: 'failed', failure: 'tls' });
    expect(to.read).toBe(0);
  });

  it('STARTTLS asked for and not offered: nothing goes out in the clear', async () => {
    const to = await server({ login });
    const sent = await sendBySmtp(account(to.port, { ...login, security: 'starttls' }), await letter());
    expect(sent).toMatchObject({ outcome: 'failed', failure: 'tls' });
    expect(to.read).toBe(0);
  });

  it('TLS from the first byte, to a server that speaks none', async () => {
    const to = await server();
    const sent = await sendBySmtp(account(to.port, { security: 'tls' }), await letter(), quick);
    expect(sent).toMatchObject({ outcome: 'failed', failure: 'tls' });
  });

  it('nobody listens', async () => {
    const to = await server();
    await to.end();
    ends.length = 0;
    const sent = await sendBySmtp(account(to.port), await letter());
    expect(sent).toMatchObject({ outcome: 'failed', failure: 'unreachable' });
  });

  it('a server that never says a word', async () => {
    const silent = await otherServer(null);
    ends.push(silent.end);
    const sent = await sendBySmtp(account(silent.port), await letter(), quick);
    expect(sent).toMatchObject({ outcome: 'failed', failure: 'time-out' });
  });

  it('something else than a mail server', async () => {
    const web = await otherServer('HTTP/1.1 400 Bad Request\r\n\r\n');
    ends.push(web.end);
    const sent = await sendBySmtp(account(web.port), await letter(), quick);
    expect(sent).toEqual({
      outcome: 'failed',
      failure: 'protocol',
      detail: 'No answer of a mail server',
    });
  });

  it.each([
    ['the sender', { refuseSender: true }, 'sender-refused'],
    ['the operator', { refuseRecipients: ['operator@zgody.test'] }, 'recipient-refused'],
    ['the letter', { refuseMessage: { code: 554, text: 'Looks like spam' } }, 'message-refused'],
    ['the letter for now', { refuseMessage: { code: 451, text: 'Greylisted' } }, 'message-refused'],
  ])('%s is refused', async (_what, behaviour, failure) => {
    const to = await server();
    to.behave(behaviour);
    const sent = await sendBySmtp(account(to.port), await letter());
    expect(sent).toMatchObject({ outcome: 'failed', failure });
    expect(to.taken).toEqual([]);
  });

  it('and a refused copy alone does not stop the letter', async () => {
    const to = await server();
    to.behave({ refuseRecipients: ['anna@nowak.test'] });
    const sent = await sendBySmtp(account(to.port), await letter());
    expect(sent.outcome).toBe('sent');
    expect(sent.detail).toContain('anna@nowak.test');
  });
});

describe('a letter that may have been taken is unknown', () => {
  it('the connection ends after DATA', async () => {
    const to = await server();
    to.behave({ dropAfterData: true });
    const sent = await sendBySmtp(account(to.port), await letter());
    expect(sent).toMatchObject({ outcome: 'unknown', failure: 'dropped' });
    expect(to.read).toBe(1);
  });

  it('no answer after DATA', async () => {
    const to = await server();
    to.behave({ stallAfterData: true });
    const sent = await sendBySmtp(account(to.port), await letter(), quick);
    expect(sent).toMatchObject({ outcome: 'unknown', failure: 'time-out' });
  });
});
