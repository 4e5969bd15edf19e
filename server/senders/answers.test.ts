import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SenderNameDetail, Slots } from '../../shared/api/sender-names.ts';
import { fixedRouter } from '../messages/dispatch/routing.ts';
import type { Operator, OperatorSender } from '../operators/operator.ts';
import { createSandboxSenders } from '../operators/sandbox/senders.ts';
import { createSerwerSms } from '../operators/serwersms/adapter.ts';
import { serwerSmsSettings } from '../operators/serwersms/settings.ts';
import { startSerwerSmsSimulator } from '../operators/serwersms/simulator.ts';
import { createSmsApi } from '../operators/smsapi/adapter.ts';
import { smsApiSettings } from '../operators/smsapi/settings.ts';
import { startSmsApiSimulator } from '../operators/smsapi/simulator.ts';
import { createNodeTransport } from '../platform/http.node.ts';
import { type Office, type OfficeOptions, office, statement, submitted } from './fixture.node.ts';
import { mailNotices } from './notices.ts';
import { dueRounds, round, roundTimes } from './operator-rounds.ts';
import { oneOperator, operatorsOf, type SenderOperator } from './sender-operators.ts';
import { createSenderNameWork } from './work.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
async function open(options: OfficeOptions = {}): Promise<Office> {
  const made = await office(options);
  ends.push(async () => {
    await made.settled();
    await made.end();
  });
  return made;
}

