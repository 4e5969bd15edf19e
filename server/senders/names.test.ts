import { afterEach, describe, expect, it, vi } from 'vitest';
import type { NameAnswer, SenderNameDetail } from '../../shared/api/sender-names.ts';
import type { StatementDraft } from '../../shared/api/statements.ts';
import { draft, type Office, type OfficeOptions, office, statement } from './fixture.node.ts';

// A loaded machine must not decide a test.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
async function open(options: OfficeOptions = {}): Promise<Office> {
  const made = await office(options);
  ends.push(async () => {
    await made.settled();
    await made.end();
  });
  return made;
}

const post = (at: Office, name: string, more = {}) => at.call('POST', '/v1/sender-names', draft(name, more));
const codes = (body: Record<string, unknown>) =>
  (body.errors as { code: string }[]).map((error) => error.code);

describe('R10a, R10c, R12: a name that breaks a rule is refused with its own reason', () => {
  it.each([
    ['FirmaNowak12', 'too-long'],
    ['Żabka', 'character'],
    ['Sklep-24', 'character'],
    ['Аbc', 'character'],
    ['Nowak\u00a0A', 'character'],
    ['Nowak\r\nBcc', 'character'],
    ['Orange', 'blocked'],
    ['policja', 'blocked'],
    ['   ', 'empty'],
    ['', 'empty'],
  ])('%j: %s', async (name, code) => {
    const at = await open();
    const answer = await post(at, name);
    expect(answer).toMatchObject({ status: 422, body: { code: 'sender-name-refused' } });
    expect(codes(answer.body)).toContain(code);
    expect(await at.rows('SELECT * FROM sender_names')).toEqual([]);
    expect(await at.rows('SELECT * FROM statements')).toEqual([]);
  });

  it('R10a: "Firma Nowak" has 11 characters and is taken', async () => {
    const at = await open();
    expect((await post(at, 'Firma Nowak')).status).toBe(201);
  });

  it('R12: the refused character is named and a plain form suggested, never put in', async () => {
    const at = await open();
    const check = await at.call<NameAnswer>('POST', '/v1/sender-names/check', { name: 'Żabka' });
    expect(check.body.refusals).toEqual([
      {
        code: 'character',
        characters: [{ character: 'Ż', codePoint: 'U+017B', position: 0, plain: 'Z' }],
        more: 0,
        suggestion: 'Zabka',
      },
    ]);
  });

  it('warnings are told, and a name with them is taken only once they are accepted', async () => {
    const at = await open();
    const check = await at.call<NameAnswer>('POST', '/v1/sender-names/check', { name: 'Anna 1234' });
    expect(check.body.warnings.map((warning) => warning.code)).toEqual([
      'four-digits-in-a-row',
      'contains-space',
    ]);
    const warned = await post(at, 'Anna 1234', { acceptedWarnings: ['contains-space'] });
    expect(warned).toMatchObject({ status: 422, body: { code: 'sender-name-warned' } });
    expect(codes(warned.body)).toEqual(['four-digits-in-a-row']);
    const both = { acceptedWarnings: ['contains-space', 'four-digits-in-a-row'] };
    expect((await post(at, 'Anna 1234', both)).status).toBe(201);
  });
});

