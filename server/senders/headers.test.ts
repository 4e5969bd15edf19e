import PostalMime from 'postal-mime';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mailServer } from '../mail-accounts/smtp-fixture.node.ts';
import { createSmtpMailer } from '../platform/smtp-mailer.ts';
import { crmOffice } from './crm-office.node.ts';
import { draft, office, operatorAddress, statement, submit } from './fixture.node.ts';
import { mailNotices } from './notices.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function crm(more: Parameters<typeof crmOffice>[0] = {}) {
  const made = await crmOffice(more);
  ends.push(made.end);
  return made;
}

/** Of mails to administrators, whole. */
const subjects = new Set(
  ['oświadczenie wysłane do operatora (odpowiedź zwykle do 24 h)', 'odrzucona przez operatora'].map(
    (what) => `Nazwa nadawcy SMS „Nowak”: ${what}`,
  ),
);

describe('header injection is impossible in every field that reaches a mail', () => {
  const evil = [
    'Nowak\r\nBcc: ofiara@example.test',
    'Nowak\nTo: ofiara@example.test\n\nCzesc',
    'Nowak\rBcc: ofiara@example.test\r\r',
    'a\u2028Bcc: b@example.test\u2029c',
    'x\0y\u0085Cc: z@example.test\u000b\u000c',
    // Encoded words: what a mail program would read back is what was typed, and no header.
    '=?utf-8?B?DQpCY2M6IG9maWFyYUBleGFtcGxlLnRlc3Q=?=',
    '=?utf-8?Q?=0D=0ABcc:_ofiara@example.test?=',
    // The end of a letter, and another one after it.
    'Nowak\r\n.\r\nMAIL FROM:<x@example.test>\r\nRCPT TO:<ofiara@example.test>',
    '<ofiara@example.test>, "ofiara" <ofiara@example.test>',
    '\u202eBcc: ofiara@example.test \ud800',
    '\ufeffż'.repeat(60),
  ];
  it.each(evil)('R18: %j', async (text) => {
    const { at, server } = await crm();
    // The name itself refuses it; every other field is put in.
    expect((await at.call('POST', '/v1/sender-names', draft(text))).body.code).toBe('sender-name-refused');
    const { id } = await at.add('Nowak', {
      statement: statement({ company: text, address: text, signatory: text.slice(0, 120) }),
    });
    expect((await submit(at, id)).status).toBe(200);
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.from).toBe('biuro@nowak.test');
    const raw = server.taken[0]?.raw ?? '';
    const head = raw.slice(0, raw.indexOf('\r\n\r\n'));
    const names = head.split(/\r\n(?![ \t])/).map((line) => line.split(':')[0]?.toLowerCase());
    expect(names.sort()).toEqual([
      'cc',
      'content-transfer-encoding',
      'content-type',
      'date',
      'from',
      'message-id',
      'mime-version',
      'subject',
      'to',
    ]);
    expect(server.taken[0]?.recipients).toEqual([operatorAddress, 'anna@org1.test']);
    const mail = await PostalMime.parse(raw);
    expect(mail.to?.map((it) => it.address)).toEqual([operatorAddress]);
    expect(mail.cc?.map((it) => it.address)).toEqual(['anna@org1.test']);
    expect(mail.bcc).toBeUndefined();
    expect(mail.subject).toBe('Oświadczenie właściciela nazwy nadawcy SMS: Nowak');
  });

  it('R18: what is too long for a field is refused, and never cut', async () => {
    const { at, server } = await crm();
    for (const field of ['company', 'address', 'nip', 'signatory'] as const) {
      const body = draft('Nowak', { statement: statement({ [field]: 'a'.repeat(100_000) }) });
      const answer = await at.call<{ code: string; errors: { path: string }[] }>(
        'POST',
        '/v1/sender-names',
        body,
      );
      expect(answer, field).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
      expect(answer.body.errors.map(({ path }) => path)).toEqual([`/statement/${field}`]);
    }
    expect(server.read).toBe(0);
  });

  it.each(evil)(
    'R18: nor in mails to administrators, through reasons, notes and names of people: %j',
    async (text) => {
      const at = await office();
      ends.push(at.end);
      await at.database.batch([
        { sql: `UPDATE people SET name = ? WHERE id = 'per_anna'`, args: [text] },
        { sql: `UPDATE organisations SET name = ?`, args: [text] },
      ]);
      const { id } = await at.add('Nowak');
      await at.call('POST', `/v1/sender-names/${id}/sent`);
      const given = { answer: 'rejected', note: text, reason: text };
      expect((await at.call('POST', `/v1/sender-names/${id}/answer`, given)).status).toBe(200);
      await at.settled();
      await mailNotices(at.platform);
      expect(new Set(at.mails.map(({ to }) => to))).toEqual(new Set(['anna@org1.test', 'ewa@org1.test']));
      const real = await mailServer();
      ends.push(real.end);
      const mailer = createSmtpMailer(
        { host: '127.0.0.1', port: real.port, security: 'none' },
        'nadpis@localhost',
      );
      for (const mail of at.mails) await mailer.send(mail);
      expect(real.taken.map(({ recipients }) => recipients)).toEqual(at.mails.map(({ to }) => [to]));
      for (const { raw } of real.taken) {
        const mail = await PostalMime.parse(raw);
        expect(mail.subject).toSatisfy((subject: string) => subjects.has(subject));
        expect([mail.cc, mail.bcc]).toEqual([undefined, undefined]);
        expect(mail.to).toHaveLength(1);
      }
    },
  );

  it('nor through the mail account’s address, user or host', async () => {
    const { at } = await crm();
    for (const [field, value] of [
      ['address', 'biuro@nowak.test\r\nBcc: x@example.test'],
      ['address', 'a@b.test, c@d.test'],
      ['user', 'biuro\r\nRCPT TO:<x@example.test>'],
      ['password', 'a\r\nb'],
      ['host', 'mail.test\r\nX: y'],
      ['host', 'http://mail.test/'],
      ['host', ''],
    ] as const) {
      const account = {
        host: '127.0.0.1',
        port: 25,
        security: 'none',
        user: 'u',
        password: 'p',
        address: 'a@b.test',
      };
      const answer = await at.call('PUT', '/v1/mail-account', { ...account, [field]: value });
      expect(answer, `${field} ${value}`).toMatchObject({ status: 400, body: { code: 'invalid-request' } });
    }
  });
});
