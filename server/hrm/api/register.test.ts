import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Consent, HrmImported, ListedEmployee } from '../../../shared/api/hrm.ts';
import { problemOf } from '../../messages/api/fixture.node.ts';
import { type HrmApp, hrmApp } from './fixture.node.ts';

let t: HrmApp;
beforeAll(async () => {
  t = await hrmApp();
});
afterAll(() => t.end());

const path = '/v1/companies/com_1a/hrm';
type Page<Item> = { items: Item[]; next: string | null };
const get = async <Item>(query: string, token = t.hr): Promise<Page<Item>> =>
  (await (await t.call('GET', `${path}/${query}`, { token })).json()) as Page<Item>;
const bring = (what: 'employees' | 'consents', csv: string, token = t.hr) =>
  t.call('POST', `${path}/${what}/import`, { token, body: { csv } });
const imported = async (answer: Response): Promise<HrmImported> => (await answer.json()) as HrmImported;

describe('the register of employees', () => {
  it('takes a file as a Polish HRM gives it, and the same once more changes nothing', async () => {
    const csv = [
      'Numer;Nazwisko i imię;Telefon służbowy;Telefon prywatny;Telefon SMS;Przełożony;Język',
      '001/E/2026;Nowak Anna;12 345 67 89;600 500 001;600 500 001;003/E/2026;pl',
      '002/E/2026;"Lis; Piotr";600 500 002;;;003/E/2026;EN',
      '003/E/2026;Kos Maria;;;;;',
      ';;;;;;',
    ].join('\r\n');
    expect(await imported(await bring('employees', `\ufeff${csv}`))).toEqual({
      lines: 3,
      added: 3,
      unchanged: 0,
    });
    expect(await imported(await bring('employees', csv))).toEqual({ lines: 3, added: 0, unchanged: 3 });
    const { items } = await get<ListedEmployee>('employees');
    expect(items[1]).toEqual({
      reference: '002/E/2026',
      name: 'Lis; Piotr',
      businessPhone: '600 500 002',
      privatePhone: '',
      smsPhone: '',
      superior: '003/E/2026',
      language: 'en',
      consents: [],
    });
  });

  it('refuses a file with broken lines, naming each, and takes nothing of it', async () => {
    const csv = [
      'numer;nazwisko;język',
      '010;Dobry;pl',
      ';Bez numeru;pl',
      '011;Zły język;de',
      '010;Drugi raz;pl',
      '012;Za;dużo;komórek',
    ].join('\n');
    const answer = await bring('employees', csv);
    expect(answer.status).toBe(422);
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ code: 'import-refused', facts: { broken: 4 } });
    expect(problem.errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/csv/3/reference missing',
      '/csv/4/language invalid',
      '/csv/5/reference twice',
      '/csv/6 cells',
    ]);
    expect((await get<ListedEmployee>('employees?search=Dobry')).items).toEqual([]);
  });

  it.each([
    ['nazwisko;telefon\nNowak;600', '/csv/1'],
    ['numer;nazwisko', '/csv/1'],
    ['numer;nazwisko\n1;"bez końca', '/csv/2'],
  ])('refuses a file without what it needs: %j', async (csv, at) => {
    const answer = await bring('employees', csv);
    expect(answer.status).toBe(422);
    expect((await problemOf(answer)).errors[0]?.path).toBe(at);
  });

  it('is searched by reference and name, and paged', async () => {
    const found = async (search: string) =>
      (await get<ListedEmployee>(`employees?search=${encodeURIComponent(search)}`)).items.map(
        (one) => one.reference,
      );
    expect(await found('kos')).toEqual(['003/E/2026']);
    expect(await found('/E/')).toHaveLength(3);
    expect(await found('%')).toEqual([]);
    const first = await get<ListedEmployee>('employees?limit=2');
    const second = await get<ListedEmployee>(`employees?limit=2&cursor=${first.next}`);
    expect([...first.items, ...second.items].map((one) => one.reference)).toEqual([
      '001/E/2026',
      '002/E/2026',
      '003/E/2026',
    ]);
    expect(second.next).toBeNull();
  });

  it('replaces those named and leaves the others; one is taken out by a reference with slashes', async () => {
    const put = await t.call('PUT', `${path}/employees`, {
      token: t.key,
      body: { employees: [{ reference: '003/E/2026', name: 'Kos Maria', businessPhone: '600500003' }] },
    });
    expect(await put.json()).toEqual({ changed: 1 });
    const out = () =>
      t.call('DELETE', `${path}/employees?reference=${encodeURIComponent('002/E/2026')}`, { token: t.hr });
    expect((await out()).status).toBe(204);
    expect((await out()).status).toBe(404);
    const { items } = await get<ListedEmployee>('employees');
    expect(items.map(({ reference, businessPhone }) => [reference, businessPhone])).toEqual([
      ['001/E/2026', '12 345 67 89'],
      ['003/E/2026', '600500003'],
    ]);
  });
});