describe('R10b: a name is unique over all organisations', () => {
  it('R10b, R24: one’s own is offered for selection, with its id', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    const check = await at.call<NameAnswer>('POST', '/v1/sender-names/check', { name: '  nowak ' });
    expect(check.body.taken).toEqual({
      by: 'organisation',
      id,
      state: 'statement-accepted',
      selectable: true,
    });
    expect(await post(at, 'NOWAK')).toMatchObject({
      status: 409,
      body: { code: 'sender-name-taken', facts: { by: 'organisation', id } },
    });
  });

  it('another organisation’s is refused, and nothing is told of the holder', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    const check = await at.call<NameAnswer>(
      'POST',
      '/v1/sender-names/check',
      { name: 'nowak' },
      { as: 'olga' },
    );
    expect(check.body.taken).toEqual({ by: 'another' });
    const taken = await at.call(
      'POST',
      '/v1/sender-names',
      draft('Nowak', { statement: statement({ companyId: 'com_9' }) }),
      {
        as: 'olga',
      },
    );
    expect(taken).toMatchObject({
      status: 409,
      body: { code: 'sender-name-taken', facts: { by: 'another', id: null } },
    });
    expect(JSON.stringify(taken.body)).not.toMatch(new RegExp(`${id}|org_1|Organizacja`));
  });

  it('of two organisations at once one has it and the other is told that it is taken', async () => {
    const at = await open();
    const [mine, theirs] = await Promise.all([
      post(at, 'Nowak'),
      at.call('POST', '/v1/sender-names', draft('nowak', { statement: statement({ companyId: 'com_9' }) }), {
        as: 'olga',
      }),
    ]);
    expect([mine.status, theirs.status].sort()).toEqual([201, 409]);
    expect(await at.rows('SELECT name_key FROM sender_names')).toHaveLength(1);
    expect(await at.rows('SELECT id FROM statements')).toHaveLength(1);
  });

  it('rejected and withdrawn names are free again', async () => {
    const at = await open();
    const first = await at.add('Nowak');
    await at.call('POST', `/v1/sender-names/${first.id}/withdraw`);
    const theirs = draft('Nowak', { statement: statement({ companyId: 'com_9' }) });
    expect((await at.call('POST', '/v1/sender-names', theirs, { as: 'olga' })).status).toBe(201);
    expect((await post(at, 'Nowak')).status).toBe(409);
  });
});

