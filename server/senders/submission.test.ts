import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SenderNameDetail } from '../../shared/api/sender-names.ts';
import { testRuntime } from '../database/temporary.node.ts';
import { certificate } from '../mail-accounts/smtp-fixture.node.ts';
import { crmOffice, login } from './crm-office.node.ts';
import { annaActor, draft, type Office, office, operatorAddress, statement, submit } from './fixture.node.ts';
import { mailLease, submitByMail } from './submitting.ts';

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

const stateOf = (at: Office) => at.rows('SELECT name, state FROM sender_names');
const history = async (at: Office, id: string) =>
  (await at.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`)).body.timeline.map((line) => line.state);

describe('R17, R18: with the CRM module one e-mail goes to the operator, a copy to the sender', () => {
  it('and a person can act on it without any other source', async () => {
    const { at, server } = await crm();
    const added = await at.add('Żabka'.replace('Ż', 'Z'));
    expect(added).toMatchObject({
      next: 'submit',
      mail: { to: operatorAddress, cc: 'anna@org1.test', mailto: null },
    });
    const sent = await submit(at, added.id);
    expect(sent).toMatchObject({
      status: 200,
      body: { state: 'submitted', next: 'wait', submission: { state: 'sent' } },
    });
    expect(server.taken).toHaveLength(1);
    const [letter] = server.taken;
    expect(letter).toMatchObject({
      from: 'biuro@nowak.test',
      recipients: [operatorAddress, 'anna@org1.test'],
      user: login.user,
    });
    const mail = await PostalMime.parse(letter?.raw ?? '');
    expect(mail.to?.map((it) => it.address)).toEqual([operatorAddress]);
    expect(mail.cc?.map((it) => it.address)).toEqual(['anna@org1.test']);
    expect(mail.subject).toBe('Oświadczenie właściciela nazwy nadawcy SMS: Zabka');
    for (const part of [
      '„Zabka”',
      'Nowak sp. z o.o.',
      'ul. Długa 5, 31-147 Kraków',
      '856-734-62-15',
      'oświadczam, że',
      'Anna Nowak, anna@org1.test',
    ]) {
      expect(mail.text).toContain(part);
    }
    expect(mail.text?.replace(/\r\n/g, '\n').trim()).toBe(added.mail?.body.trim());
  });

  it('double click, with one key and with two: still one e-mail', async () => {
    const { at, server, behave } = await crm();
    behave({ slow: 100 });
    const { id } = await at.add('Nowak');
    const answers = await Promise.all([
      submit(at, id, { key: 'one' }),
      submit(at, id, { key: 'one' }),
      submit(at, id, { key: 'two' }),
      submit(at, id, { key: 'three', as: 'ewa' }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    await submit(at, id, { key: 'one' });
    await submit(at, id, { key: 'four' });
    expect(server.taken).toHaveLength(1);
    expect(await history(at, id)).toEqual(['statement-accepted', 'submitted']);
  });

  it('two servers over one database mail once', async () => {
    const { at, server, behave } = await crm();
    behave({ slow: 50 });
    const { id } = await at.add('Nowak');
    const others = [at.another(), at.another()].map((database) => ({ ...at.platform, database }));
    await Promise.all(
      others.map((platform, n) => submitByMail(platform, annaActor, id, { key: `s${n}`, resend: false })),
    );
    expect(server.taken).toHaveLength(1);
  });

  it('a key is needed, and another name’s key is refused', async () => {
    const { at } = await crm();
    const { id } = await at.add('Nowak');
    const other = await at.add('Kowal');
    expect((await submit(at, id, { key: ' ' })).body.code).toBe('idempotency-key-required');
    await submit(at, id, { key: 'mine' });
    expect(await submit(at, other.id, { key: 'mine' })).toMatchObject({
      status: 422,
      body: { code: 'idempotency-key-reused' },
    });
  });

  // Whom workerd trusts is settled when it starts: test/contract/mail.test.ts.
  it.skipIf(testRuntime() === 'workerd')('over STARTTLS, and the 5 MB scan goes with it', async () => {
    const { at, server } = await crm({
      server: { login, security: 'starttls' },
      office: { smtp: { tls: { ca: [certificate().cert] } } },
    });
    const { id } = await at.add('Nowak');
    const scan = new Uint8Array(5 * 1024 * 1024);
    scan.set(new TextEncoder().encode('%PDF-1.7'));
    const put = await at.call('PUT', `/v1/sender-names/${id}/statement/scan`, undefined, { raw: scan });
    expect(put).toMatchObject({ status: 200, body: { kind: 'application/pdf', size: scan.length } });
    expect((await submit(at, id)).status).toBe(200);
    expect(server.taken[0]?.secure).toBe(true);
    const mail = await PostalMime.parse(server.taken[0]?.raw ?? '');
    expect(mail.attachments[0]).toMatchObject({ filename: 'oswiadczenie.pdf', mimeType: 'application/pdf' });
    expect(mail.attachments[0]?.content).toHaveProperty('byteLength', scan.length);
  });
});

describe('a mail that failed leaves the statement accepted, says why, and loses nothing', () => {
  it.each([
    ['login refused', { password: 'wrong' }, {}, 'login-refused'],
    ['the operator’s address refused', {}, { refuseRecipients: [operatorAddress] }, 'recipient-refused'],
    ['our address refused', {}, { refuseSender: true }, 'sender-refused'],
    ['the letter refused', {}, { refuseMessage: { code: 554, text: 'spam' } }, 'message-refused'],
  ])('%s', async (_what, more, behaviour, failure) => {
    const { at, server, account, behave } = await crm(more);
    behave(behaviour);
    const { id } = await at.add('Nowak');
    const failed = await submit(at, id, { key: 'again' });
    expect(failed).toMatchObject({ status: 502, body: { code: 'mail-not-sent', facts: { failure } } });
    const shown = await at.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`);
    expect(shown.body).toMatchObject({
      state: 'statement-accepted',
      next: 'submit',
      submission: { state: 'failed', failure },
    });
    // Mended, and tried again under the same key.
    await account(server.port, login.password);
    behave({});
    expect(await submit(at, id, { key: 'again' })).toMatchObject({
      status: 200,
      body: { state: 'submitted' },
    });
    expect(server.taken).toHaveLength(1);
  });

  // The sockets of workerd do not say why TLS failed.
  it.skipIf(testRuntime() === 'workerd')(
    'TLS that is not to be had, and a server that does not answer',
    async () => {
      const { at, server } = await crm({ server: { login, security: 'starttls' } });
      const { id } = await at.add('Nowak');
      expect((await submit(at, id)).body.facts).toMatchObject({ failure: 'tls' });
      await server.end();
      ends.shift();
      expect((await submit(at, id)).body.facts).toMatchObject({ failure: 'unreachable' });
      expect(await stateOf(at)).toEqual([{ name: 'Nowak', state: 'statement-accepted' }]);
    },
  );

  it('dropped after DATA: unknown, never mailed again by itself', async () => {
    const { at, server, behave } = await crm();
    behave({ dropAfterData: true });
    const { id } = await at.add('Nowak');
    const first = await submit(at, id, { key: 'one' });
    expect(first).toMatchObject({ status: 502, body: { code: 'mail-outcome-unknown' } });
    behave({});
    for (const key of ['one', 'two', 'three']) {
      expect((await submit(at, id, { key })).body.code).toBe('mail-outcome-unknown');
    }
    expect(server.read).toBe(1);
    const shown = await at.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`);
    expect(shown.body).toMatchObject({ state: 'statement-accepted', next: 'check-and-resend' });
  });

  it('unknown, the copy has arrived: "I have sent it"', async () => {
    const { at, behave } = await crm();
    behave({ dropAfterData: true });
    const { id } = await at.add('Nowak');
    await submit(at, id);
    const sent = await at.call<SenderNameDetail>('POST', `/v1/sender-names/${id}/sent`);
    expect(sent.body).toMatchObject({ state: 'submitted', submission: { state: 'sent' } });
  });

  it('unknown, the copy has not arrived: sent again when asked, once', async () => {
    const { at, server, behave } = await crm();
    behave({ dropAfterData: true });
    const { id } = await at.add('Nowak');
    await submit(at, id);
    behave({ slow: 50 });
    const again = await Promise.all([
      submit(at, id, { resend: true, key: 'a' }),
      submit(at, id, { resend: true, key: 'b' }),
    ]);
    expect(again.map((answer) => answer.status)).toEqual([200, 200]);
    expect(server.taken).toHaveLength(1);
    expect(await stateOf(at)).toEqual([{ name: 'Nowak', state: 'submitted' }]);
  });

  it('"I have sent it" is not for a mail that certainly failed, or was never tried', async () => {
    const { at, behave } = await crm();
    behave({ refuseSender: true });
    const { id } = await at.add('Nowak');
    expect((await at.call('POST', `/v1/sender-names/${id}/sent`)).body.code).toBe('sender-name-state');
    await submit(at, id);
    expect((await at.call('POST', `/v1/sender-names/${id}/sent`)).body.code).toBe('sender-name-state');
  });

  // Its data is shared with another process on this machine.
  it.runIf(testRuntime() === 'node-file')(
    'R18: a server killed when the letter was taken and nobody had heard of it: one letter, told as unknown',
    async () => {
      const { at, server, behave } = await crm();
      const { id } = await at.add('Nowak');
      const [file] = await at.rows('PRAGMA database_list');
      const script = join(import.meta.dirname, 'submit-process.node.ts');
      const arguments_ = [String(file?.file), id, 'killed', String(at.clock.now())];
      const child = fork(script, arguments_, { stdio: 'inherit' });
      const ended = once(child, 'exit');
      behave({
        whenTaken: async () => {
          child.kill('SIGKILL');
          await ended;
        },
      });
      expect(await ended).toEqual([null, 'SIGKILL']);
      behave({});
      expect(server.taken).toHaveLength(1);
      expect(await stateOf(at)).toEqual([{ name: 'Nowak', state: 'statement-accepted' }]);

      // Retried under its key and under another: nothing goes out while it may still run, nor blindly afterwards.
      for (const key of ['killed', 'other'])
        expect((await submit(at, id, { key })).body.next).toBe('sending');
      at.clock.forward(mailLease);
      for (const key of ['killed', 'other']) {
        expect(await submit(at, id, { key })).toMatchObject({
          status: 502,
          body: { code: 'mail-outcome-unknown', facts: { failure: 'interrupted' } },
        });
      }
      const sent = await at.call<SenderNameDetail>('POST', `/v1/sender-names/${id}/sent`);
      expect(sent.body).toMatchObject({ state: 'submitted', submission: { state: 'sent' } });
      expect(server.taken).toHaveLength(1);
    },
  );

  it('a crash between the claim and the outcome is shown as unknown, and not mailed again blindly', async () => {
    const { at, server } = await crm();
    const { id, statement: accepted } = await at.add('Nowak');
    const now = at.clock.now();
    await at.database.batch([
      {
        sql: `INSERT INTO statement_submissions (id, organisation_id, statement_id, key, state, message_id, started_by,
                started_at, lease_until)
              VALUES ('sub_crash', 'org_1', ?, 'lost', 'sending', '<x@y>', 'per_anna', ?, ?)`,
        args: [accepted?.id ?? '', now, now + mailLease],
      },
    ]);
    // It may still be running: nobody else mails, and the name is not edited beneath it.
    expect((await submit(at, id, { key: 'other' })).body).toMatchObject({ next: 'sending' });
    expect((await at.call('PATCH', `/v1/sender-names/${id}`, { name: 'Inna' })).status).toBe(409);
    expect((await at.call('POST', `/v1/sender-names/${id}/withdraw`)).status).toBe(409);
    at.clock.forward(mailLease);
    expect((await submit(at, id, { key: 'lost' })).body.code).toBe('mail-outcome-unknown');
    expect((await submit(at, id, { key: 'other' })).body).toMatchObject({
      code: 'mail-outcome-unknown',
      facts: { failure: 'interrupted' },
    });
    expect(server.read).toBe(0);
    expect((await submit(at, id, { key: 'again', resend: true })).body.state).toBe('submitted');
    expect(server.taken).toHaveLength(1);
  });
});

describe('R3: with the CRM module and without a mail account the whole configuration is closed', () => {
  it('every way in says so, no mailto is offered, and authorised names still send', async () => {
    const at = await office({ hasCrm: true });
    ends.push(at.end);
    await at.database.batch([
      {
        sql: `INSERT INTO sender_names (id, organisation_id, name, name_key, state, state_since, created_by, created_at)
              VALUES ('snd_old', 'org_1', 'Stara', 'stara', 'authorised', 1, 'per_anna', 1)`,
      },
      { sql: `UPDATE organisations SET program_sender_name_id = 'snd_old' WHERE id = 'org_1'` },
    ]);
    for (const [method, path, body] of [
      ['POST', '/v1/sender-names/check', { name: 'Nowak' }],
      ['POST', '/v1/statements/draft', { slot: 'program' }],
      ['POST', '/v1/sender-names', draft('Nowak')],
      ['PATCH', '/v1/sender-names/snd_old', { name: 'Nowa' }],
      ['POST', '/v1/sender-names/snd_old/statement', statement()],
      ['POST', '/v1/sender-names/snd_old/sent', undefined],
      ['POST', '/v1/sender-names/snd_old/withdraw', undefined],
      ['PUT', '/v1/sender-name-slots/program', { senderNameId: 'snd_old' }],
      ['DELETE', '/v1/sender-name-slots/com_1', undefined],
    ] as const) {
      const answer = await at.call(method, path, body);
      expect(answer, `${method} ${path}`).toMatchObject({
        status: 403,
        body: { code: 'mail-account-missing' },
      });
    }
    expect((await submit(at, 'snd_old')).body.code).toBe('mail-account-missing');
    expect((await at.call('GET', '/v1/sender-name-slots')).body).toMatchObject({
      closed: 'mail-account-missing',
      program: { maySend: true },
    });
  });

  it('an account that is removed while a statement waits: nothing is mailed', async () => {
    const { at, server } = await crm();
    const { id } = await at.add('Nowak');
    await at.call('DELETE', '/v1/mail-account');
    expect((await submit(at, id)).body.code).toBe('mail-account-missing');
    expect(server.read).toBe(0);
  });
});

describe('R22: usually within 24 hours, never assumed', () => {
  it('past them it says "longer than usual" and may be sent again; nothing happens by itself', async () => {
    const { at, server } = await crm();
    const { id } = await at.add('Nowak');
    await submit(at, id);
    const day = 24 * 60 * 60 * 1000;
    at.clock.forward(day - 1000);
    expect(await submit(at, id, { resend: true })).toMatchObject({
      status: 409,
      body: { code: 'resend-too-early' },
    });
    const before = await at.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`);
    expect(before.body).toMatchObject({ next: 'wait', wait: { longerThanUsual: false } });
    at.clock.forward(2000);
    const after = await at.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`);
    expect(after.body).toMatchObject({ state: 'submitted', next: 'resend', wait: { longerThanUsual: true } });
    const again = await Promise.all([submit(at, id, { resend: true }), submit(at, id, { resend: true })]);
    expect(again.map((answer) => answer.status).sort()).not.toContain(502);
    expect(server.taken).toHaveLength(2);
    at.clock.forward(365 * day);
    expect(await stateOf(at)).toEqual([{ name: 'Nowak', state: 'submitted' }]);
  });
});
