import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, migratedFile, type Temporary } from '../database/temporary.node.ts';
import { createMailCatcher } from './mail-catcher.ts';
import type { Mail } from './platform.ts';
import { createSmtpMailer, type SmtpAccount } from './smtp-mailer.ts';

const from = 'Nadpis <nadpis@nadpis.example>';
const mail: Mail = {
  to: 'zgody@operator.example',
  cc: 'jan@firma.example',
  subject: 'Oświadczenie właściciela: Firma Nowak',
  text: 'Zażółć gęślą jaźń.\n.\nKoniec',
  attachments: [
    { filename: 'skan.pdf', contentType: 'application/pdf', content: new Uint8Array([37, 80, 68, 70]) },
  ],
};

let temporary: Temporary;
beforeEach(async () => {
  temporary = await migratedFile();
});
afterEach(() => temporary.end());

const caught = () =>
  temporary.database.query<{
    mail_from: string;
    mail_to: string;
    mail_cc: string;
    subject: string;
    raw: string;
    at: number;
  }>({
    sql: 'SELECT mail_from, mail_to, mail_cc, subject, raw, at FROM caught_mails ORDER BY id',
  });

describe('the mail catcher', () => {
  const catcher = () => createMailCatcher(temporary.database, { now: () => 7 }, from);

  it('keeps the whole message as it would go over the wire', async () => {
    await catcher().send(mail);
    const [kept] = await caught();
    expect(kept).toMatchObject({
      mail_from: from,
      mail_to: mail.to,
      mail_cc: mail.cc,
      subject: mail.subject,
      at: 7,
    });
    const read = await PostalMime.parse(kept?.raw ?? '');
    expect(read.subject).toBe(mail.subject);
    expect(read.text?.replaceAll('\r\n', '\n').trim()).toBe(mail.text);
    expect(read.from?.address).toBe('nadpis@nadpis.example');
    expect(read.cc?.[0]?.address).toBe('jan@firma.example');
    expect(read.attachments[0]).toMatchObject({ filename: 'skan.pdf', mimeType: 'application/pdf' });
    expect(kept?.raw).not.toMatch(/[^\r]\n/);
  });

  it('lets nobody add a header through a subject or an address', async () => {
    await catcher().send({
      ...mail,
      subject: 'Kod\r\nBcc: evil@evil.example',
      to: 'a@nadpis.example\r\nBcc: evil@evil.example',
    });
    const read = await PostalMime.parse((await caught())[0]?.raw ?? '');
    expect(read.bcc).toBeUndefined();
    expect(read.subject).toBe('Kod Bcc: evil@evil.example');
  });

  it('keeps a mail that is sent again under its key once', async () => {
    await catcher().send({ ...mail, idempotencyKey: 'sub_1' });
    await catcher().send({ ...mail, idempotencyKey: 'sub_1' });
    await catcher().send(mail);
    await catcher().send(mail);
    expect(await caught()).toHaveLength(3);
  });
});

describe('a mail account over SMTP', () => {
  let server: SMTPServer | undefined;
  let received: string[] = [];
  afterEach(async () => {
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(() => resolve())));
    server = undefined;
    received = [];
  });

  async function start(options: SMTPServerOptions): Promise<SmtpAccount> {
    server = new SMTPServer({
      ...options,
      onData: (stream, _session, done) => {
        let text = '';
        stream.on('data', (chunk) => {
          text += chunk;
        });
        stream.on('end', () => {
          received.push(text);
          done();
        });
      },
    });
    // The server reports a client that hangs up on it; the client's own error is what is tested.
    server.on('error', () => {});
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return { host: '127.0.0.1', port: (listening.address() as AddressInfo).port, security: 'none' };
  }

  it('delivers the message', async () => {
    const account = await start({ authOptional: true, disabledCommands: ['STARTTLS'] });
    await createSmtpMailer(account, from).send({ ...mail, idempotencyKey: 'sub_1' });
    const read = await PostalMime.parse(received[0] ?? '');
    expect(read.subject).toBe(mail.subject);
    expect(read.messageId).toBe('<sub_1@nadpis.example>');
  });

  it('signs in, and says in words when that is refused', async () => {
    const account = await start({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (auth, _session, done) =>
        auth.password === 'right' ? done(null, { user: 1 }) : done(new Error('no such password')),
    });
    await createSmtpMailer({ ...account, user: 'jan', password: 'right' }, from).send(mail);
    expect(received).toHaveLength(1);
    const refused = createSmtpMailer({ ...account, user: 'jan', password: 'wrong' }, from).send(mail);
    await expect(refused).rejects.toMatchObject({ name: 'MailError', trouble: 'authentication' });
  });

  it('sends nothing where the connection should be secured and is not, or is by a stranger’s certificate', async () => {
    const plain = await start({ authOptional: true, disabledCommands: ['STARTTLS'] });
    await expect(createSmtpMailer({ ...plain, security: 'starttls' }, from).send(mail)).rejects.toMatchObject(
      {
        name: 'MailError',
      },
    );
    const stranger = await start({ authOptional: true });
    await expect(
      createSmtpMailer({ ...stranger, security: 'starttls' }, from).send(mail),
    ).rejects.toMatchObject({
      name: 'MailError',
    });
    expect(received).toEqual([]);
  });

  it('says which address the server refused', async () => {
    const account = await start({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (address, _session, done) =>
        address.address.startsWith('zgody') ? done(new Error('no such mailbox')) : done(),
    });
    await expect(createSmtpMailer(account, from).send({ ...mail, cc: '' })).rejects.toMatchObject({
      trouble: 'refused-address',
    });
  });

  it('says that nothing is there', async () => {
    const account: SmtpAccount = { host: '127.0.0.1', port: await freePort(), security: 'none' };
    await expect(createSmtpMailer(account, from).send(mail)).rejects.toMatchObject({
      trouble: 'unreachable',
    });
  });
});