describe('R13, R14, R15, R16: the owner’s statement', () => {
  it.each([
    ['no statement', undefined, ['/statement/accepted']],
    ['not accepted', { accepted: false }, ['/statement/accepted']],
    ['no right to represent the owner', { representation: false }, ['/statement/representation']],
  ])('R13, R14: without acceptance nothing is stored and nothing mailed: %s', async (_what, given, paths) => {
    const at = await open();
    const body = { ...draft('Nowak'), statement: given === undefined ? undefined : statement(given) };
    const answer = await at.call('POST', '/v1/sender-names', body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'statement-not-accepted' } });
    expect((answer.body.errors as { path: string }[]).map((error) => error.path)).toEqual(paths);
    await at.settled();
    expect(await at.rows('SELECT id FROM sender_names')).toEqual([]);
    expect(at.mails).toEqual([]);
  });

  it('R13: who, when, the exact text, its version and the company’s data are stored', async () => {
    const at = await open();
    const { id, statement: accepted } = await at.add('Nowak');
    expect(accepted).toMatchObject({
      version: '2026-01',
      variant: 'without-crm',
      companyId: 'com_1',
      company: 'Nowak sp. z o.o.',
      nip: '8567346215',
      signatory: 'Anna Nowak',
      email: 'anna@org1.test',
      acceptedAt: at.clock.now(),
      acceptedBy: 'Anna Nowak',
    });
    expect(accepted?.text).toContain('NIP 856-734-62-15');
    expect(accepted?.text).toContain('„Nowak”');
    expect(await at.rows('SELECT accepted_by FROM statements WHERE sender_name_id = ?', id)).toEqual([
      { accepted_by: 'per_anna' },
    ]);
  });

  it('R13: a text that is not the one that would be stored is not accepted', async () => {
    const at = await open();
    for (const given of [{ text: 'Zgadzam się na wszystko' }, { version: '2019-07' }]) {
      expect(await post(at, 'Nowak', { statement: given })).toMatchObject({
        status: 409,
        body: { code: 'statement-changed' },
      });
    }
    const { body } = await at.call<StatementDraft>('POST', '/v1/statements/draft', {
      slot: 'program',
      name: 'Nowak',
      companyId: 'com_1',
    });
    expect((await post(at, 'Nowak', { statement: { text: body.text, version: body.version } })).status).toBe(
      201,
    );
  });

  it('R13: editing the name after acceptance voids it', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    const edited = await at.call<SenderNameDetail>('PATCH', `/v1/sender-names/${id}`, { name: 'Kowal' });
    expect(edited).toMatchObject({
      status: 200,
      body: { name: 'Kowal', state: 'draft', statement: null, next: 'accept-statement' },
    });
    expect((await at.call('POST', `/v1/sender-names/${id}/sent`)).body).toMatchObject({
      code: 'sender-name-state',
    });
    const again = await at.call<SenderNameDetail>('POST', `/v1/sender-names/${id}/statement`, statement());
    expect(again.body).toMatchObject({ state: 'statement-accepted', next: 'send-yourself' });
    expect(again.body.statement?.text).toContain('„Kowal”');
    expect(again.body.timeline.map((line) => line.state)).toEqual([
      'statement-accepted',
      'draft',
      'statement-accepted',
    ]);
  });

  it('R15: the statement is prefilled from the stamp; several companies have to be chosen from', async () => {
    const at = await open();
    const ask = (more: object) =>
      at.call<StatementDraft>('POST', '/v1/statements/draft', { slot: 'program', name: 'Nowak', ...more });
    const open1 = await ask({});
    expect(open1.body).toMatchObject({
      companyId: null,
      company: '',
      missing: ['company', 'address', 'nip'],
    });
    expect(open1.body.companies).toHaveLength(3);
    const chosen = await ask({ companyId: 'com_2' });
    expect(chosen.body).toMatchObject({
      companyId: 'com_2',
      company: 'Nowak sp. z o.o.',
      missing: [],
      nipValid: true,
    });
    const own = await ask({ slot: 'com_3' });
    expect(own.body).toMatchObject({ companyId: 'com_3', companies: [{ id: 'com_3' }] });
    expect(await post(at, 'Nowak', { statement: { companyId: null } })).toMatchObject({
      status: 422,
      body: { code: 'company-not-chosen' },
    });
  });

  it('R15: missing fields are named', async () => {
    const at = await open();
    const answer = await post(at, 'Nowak', { statement: { address: '  ', nip: '', signatory: '\r\n' } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'stamp-incomplete' } });
    expect((answer.body.errors as { path: string }[]).map((error) => error.path)).toEqual([
      '/statement/address',
      '/statement/nip',
      '/statement/signatory',
    ]);
  });

  it.each([
    ['8567346216', 422],
    ['0000000000', 422],
    ['PL 856-734-62-15', 201],
    ['8567346215', 201],
  ])('R16: the NIP is checked: %s → %i', async (nip, status) => {
    const at = await open();
    const answer = await post(at, 'Nowak', { statement: { nip } });
    expect(answer.status).toBe(status);
    if (status === 422) expect(answer.body.code).toBe('nip-invalid');
  });

  it('R16: edits change this statement, and the stamp only by choice', async () => {
    const at = await open();
    const stamp = () => at.rows(`SELECT stamp_name, stamp_nip FROM companies WHERE id = 'com_1'`);
    await post(at, 'Nowak', { statement: { company: 'Nowa sp. j.', nip: '1234563218' } });
    expect(await stamp()).toEqual([{ stamp_name: 'Nowak sp. z o.o.', stamp_nip: '8567346215' }]);
    await post(at, 'Kowal', { statement: { company: 'Nowa sp. j.', nip: '1234563218', saveStamp: true } });
    expect(await stamp()).toEqual([{ stamp_name: 'Nowa sp. j.', stamp_nip: '1234563218' }]);
  });

  it('a company that was deleted meanwhile: 409; another organisation’s: 404', async () => {
    const at = await open();
    await at.call('DELETE', '/v1/companies/com_2');
    for (const body of [
      draft('Nowak', { statement: statement({ companyId: 'com_2' }) }),
      draft('Nowak', { slot: 'com_2', statement: statement({ companyId: null }) }),
    ]) {
      expect(await at.call('POST', '/v1/sender-names', body)).toMatchObject({
        status: 409,
        body: { code: 'company-deleted' },
      });
    }
    expect((await post(at, 'Nowak', { statement: { companyId: 'com_9' } })).status).toBe(404);
    expect((await post(at, 'Nowak', { slot: 'com_9' })).status).toBe(404);
  });

  it('a company that is deleted between acceptance and submission: 409, and nothing is submitted', async () => {
    const at = await open();
    const { id } = await at.add('Nowak', { statement: statement({ companyId: 'com_2' }) });
    await at.call('DELETE', '/v1/companies/com_2');
    expect(await at.call('POST', `/v1/sender-names/${id}/sent`)).toMatchObject({
      status: 409,
      body: { code: 'company-deleted' },
    });
    expect(await at.rows('SELECT state FROM sender_names')).toEqual([{ state: 'statement-accepted' }]);
  });
});