describe('consents to texts on private numbers', () => {
  it('are recorded with day, purpose and who, once each; withdrawn ones stay to be seen', async () => {
    const record = (body: object) => t.call('POST', `${path}/consents`, { token: t.hr, body });
    const draft = { employee: '001/E/2026', purpose: 'service', givenOn: '2026-03-01', note: 'formularz 7' };
    const first = (await (await record(draft)).json()) as Consent;
    expect(first).toMatchObject({
      ...draft,
      name: 'Nowak Anna',
      recordedBy: 'hr',
      recordedAt: t.platform.clock.now(),
      withdrawnAt: null,
    });
    expect(await (await record({ ...draft, note: 'jeszcze raz' })).json()).toEqual(first);
    expect((await get<ListedEmployee>('employees?search=001')).items[0]?.consents).toEqual(['service']);
    const withdraw = () =>
      t.call('POST', `${path}/consents/withdraw`, {
        token: t.hr,
        body: { employee: '001/E/2026', purpose: 'service' },
      });
    expect((await withdraw()).status).toBe(204);
    expect((await withdraw()).status).toBe(404);
    expect((await get<Consent>('consents')).items).toEqual([]);
    expect((await get<Consent>('consents?show=all&employee=001/E/2026')).items).toMatchObject([
      { id: first.id, withdrawnBy: 'hr', withdrawnAt: t.platform.clock.now() },
    ]);
    expect(await t.sql(`SELECT act FROM audit WHERE act LIKE 'hrm.consent%' ORDER BY id`)).toEqual([
      { act: 'hrm.consent-recorded' },
      { act: 'hrm.consent-recorded' },
      { act: 'hrm.consent-withdrawn' },
    ]);
  });

  it('cannot be given tomorrow', async () => {
    const body = { employee: '001/E/2026', givenOn: '2026-03-05' };
    const answer = await t.call('POST', `${path}/consents`, { token: t.hr, body });
    expect(await problemOf(answer)).toMatchObject({ errors: [{ path: '/givenOn', code: 'in_the_future' }] });
  });

  it('come by file, days as Poles write them, and what stands already is told', async () => {
    const csv = [
      'Nr pracownika,Cel,Data,Uwagi',
      '001/E/2026,powiadomienia,1.03.2026,teczka 12',
      '003/E/2026,życzenia,2026-02-28,',
    ].join('\n');
    expect(await imported(await bring('consents', csv))).toEqual({ lines: 2, added: 2, unchanged: 0 });
    expect(await imported(await bring('consents', csv))).toEqual({ lines: 2, added: 0, unchanged: 2 });
    expect(
      (await get<Consent>('consents')).items.map((one) => [one.employee, one.purpose, one.givenOn]),
    ).toEqual([
      ['003/E/2026', 'occasions', '2026-02-28'],
      ['001/E/2026', 'service', '2026-03-01'],
    ]);
  });

  it('of a file with broken lines are none: which lines, and why', async () => {
    const before = (await get<Consent>('consents')).items.length;
    const csv = [
      'numer;cel;data',
      '003/E/2026;powiadomienia;1.03.2026',
      '404/E/2026;powiadomienia;1.03.2026',
      '003/E/2026;reklama;1.03.2026',
      '003/E/2026;powiadomienia;31.02.2026',
      '003/E/2026;powiadomienia;5.03.2026',
      '003/E/2026;powiadomienia;',
    ].join('\n');
    const answer = await bring('consents', csv);
    expect(answer.status).toBe(422);
    expect((await problemOf(answer)).errors.map(({ path: line, detail }) => `${line} ${detail}`)).toEqual([
      expect.stringMatching(/^\/csv\/3\/\w+ .*no employee 404/),
      expect.stringMatching(/^\/csv\/4\/\w+ .*purpose/),
      expect.stringMatching(/^\/csv\/5\/\w+ .*givenOn/),
      expect.stringMatching(/^\/csv\/6\/\w+ .*future/),
      expect.stringMatching(/^\/csv\/7\/\w+ .*givenOn/),
    ]);
    expect((await get<Consent>('consents')).items).toHaveLength(before);
  });

  it('of a row of an employees’ list: a column of private numbers needs one, of business numbers none', async () => {
    const preview = async (column: string, number: string) => {
      const answer = await t.send(
        { recipients: [{ number, name: 'Ktoś', column }] },
        { token: t.hr, path: '/v1/batches/preview' },
      );
      return ((await answer.json()) as { skipped: { reason: string }[] }).skipped.map((skip) => skip.reason);
    };
    expect(await preview('Telefon prywatny', '600 500 099')).toEqual(['consent-missing']);
    expect(await preview('Telefon służbowy', '600 500 099')).toEqual([]);
    // Of a number in the register, the register knows best: this one is Anna's own, and she has consented.
    expect(await preview('Telefon służbowy', '600 500 001')).toEqual([]);
    await t.call('POST', `${path}/consents/withdraw`, {
      token: t.hr,
      body: { employee: '001/E/2026', purpose: 'service' },
    });
    expect(await preview('Telefon służbowy', '600 500 001')).toEqual(['consent-missing']);
  });

  it('initials for full names by default in texts from an employees’ list', async () => {
    const preview = async () => {
      const answer = await t.send(
        {
          text: '{Pracownik}: zmiana grafiku',
          recipients: [{ number: '600 500 098', name: 'Nowak Anna', fields: { Pracownik: 'Nowak Anna' } }],
        },
        { token: t.hr, path: '/v1/batches/preview' },
      );
      return ((await answer.json()) as { taken: { text: string }[] }).taken[0]?.text;
    };
    expect(await preview()).toBe('N.A.: zmiana grafiku');
    await t.call('PATCH', path, { token: t.administrator, body: { fullNames: true } });
    expect(await preview()).toBe('Nowak Anna: zmiana grafiku');
  });
});

// The last one: nobody looks at so many afterwards.
describe('a large register', () => {
  it('is brought whole by a file of millions of letters, more than one value of a libSQL server may have', async () => {
    const name = 'Długie Nazwisko '.repeat(12);
    const lines = Array.from({ length: 28_000 }, (_, at) => `D${at};${name};${600_000_000 + at}`);
    const file = `numer;nazwisko i imię;telefon służbowy\n${lines.join('\n')}`;
    expect(file.length).toBeGreaterThan(5_500_000);
    expect(await imported(await bring('employees', file))).toMatchObject({ lines: 28_000, added: 28_000 });
    expect(await imported(await bring('employees', file))).toMatchObject({ added: 0, unchanged: 28_000 });
  });
});
