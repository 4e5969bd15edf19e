import { afterEach, describe, expect, test } from 'vitest';
import { people, problemOf, type SendingApp, sendingApp } from './fixture.node.ts';

let it: SendingApp;
afterEach(async () => {
  // Whatever was refused: nothing of it is stored or charged.
  expect(await it.sql('SELECT count(*) AS n FROM messages')).toEqual([{ n: 0 }]);
  expect(await it.sql(`SELECT count(*) AS n FROM ledger WHERE kind = 'reserve'`)).toEqual([{ n: 0 }]);
  await it.end();
});

async function refused(answer: Response, status: number, code: string) {
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  const problem = await problemOf(answer);
  expect([answer.status, problem.code]).toEqual([status, code]);
  return problem;
}

describe('400', () => {
  test.each(['', ' ', 'x'.repeat(201), 'ż', 'a b'])('without a usable Idempotency-Key: %j', async (key) => {
    it = await sendingApp();
    const body = { companyId: 'com_1a', text: 'a', recipients: people(1) };
    const headers: Record<string, string> =
      key === 'ż' ? { 'Idempotency-Key': '\u00bf' } : { 'Idempotency-Key': key };
    await refused(
      await it.call('POST', '/v1/batches', { token: it.sender, body, headers }),
      400,
      'idempotency-key-required',
    );
    await refused(
      await it.call('POST', '/v1/batches', { token: it.sender, body }),
      400,
      'idempotency-key-required',
    );
  });

  test.each([
    [{ text: '' }, '/text'],
    [{ text: 'x'.repeat(5001) }, '/text'],
    [{ recipients: [] }, '/recipients'],
    [{ purpose: 'spam' as never }, '/purpose'],
    [{ recipients: [{ number: 5 as never }] }, '/recipients/0/number'],
    [{ scheduledAt: 4_102_444_800_000 }, '/scheduledAt'],
    [{ scheduledAt: -1 }, '/scheduledAt'],
  ])('a body that breaks its form: %j', async (draft, path) => {
    it = await sendingApp();
    const problem = await refused(await it.send(draft), 400, 'invalid-request');
    expect(problem.errors[0]?.path).toBe(path);
  });

  test('more than 10,000 recipients', async () => {
    it = await sendingApp();
    await refused(
      await it.send({ recipients: Array.from({ length: 10_001 }, () => ({ number: '1' })) }),
      400,
      'invalid-request',
    );
  });

  test('a cursor that was not made here', async () => {
    it = await sendingApp();
    for (const path of ['/v1/batches', '/v1/packages/ledger']) {
      await refused(
        await it.call('GET', `${path}?cursor=MTIz`, { token: it.sender }),
        400,
        'invalid-request',
      );
    }
  });
});

describe('401', () => {
  test.each([
    ['POST', '/v1/batches'],
    ['POST', '/v1/batches/preview'],
    ['GET', '/v1/batches'],
    ['GET', '/v1/batches/x'],
    ['GET', '/v1/batches/x/messages'],
    ['GET', '/v1/messages/msg_1'],
    ['POST', '/v1/batches/x/cancel'],
    ['GET', '/v1/packages/balance'],
    ['GET', '/v1/packages/ledger'],
    ['POST', '/v1/packages'],
  ])('%s %s without a session', async (method, path) => {
    it = await sendingApp();
    await refused(await it.call(method, path), 401, 'unauthenticated');
  });
});

describe('402', () => {
  test('scenario 12: one ż makes three parts of one; the shortfall is told, and without Polish letters it goes', async () => {
    it = await sendingApp(10);
    const plain = 'a'.repeat(160);
    const polish = `ż${'a'.repeat(159)}`;
    const preview = async (draft: object) =>
      (await it.send({ recipients: people(6), ...draft }, { path: '/v1/batches/preview' })).json();
    expect(await preview({ text: plain })).toMatchObject({ parts: 6, balance: 10 });
    expect(await preview({ text: polish })).toMatchObject({ parts: 18, balance: 10 });
    const problem = await refused(
      await it.send({ text: polish, recipients: people(6) }),
      402,
      'insufficient-parts',
    );
    expect(problem.facts).toEqual({ needed: 18, balance: 10, shortfall: 8 });
    expect(await preview({ text: polish, foldPolishLetters: true })).toMatchObject({ parts: 6, balance: 10 });
    expect(await it.balance()).toBe(10);
  });
});