describe('who may configure', () => {
  it('only administrators, and only their own organisation’s names', async () => {
    const at = await open();
    const { id } = await at.add('Nowak');
    expect((await at.call('POST', '/v1/sender-names', draft('Kowal'), { as: 'piotr' })).status).toBe(403);
    expect((await at.call('GET', '/v1/sender-names', undefined, { as: 'piotr' })).status).toBe(200);
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'Inna' }],
      ['POST', '/sent', undefined],
      ['POST', '/withdraw', undefined],
      ['POST', '/answer', { answer: 'authorised', note: 'tak' }],
      ['GET', '/statement.pdf', undefined],
      ['GET', '/statement/scan', undefined],
    ] as const) {
      const answer = await at.call(method, `/v1/sender-names/${id}${path}`, body, { as: 'olga' });
      expect(answer.status, `${method} ${path}`).toBe(404);
    }
  });
});

describe('R19, R20: without the CRM module', () => {
  it('R20: what no link can hold is shortened and told, and the whole text stands beside it for copying', async () => {
    const at = await open();
    const long = {
      company: 'Zażółć gęślą jaźń '.repeat(11),
      address: 'ul. Świętokrzyska Łąkowa '.repeat(12),
      signatory: 'Żółć '.repeat(24),
    };
    const { mail } = await at.add('Nowak', { statement: statement(long) });
    const { url = '', shortened } = mail?.mailto ?? {};
    expect(shortened).toBe(true);
    expect(url.length).toBeLessThanOrEqual(2000);
    const body = decodeURIComponent(/&body=(.*)$/.exec(url)?.[1] ?? '');
    expect(body).not.toContain('\ufffd');
    expect(mail?.body).toContain(long.address.trim());
    expect(mail?.body).toContain('oświadczam, że przysługuje nam prawo');
    expect(mail?.body.length).toBeGreaterThan(body.length);
  });

  it('the statement says so, the link opens the mail program, and the state waits for "I have sent it"', async () => {
    const at = await open();
    const added = await at.add('Nowak');
    expect(added).toMatchObject({ next: 'send-yourself', state: 'statement-accepted', submission: null });
    expect(added.statement?.text).toContain('z własnej skrzynki pocztowej');
    const url = added.mail?.mailto?.url ?? '';
    expect(url.length).toBeLessThanOrEqual(2000);
    expect(url).toMatch(/^mailto:zgody@operator\.test\?subject=/);
    const body = decodeURIComponent(/&body=(.*)$/.exec(url)?.[1] ?? '');
    expect(body).toContain('oświadczam, że przysługuje nam prawo');
    expect(body).toContain('\r\n');
    expect(
      (
        await at.call(
          'POST',
          `/v1/sender-names/${added.id}/submission`,
          {},
          { headers: { 'Idempotency-Key': 'k' } },
        )
      ).body,
    ).toMatchObject({
      code: 'sent-from-mail-program',
    });
    const sent = await at.call<SenderNameDetail>('POST', `/v1/sender-names/${added.id}/sent`);
    expect(sent.body).toMatchObject({ state: 'submitted', next: 'wait' });
    const twice = await at.call<SenderNameDetail>('POST', `/v1/sender-names/${added.id}/sent`);
    expect(twice.body.timeline).toHaveLength(2);
  });
});