const read = async (at: Office, id: string) =>
  (await at.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`)).body;
const answer = (at: Office, id: string, given: string, note = 'odpowiedź operatora', reason = '') =>
  at.call<SenderNameDetail & { code?: string }>('POST', `/v1/sender-names/${id}/answer`, {
    answer: given,
    note,
    reason,
  });

async function pending(at: Office, name: string) {
  const { id } = await at.add(name);
  await submitted(at, id);
  return id;
}

describe('R11: only an operator’s verified answer or an audited act of an administrator authorises', () => {
  it('an administrator’s needs the operator’s reply as its note, and is audited', async () => {
    const at = await open();
    const id = await pending(at, 'Nowak');
    expect(await answer(at, id, 'authorised', '   ')).toMatchObject({
      status: 422,
      body: { code: 'note-missing' },
    });
    const done = await answer(at, id, 'authorised', 'Nazwa została aktywowana. Pozdrawiam, operator');
    expect(done.body).toMatchObject({ state: 'authorised', next: 'none' });
    expect(done.body.timeline.at(-1)).toMatchObject({
      state: 'authorised',
      cause: 'administrator',
      by: 'Anna Nowak',
      note: 'Nazwa została aktywowana. Pozdrawiam, operator',
    });
    const [record] = await at.rows(`SELECT by, detail FROM audit WHERE act = 'sender-name.authorised'`);
    expect(record?.by).toBe('per_anna');
    expect(String(record?.detail)).toContain('aktywowana');
  });

  it('a name that was not submitted is authorised by nobody', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    expect((await answer(at, id, 'authorised')).body.code).toBe('sender-name-state');
    await at.call('PATCH', `/v1/sender-names/${id}`, { name: 'Nowakowa' });
    expect((await answer(at, id, 'authorised')).body.code).toBe('sender-name-state');
  });

  it('nor by a sender, an API key or another organisation', async () => {
    const at = await open();
    const id = await pending(at, 'Nowak');
    for (const [as, status] of [
      ['piotr', 403],
      ['olga', 404],
    ] as const) {
      const body = { answer: 'authorised', note: 'tak' };
      expect((await at.call('POST', `/v1/sender-names/${id}/answer`, body, { as })).status).toBe(status);
    }
  });

  it('a rejection shows its reason and may be tried again', async () => {
    const at = await open();
    const id = await pending(at, 'Nowak');
    const rejected = await answer(at, id, 'rejected', 'Brak prawa do znaku', 'Znak towarowy');
    expect(rejected.body).toMatchObject({
      state: 'rejected',
      reason: 'Znak towarowy',
      next: 'accept-statement',
    });
    const again = await at.call<SenderNameDetail>('POST', `/v1/sender-names/${id}/statement`, statement());
    expect(again.body).toMatchObject({ state: 'statement-accepted', next: 'send-yourself' });
  });

  it('of two answers at once one takes effect', async () => {
    const at = await open();
    const id = await pending(at, 'Nowak');
    const both = await Promise.all([answer(at, id, 'authorised'), answer(at, id, 'rejected')]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(
      await at.rows(
        `SELECT count(*) AS n FROM sender_name_history WHERE state IN ('authorised', 'rejected')`,
      ),
    ).toEqual([{ n: 1 }]);
  });

  it('an operator without a sender API is not asked', async () => {
    const at = await open();
    const id = await pending(at, 'Nowak');
    expect((await at.call('POST', `/v1/sender-names/${id}/ask`)).body.code).toBe('operator-not-asked');
  });
});

describe('the operator’s sender API: the built-in operator', () => {
  async function withSandbox() {
    // The operator's names are in the office's own database.
    let operator: SenderOperator | null = null;
    const operators = { of: async () => operator };
    const at = await open({ operators });
    const senders = createSandboxSenders({ database: at.database, clock: at.clock });
    operator = { name: 'sandbox', label: 'sandbox', ...senders };
    return { at, senders, operator, operators };
  }
  const ask = (at: Office, id: string) => at.call<SenderNameDetail>('POST', `/v1/sender-names/${id}/ask`);

  it('registers the name in the step of its submission, waits, and authorises it after its delay', async () => {
    const { at } = await withSandbox();
    const id = await pending(at, 'Nowak');
    expect(await read(at, id)).toMatchObject({
      state: 'submitted',
      operator: { name: 'sandbox', state: 'pending', statement: 'received', registeredAt: at.clock.now() },
    });
    expect((await ask(at, id)).body.state).toBe('submitted');
    at.clock.forward(10_000);
    const done = await ask(at, id);
    expect(done.body).toMatchObject({ state: 'authorised' });
    expect(done.body.timeline.at(-1)).toMatchObject({ cause: 'operator', by: 'sandbox' });
  });

  it('rejects on demand, with a reason', async () => {
    const { at } = await withSandbox();
    const id = await pending(at, 'Odrzucona');
    at.clock.forward(10_000);
    expect((await ask(at, id)).body).toMatchObject({
      state: 'rejected',
      reason: 'Nazwa nie kojarzy się z firmą z oświadczenia',
    });
  });

  it('deactivates on demand what it had authorised, and waits for ever on demand', async () => {
    const { at } = await withSandbox();
    const id = await pending(at, 'Wylaczona');
    const waiting = await pending(at, 'Czekamy');
    at.clock.forward(10_000);
    expect((await ask(at, id)).body.state).toBe('authorised');
    at.clock.forward(60_000);
    expect((await ask(at, id)).body).toMatchObject({
      state: 'deactivated',
      reason: 'Skarga właściciela znaku towarowego',
    });
    at.clock.forward(1e10);
    expect((await ask(at, waiting)).body).toMatchObject({
      state: 'submitted',
      wait: { longerThanUsual: true },
    });
  });

  it('plays a clerk: any answer for any name', async () => {
    const { at, senders } = await withSandbox();
    const id = await pending(at, 'Nowak');
    expect(await senders.decide('Nowak', 'rejected', 'bo tak')).toBe(true);
    expect(await senders.decide('Nieznana', 'rejected', '')).toBe(false);
    expect((await ask(at, id)).body).toMatchObject({ state: 'rejected', reason: 'bo tak' });
  });

  it('is asked in rounds, one server at a time, more often while a name waits', async () => {
    const { at, operators } = await withSandbox();
    const others = [0, 1].map(() => ({ ...at.platform, database: at.another() }));
    const asked = async () => {
      const counts = await Promise.all(others.map((platform) => dueRounds(platform, operators)));
      return counts.reduce((sum, count) => sum + count, 0);
    };
    const id = await pending(at, 'Nowak');
    expect(await asked()).toBe(1);
    expect(await asked()).toBe(0);
    at.clock.forward(roundTimes.waiting);
    expect(await asked()).toBe(1);
    at.clock.forward(roundTimes.waiting);
    expect(await asked()).toBe(1);
    at.clock.forward(roundTimes.waiting);
    expect(await asked()).toBe(0);
    expect((await read(at, id)).state).toBe('authorised');
  });

  it('a submitted name that it lost is registered again', async () => {
    const { at, operator } = await withSandbox();
    await pending(at, 'Nowak');
    await at.database.batch([{ sql: 'DELETE FROM sandbox_senders' }]);
    await round(at.platform, operator, ['org_1']);
    expect(await at.rows('SELECT name FROM sandbox_senders')).toEqual([{ name: 'Nowak' }]);
  });

  it('an operator that does not answer: the submission stands, and asking says so', async () => {
    const broken: SenderOperator = {
      name: 'broken',
      label: 'broken',
      senders: async () => ({ ok: false, blame: 'operator', detail: 'HTTP 500' }),
      addSender: async () => {
        throw new Error('out of order');
      },
    };
    const at = await open({ operators: oneOperator(broken) });
    const id = await pending(at, 'Nowak');
    expect((await read(at, id)).state).toBe('submitted');
    expect(await ask(at, id)).toMatchObject({ status: 502, body: { code: 'operator-unavailable' } });
  });
});

describe('the operator’s sender API: SerwerSMS and SMSAPI, over HTTP', () => {
  it.each(['serwersms', 'smsapi'] as const)(
    '%s: registered with the submission, followed to its end',
    async (which) => {
      const { transport, close } = createNodeTransport();
      ends.push(close);
      const ports = { transport, now: () => Date.now(), reportsUrl: null };
      const sw = which === 'serwersms' ? await startSerwerSmsSimulator() : null;
      const sa = which === 'smsapi' ? await startSmsApiSimulator() : null;
      const url = sw?.url ?? sa?.url ?? '';
      ends.push(async () => {
        await sw?.close();
        await sa?.close();
      });
      const adapter =
        which === 'serwersms'
          ? createSerwerSms(serwerSmsSettings.parse({ token: 'token', baseUrl: url }), ports)
          : createSmsApi(smsApiSettings.parse({ token: 'token', baseUrl: url }), ports);
      const says = (status: 'authorised' | 'rejected' | 'deactivated', name = 'Nowak') => {
        sw?.addName(
          name,
          { authorised: 'authorized', rejected: 'rejected', deactivated: 'deactivated' }[status],
        );
        sa?.addName(name, { authorised: 'ACTIVE', rejected: 'REJECTED', deactivated: 'INACTIVE' }[status]);
      };
      const operators = oneOperator(adapter);
      const at = await open({ operators });
      const operator = (await operators.of('org_1')) as SenderOperator;
      const id = await pending(at, 'Nowak');
      expect((await read(at, id)).operator).toMatchObject({ name: which, state: 'pending' });
      await round(at.platform, operator, ['org_1']);
      expect((await read(at, id)).state).toBe('submitted');
      says('authorised');
      await round(at.platform, operator, ['org_1']);
      expect((await read(at, id)).state).toBe('authorised');
      says('deactivated');
      await round(at.platform, operator, ['org_1']);
      expect((await read(at, id)).state).toBe('deactivated');
      // Another owner's name on the same account is none of ours until its statement is submitted.
      says('authorised', 'Kowal');
      const other = await at.add('Kowal');
      await round(at.platform, operator, ['org_1']);
      expect((await read(at, other.id)).state).toBe('statement-accepted');
    },
  );
});

describe('which operator has an organisation’s names', () => {
  it('its own first account with a sender API; the built-in one only where it has no account', async () => {
    const answer = async () => ({ ok: false, blame: 'operator', detail: '' }) as const;
    const made = (name: string, senders: boolean) =>
      ({
        name,
        capabilities: { maximumParts: 6 },
        ...(senders && { senders: answer, addSender: answer }),
      }) as unknown as Operator;
    const operators = [
      made('acc_smpp', false),
      made('acc_sms', true),
      made('acc_only', false),
      made('sandbox', true),
    ];
    const owners: Record<string, string> = { acc_smpp: 'org_1', acc_sms: 'org_1', acc_only: 'org_2' };
    const routing = {
      ...fixedRouter(operators).latest(),
      ownerOf: (name: string) => owners[name] ?? null,
      maximumParts: (organisationId: string) => (organisationId === 'org_4' ? null : 6),
    };
    const router = { ...fixedRouter(operators), current: async () => routing };
    const chosen = operatorsOf(router, (account) => (account === 'acc_sms' ? 'serwersms' : undefined));
    expect(await chosen.of('org_1')).toMatchObject({ name: 'acc_sms', label: 'serwersms' });
    expect(await chosen.of('org_2')).toBeNull();
    expect(await chosen.of('org_3')).toMatchObject({ name: 'sandbox' });
    expect(await chosen.of('org_4')).toBeNull();
  });
});

describe('R21: the gate, and what is queued', () => {
  async function sending(at: Office) {
    await at.database.batch([
      {
        sql: `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'purchase', 300, 'per_anna', 1)`,
      },
    ]);
    let key = 0;
    const batch = (companyId: string, more: object = {}) =>
      at.call(
        'POST',
        '/v1/batches',
        {
          companyId,
          text: 'Zamowienie gotowe',
          recipients: ['600100201', '600100202'].map((number) => ({ number })),
          ...more,
        },
        { headers: { 'Idempotency-Key': `b${++key}` } },
      );
    const balance = async () =>
      (await at.rows(`SELECT parts FROM balances WHERE organisation_id = 'org_1'`))[0]?.parts;
    return { batch, balance };
  }

  it('nobody sends under a name in any other state than authorised, administrators included', async () => {
    const at = await open();
    const { batch, balance } = await sending(at);
    expect((await batch('com_1')).body).toMatchObject({ code: 'sender-name-missing' });
    const { id } = await at.add('Nowak');
    const refused = async (state: string) =>
      expect(await batch('com_1'), state).toMatchObject({
        status: 403,
        body: { code: 'sender-name-not-authorised', facts: { name: 'Nowak', state } },
      });
    await refused('statement-accepted');
    await submitted(at, id);
    await refused('submitted');
    await answer(at, id, 'rejected');
    await refused('rejected');
    await at.call('POST', `/v1/sender-names/${id}/statement`, statement());
    await submitted(at, id);
    await answer(at, id, 'authorised');
    expect((await batch('com_1')).status).toBe(201);
    await answer(at, id, 'deactivated');
    await refused('deactivated');
    await at.call('POST', `/v1/sender-names/${id}/withdraw`);
    await refused('withdrawn');
    expect(await balance()).toBe(300);
  });

  it.each(['answer', 'withdraw', 'operator'] as const)(
    'a name that goes out of use (%s) stops its queued messages with the reason and releases their parts',
    async (how) => {
      // The operator as it says, where it is asked: both names are authorised there, until one is not.
      const said: OperatorSender[] = ['Nowak', 'Kowal'].map((name) => ({
        name,
        state: 'authorised',
        statement: 'received',
        note: '',
      }));
      const operator: SenderOperator = {
        name: 'op',
        label: 'op',
        senders: async () => ({ ok: true, value: said }),
        addSender: async () => ({ ok: false, blame: 'operator', detail: '' }),
      };
      const at = await open();
      const { batch, balance } = await sending(at);
      const { id } = await at.authorised('Nowak');
      const own = await at.authorised('Kowal', {
        slot: 'com_2',
        statement: statement({ companyId: 'com_2' }),
      });
      await batch('com_1');
      await batch('com_1', { scheduledAt: at.clock.now() + 86_400_000 });
      await batch('com_2');
      // One is with the operator already: it goes on.
      await at.database.batch([
        { sql: `UPDATE messages SET state = 'sending' WHERE id = 1` },
        {
          sql: `UPDATE batch_progress SET queued = queued - 1, sending = sending + 1 WHERE batch_id = (SELECT batch_id FROM messages WHERE id = 1)`,
        },
      ]);
      expect(await balance()).toBe(294);
      if (how === 'answer') await answer(at, id, 'deactivated', 'skarga', 'Znak towarowy');
      else if (how === 'withdraw') await at.call('POST', `/v1/sender-names/${id}/withdraw`);
      else {
        said[0] = { name: 'Nowak', state: 'deactivated', statement: 'received', note: 'Znak towarowy' };
        await round(at.platform, operator, ['org_1']);
      }
      const states = await at.rows('SELECT sender_name, state, reason FROM messages ORDER BY id');
      const reason = how === 'withdraw' ? 'sender-name-withdrawn' : 'sender-name-deactivated: Znak towarowy';
      expect(states).toEqual([
        { sender_name: 'Nowak', state: 'sending', reason: '' },
        ...[1, 2, 3].map(() => ({ sender_name: 'Nowak', state: 'cancelled', reason })),
        ...[1, 2].map(() => ({ sender_name: 'Kowal', state: 'queued', reason: '' })),
      ]);
      expect(await balance()).toBe(297);
      expect(
        await at.rows(`SELECT sum(queued) AS queued, sum(cancelled) AS cancelled FROM batch_progress`),
      ).toEqual([{ queued: 2, cancelled: 3 }]);
      expect((await read(at, own.id)).state).toBe('authorised');
      const { body } = await at.call<Slots>('GET', '/v1/sender-name-slots');
      expect(body.program.maySend).toBe(false);
    },
  );
});

describe('every change of state is in the timeline and mailed to the administrators', () => {
  it('to each administrator, and to nobody else', async () => {
    const at = await open();
    const id = await pending(at, 'Nowak');
    await at.settled();
    await mailNotices(at.platform);
    expect(at.mails.map((mail) => mail.to).sort()).toEqual(['anna@org1.test', 'ewa@org1.test']);
    expect(at.mails[0]?.text).toMatch(/oświadczenie zaakceptowane[\s\S]*oświadczenie wysłane do operatora/);
    await answer(at, id, 'rejected', 'Odmowa\r\nBcc: x@example.test', 'Znak towarowy');
    await at.settled();
    const last = at.mails.slice(2);
    expect(last).toHaveLength(2);
    expect(last[0]?.subject).toBe('Nazwa nadawcy SMS „Nowak”: odrzucona przez operatora');
    expect(last[0]?.text).toContain('Powód: Znak towarowy');
    expect(last[0]?.text).toContain('Odmowa / Bcc: x@example.test');
    await mailNotices(at.platform);
    expect(at.mails).toHaveLength(4);
    expect(await at.rows('SELECT * FROM sender_name_notices')).toEqual([]);
  });

  it('a mail that fails is sent later, and two servers do not send it twice', async () => {
    const at = await open();
    const failing = {
      ...at.platform,
      mailer: { send: () => Promise.reject(new Error('down')) },
      log: { ...at.platform.log, warn: () => {} },
    };
    const { id } = await at.add('Nowak');
    at.clock.forward(600_000);
    await mailNotices(failing);
    expect(await mailNotices(at.platform)).toBe(0);
    at.clock.forward(300_000);
    const others = [0, 1].map(() => ({ ...at.platform, database: at.another() }));
    await Promise.all(others.map((platform) => mailNotices(platform)));
    expect(at.mails.filter((mail) => mail.to === 'anna@org1.test')).toHaveLength(1);
    expect((await read(at, id)).timeline).toHaveLength(1);
  });

  it('the work beside the API starts, turns and stops', async () => {
    const at = await open();
    await pending(at, 'Nowak');
    const work = createSenderNameWork(at.platform, oneOperator(null), 1);
    work.start();
    await expect.poll(() => at.mails.length, { timeout: 5000 }).toBe(2);
    await work.stop();
  });
});
