import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HrmReportRow } from '../../../shared/api/hrm-results.ts';
import { type HrmApp, hrmApp } from './fixture.node.ts';

let t: HrmApp;
const path = '/v1/companies/com_1a/hrm/report';
const day = 86_400_000;
let first: string;

beforeAll(async () => {
  t = await hrmApp();
  const employees = [
    { reference: '001/E', name: 'Anna Nowak', businessPhone: '600 600 211', superior: '009/E' },
    { reference: '002/E', name: '=cmd|calc', businessPhone: '600 600 212' },
    { reference: '003/E', name: 'Ewa Kot' },
    { reference: '009/E', name: 'Maria Kos', businessPhone: '600 600 219' },
  ];
  await t.call('PUT', '/v1/companies/com_1a/hrm/employees', { token: t.key, body: { employees } });
  first = (await t.told({ employees: employees.map(({ reference }) => ({ reference })) })).id;
  await t.after(60_000);
  await t.after(60_000);
  await t.after(day);
  await t.told({ event: 'absence-requested', employees: [{ reference: '001/E' }] });
  await t.told({ event: 'birthday', employees: [{ phone: '600600213', phoneKind: 'business' }] });
});
afterAll(() => t.end());

const rows = async (query = '', token = t.hr): Promise<HrmReportRow[]> =>
  ((await (await t.call('GET', `${path}?${query}`, { token })).json()) as { items: HrmReportRow[] }).items;

describe('the report for HR', () => {
  it('tells who was told of what and when, delivered or not', async () => {
    const all = await rows(`call=${first}`);
    expect(all.map(({ employee, state, reason }) => [employee, state, reason])).toEqual([
      ['009/E', 'delivered', ''],
      ['003/E', 'skipped', 'no-number'],
      ['002/E', 'delivered', ''],
      ['001/E', 'delivered', ''],
    ]);
    expect(all[3]).toMatchObject({
      event: 'absence-approved',
      person: '001/E',
      name: 'Anna Nowak',
      number: '+48600600211',
      text: 'Wniosek A.N. został zatwierdzony.',
      at: Date.UTC(2026, 2, 4, 10),
      together: 1,
    });
  });

  it('is searched by event, person, state and the company’s days, and paged', async () => {
    const found = async (query: string) => (await rows(query)).map(({ employee }) => employee);
    expect(await found('event=absence-requested')).toEqual(['001/E']);
    expect(await found('employee=001/E')).toEqual(['001/E', '001/E']);
    expect(await found('employee=009/E')).toEqual(['001/E', '009/E']);
    expect(await found('employee=kos')).toEqual(['001/E', '009/E']);
    expect(await found('state=skipped')).toEqual(['003/E']);
    expect(await found('to=2026-03-04')).toHaveLength(4);
    expect(await found('from=2026-03-05')).toHaveLength(2);
    expect(await found('from=2026-03-05&to=2026-03-04')).toEqual([]);
    const page = async (query: string) =>
      (await (await t.call('GET', `${path}?limit=4&${query}`, { token: t.hr })).json()) as {
        items: HrmReportRow[];
        next: string | null;
      };
    const one = await page('');
    const two = await page(`cursor=${one.next}`);
    expect([one.items.length, two.items.length, two.next]).toEqual([4, 2, null]);
    expect((await t.call('GET', `${path}?from=4.03.2026`, { token: t.hr })).status).toBe(400);
  });

  it('is HR’s, administrators’ and the HRM application’s, of that company alone', async () => {
    expect((await t.call('GET', path, { token: t.sender })).status).toBe(403);
    expect((await t.call('GET', path, { token: t.stranger })).status).toBe(404);
    expect((await t.call('GET', path, { token: t.key })).status).toBe(200);
    expect((await t.call('GET', path.replace('com_1a', 'com_1b'), { token: t.key })).status).toBe(403);
    expect(await rows('', t.administrator)).toHaveLength(6);
  });

  it('is a file for spreadsheets, in which nothing runs as a formula', async () => {
    const answer = await t.call('GET', `${path}.csv?call=${first}`, { token: t.hr });
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain('hrm-2026-03-05.csv');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).split('\r\n');
    expect(lines[0]).toContain('Kiedy;Zdarzenie;Pracownik');
    expect(lines[3]).toContain(`;'=cmd|calc;+48600600212;dostarczone;`);
    expect(lines[4]).toMatch(/^2026-03-04 11:00;Nieobecność zatwierdzona;001\/E;001\/E;Anna Nowak;/);
    expect(lines).toHaveLength(6);
    const english = await t.call('GET', `${path}.csv?state=skipped&language=en`, { token: t.hr });
    expect(await english.text()).toMatch(/When,Event,.*\r\n.*,skipped,.*,no-number,\r\n$/);
  });

  it('of a number that a person wants erased: what waits is stopped, and nothing names it', async () => {
    await t.call('PATCH', '/v1/companies/com_1a/hrm', {
      token: t.administrator,
      body: { digestMinutes: 30 },
    });
    const who = { name: 'Jan Mróz', phone: '600600299', phoneKind: 'business' as const };
    await t.told({ event: 'birthday', employees: [who] });
    const body = { number: '600600299' };
    const erased = await t.call('POST', '/v1/numbers/erasure', { token: t.administrator, body });
    expect(erased.status).toBe(200);
    await t.after(3_600_000);
    expect((await rows('event=birthday'))[0]).toMatchObject({
      state: 'refused',
      reason: 'erased',
      employee: '',
      person: '',
      name: '',
      number: '',
    });
    await t.call('PATCH', '/v1/companies/com_1a/hrm', { token: t.administrator, body: { digestMinutes: 0 } });
  });

  it('keeps what happened when retention has erased who it was and what was said', async () => {
    await t.call('PATCH', '/v1/organisation', { token: t.administrator, body: { retentionDays: 1 } });
    await t.after(60_000);
    await t.after(60_000);
    await t.after(day);
    await t.after(day / 8);
    const erased = await rows();
    expect(
      erased
        .map(({ event, employee, person, name, number, state, text }) => ({
          event,
          employee,
          person,
          name,
          number,
          state,
          text,
        }))
        .slice(1, 3),
    ).toEqual([
      { event: 'birthday', employee: '', person: '', name: '', number: '', state: 'delivered', text: null },
      {
        event: 'absence-requested',
        employee: '001/E',
        person: '009/E',
        name: '',
        number: '',
        state: 'delivered',
        text: null,
      },
    ]);
    const file = await (await t.call('GET', `${path}.csv`, { token: t.hr })).text();
    expect(file).not.toMatch(/Nowak|600600|Wniosek A/);
    expect(file).toContain('dostarczone');
    expect(await t.sql("SELECT 1 FROM hrm_calls WHERE answer LIKE '%no-number%'")).toEqual([]);
  });
});