describe('403: the send gate', () => {
  test.each(['draft', 'statement-accepted', 'submitted', 'rejected', 'deactivated', 'withdrawn'])(
    'scenario 3: a name that is %s stops everyone, administrators included, and says since when',
    async (state) => {
      it = await sendingApp();
      await it.sql(
        `UPDATE sender_names SET state = '${state}', state_since = 1772000000000 WHERE id = 'snd_1'`,
      );
      for (const token of [it.sender, it.administrator]) {
        for (const path of ['/v1/batches', '/v1/batches/preview']) {
          const problem = await refused(
            await it.send({}, { token, path }),
            403,
            'sender-name-not-authorised',
          );
          expect(problem.facts).toEqual({ name: 'Nazwa 1', state, since: '2026-02-25T06:13:20.000Z' });
        }
      }
    },
  );

  test('R21: a pending name of the company is not replaced by the authorised one of the program', async () => {
    it = await sendingApp();
    await it.sql(`INSERT INTO sender_names (id, organisation_id, name, name_key, state, state_since, created_by, created_at)
      VALUES ('snd_x', 'org_1', 'Serwis', 'serwis', 'submitted', 1, 'x', 1)`);
    await it.sql(`UPDATE companies SET sender_name_id = 'snd_x' WHERE id = 'com_1a'`);
    await refused(await it.send({}), 403, 'sender-name-not-authorised');
  });

  test('no name set', async () => {
    it = await sendingApp();
    await it.sql('UPDATE organisations SET program_sender_name_id = NULL');
    await refused(await it.send({}), 403, 'sender-name-missing');
  });

  test('a company of the organisation that is not the sender’s', async () => {
    it = await sendingApp();
    await refused(await it.send({ companyId: 'com_1b' }), 403, 'company-not-permitted');
  });

  test('R30: HRM needs the company’s permission, in addition; CRM does not', async () => {
    it = await sendingApp();
    await it.sql(`INSERT INTO sites (id, organisation_id, host_pattern, kind, changed_at)
      VALUES ('s', 'org_1', '*.hrm.example', 'hrm', 1)`);
    const fromHrm = { pageUrl: 'https://praca.hrm.example/list' };
    await refused(await it.send(fromHrm, { token: it.hr }), 403, 'hrm-not-permitted');
    await refused(await it.send(fromHrm, { token: it.sender }), 403, 'forbidden');
    // Who sends for HRM alone does so from pages that nobody knows, too; a known page of customers stays one.
    await refused(
      await it.send({ pageUrl: 'https://x.example/' }, { token: it.hr }),
      403,
      'hrm-not-permitted',
    );
    await refused(await it.send({ pageUrl: null }, { token: it.hr }), 403, 'hrm-not-permitted');
    await it.sql(`INSERT INTO sites (id, organisation_id, host_pattern, kind, changed_at)
      VALUES ('c', 'org_1', 'crm.example', 'crm', 1)`);
    await refused(await it.send({ pageUrl: 'https://crm.example/' }, { token: it.hr }), 403, 'forbidden');
    const preview = { token: it.sender, path: '/v1/batches/preview' };
    expect((await it.send({ pageUrl: 'https://crm.example/' }, preview)).status).toBe(200);
    await it.sql('UPDATE companies SET hrm_permission = 1');
    expect((await it.send(fromHrm, { token: it.hr, path: '/v1/batches/preview' })).status).toBe(200);
  });

  test('the gate’s order: the name before the package, the package before HRM', async () => {
    it = await sendingApp(0);
    await it.sql(`INSERT INTO sites (id, organisation_id, host_pattern, kind, changed_at)
      VALUES ('s', 'org_1', 'hrm.example', 'hrm', 1)`);
    const draft = { pageUrl: 'https://hrm.example/', text: '{Imię|x}' };
    await refused(await it.send(draft, { token: it.hr }), 402, 'insufficient-parts');
    await it.sql(`UPDATE sender_names SET state = 'submitted'`);
    await refused(await it.send(draft, { token: it.hr }), 403, 'sender-name-not-authorised');
  });

  test('only an administrator records a purchase', async () => {
    it = await sendingApp();
    const body = { parts: 10 };
    await refused(await it.call('POST', '/v1/packages', { token: it.sender, body }), 403, 'forbidden');
  });
});

describe('404: another organisation', () => {
  test('its company cannot be sent for', async () => {
    it = await sendingApp();
    for (const companyId of ['com_2a', 'com_nowhere'])
      await refused(await it.send({ companyId }), 404, 'not-found');
  });
});

describe('413', () => {
  test('a body over the limit', async () => {
    it = await sendingApp();
    const answer = await it.call('POST', '/v1/batches', {
      token: it.sender,
      body: `"${'x'.repeat(17 * 1024 * 1024)}"`,
      headers: { 'Content-Length': String(17 * 1024 * 1024 + 2), 'Idempotency-Key': 'a' },
    });
    await refused(answer, 413, 'body-too-large');
  });
});

describe('422', () => {
  test('fields that some recipients lack, each named', async () => {
    it = await sendingApp();
    const recipients = [
      { number: '600100200', fields: { Imię: 'Ala' } },
      { number: '600100201' },
      { number: '600100202', fields: { Imię: ' ' } },
    ];
    const problem = await refused(await it.send({ text: 'Cześć {Imię}', recipients }), 422, 'fields-missing');
    expect(problem.errors).toEqual(
      [1, 2].map((at) => ({ path: `/recipients/${at}/fields`, code: 'fields-missing', detail: 'Imię' })),
    );
    const preview = await it.send({ text: 'Cześć {Imię}', recipients }, { path: '/v1/batches/preview' });
    expect(await preview.json()).toMatchObject({
      taken: [{ text: 'Cześć Ala' }],
      skipped: [{ index: 1 }, { index: 2 }],
    });
  });

  test('a text longer than the operator takes', async () => {
    it = await sendingApp();
    const problem = await refused(await it.send({ text: 'ż'.repeat(403) }), 422, 'text-too-long');
    expect(problem.facts).toEqual({ parts: 7, limit: 6 });
  });

  test('nobody left to send to, with the reason for each', async () => {
    it = await sendingApp();
    const recipients = [{ number: 'brak' }, { number: '112' }];
    const problem = await refused(await it.send({ recipients }), 422, 'no-recipients');
    expect(problem.errors.map((error) => error.path)).toEqual(['/recipients/0', '/recipients/1']);
  });
});
