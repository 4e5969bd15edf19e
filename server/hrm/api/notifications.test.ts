import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HrmCall, HrmSettings } from '../../../shared/api/hrm.ts';
import { hrmEventIds, hrmEventOf } from '../../../shared/hrm/events.ts';
import { problemOf } from '../../messages/api/fixture.node.ts';
import { type HrmApp, hrmApp } from './fixture.node.ts';

let t: HrmApp;
const employees = [
  {
    reference: '001/E',
    name: 'Anna Nowak',
    smsPhone: '600 300 001',
    businessPhone: '600 300 101',
    superior: '009/E',
  },
  { reference: '002/E', name: 'Piotr Lis', businessPhone: '600 300 102', superior: '009/E', language: 'en' },
  { reference: '003/E', name: 'Ewa Kot-Wilk' },
  { reference: '004/E', name: 'Jan Bęc', businessPhone: '12 345 67 89' },
  { reference: '005/E', name: 'Ola Duda', privatePhone: '600 300 105' },
  { reference: '009/E', name: 'Maria Kos', businessPhone: '600 300 109' },
];

beforeAll(async () => {
  t = await hrmApp(1000);
  const put = await t.call('PUT', '/v1/companies/com_1a/hrm/employees', {
    token: t.key,
    body: { employees },
  });
  expect(await put.json()).toEqual({ changed: 6 });
});
afterAll(() => t.end());

const settle = (body: Partial<HrmSettings>) =>
  t.call('PATCH', '/v1/companies/com_1a/hrm', { token: t.administrator, body });
const event = (id: string, body: object) =>
  t.call('PATCH', `/v1/companies/com_1a/hrm/events/${id}`, { token: t.administrator, body });
const consent = (employee: string) =>
  t.call('POST', '/v1/companies/com_1a/hrm/consents', {
    token: t.hr,
    body: { employee, purpose: 'service', givenOn: '2026-03-01' },
  });
const newest = async (count: number) =>
  (await t.texts()).slice(-count).map(({ number, text }) => [number, text]);

describe('R29: employees told by their HRM application', () => {
  it('by reference, at the number that the company’s order chooses, in their language, with initials', async () => {
    await settle({ numberSources: ['business', 'sms'] });
    const taken = await t.told({ employees: [{ reference: '001/E' }, { reference: '002/E' }] });
    expect(taken).toMatchObject({ event: 'absence-approved', notified: 2, gatheredUntil: null, skipped: [] });
    expect((await newest(2)).sort()).toEqual([
      ['+48600300101', 'Wniosek A.N. został zatwierdzony.'],
      ['+48600300102', 'The request of P.L. was approved.'],
    ]);
    expect(await t.sql('SELECT DISTINCT origin, sender_name FROM batches')).toEqual([
      { origin: 'hrm', sender_name: 'Nazwa 1' },
    ]);
  });

  it('with full names where the company wants them', async () => {
    await settle({ fullNames: true });
    await t.told({ employees: [{ reference: '001/E' }] });
    expect(await newest(1)).toEqual([['+48600300101', 'Wniosek Anna Nowak został zatwierdzony.']]);
    await settle({ fullNames: false });
  });

  it('the superior, of what the catalogue says is for superiors: by the register, or as the call says', async () => {
    await t.told({ event: 'absence-requested', employees: [{ reference: '001/E' }] });
    expect(await newest(1)).toEqual([['+48600300109', 'Wniosek pracownika A.N. czeka na decyzję w HRM.']]);
    const superior = { reference: 'x', phone: '600300110', phoneKind: 'business' as const };
    await t.told({ event: 'absence-deleted', employees: [{ reference: '001/E', superior }] });
    expect(await newest(1)).toEqual([['+48600300110', 'Wniosek pracownika A.N. został wycofany.']]);
  });

  it('of every event of the catalogue, with the fields that it has', async () => {
    for (const id of hrmEventIds) {
      const { fields, direction } = hrmEventOf(id);
      const samples = Object.fromEntries(fields.map((field) => [field.id, field.sample.pl]));
      const taken = await t.told({ event: id, employees: [{ reference: '001/E', fields: samples }] });
      expect(taken.notified, id).toBe(1);
      const [[number, text] = []] = await newest(1);
      expect(number, id).toBe(direction === 'superior' ? '+48600300109' : '+48600300101');
      expect(text, id).not.toMatch(/[{}]|Anna|urlop/);
    }
  });

  it('by a text of the company’s own, with fields by what either language calls them', async () => {
    await event('delegation', { templates: { pl: 'Delegacja {Pracownik}: {Miejsce|kraj}, {Od}' } });
    await t.told({
      event: 'delegation',
      employees: [{ reference: '001/E', fields: { Od: '1.12', TO: '2.12', place: 'Łódź' } }],
    });
    expect(await newest(1)).toEqual([['+48600300101', 'Delegacja A.N.: Łódź, 1.12']]);
  });
});

describe('bad input of a call', () => {
  it.each([
    [{ event: 'wedding' }, '/event'],
    [{ employees: [] }, '/employees'],
    [{ employees: [{}] }, '/employees/0'],
    [{ employees: [{ reference: '1', fields: { day: 7 } }] }, '/employees/0/fields/day'],
    [{ employees: [{ reference: '1', phoneKind: 'mine' }] }, '/employees/0/phoneKind'],
    [{ companyId: '' }, '/companyId'],
  ])('%j is refused, naming the field', async (body, path) => {
    const answer = await t.notify({ employees: [{ reference: '001/E' }], ...body } as never);
    expect(answer.status).toBe(400);
    expect(await problemOf(answer)).toMatchObject({ code: 'invalid-request', errors: [{ path }] });
  });

  it('an unknown field is refused by the place and name of it, and nobody is told', async () => {
    const before = (await t.texts()).length;
    const answer = await t.notify({
      event: 'payslip-ready',
      employees: [
        { reference: '001/E', fields: { month: '11' } },
        { reference: '002/E', fields: { 'kwota/netto': '1', month: '11' } },
      ],
    });
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors).toEqual([
      {
        path: '/employees/1/fields/kwota~1netto',
        code: 'unknown_field',
        detail: 'The event payslip-ready has no field kwota/netto',
      },
    ]);
    expect((await t.texts()).length).toBe(before);
  });

  it('a field that the template needs and one employee has not: the whole call, by the employee’s place', async () => {
    const answer = await t.notify({
      event: 'payslip-ready',
      employees: [{ reference: '001/E', fields: { month: '11' } }, { reference: '002/E' }],
    });
    expect(answer.status).toBe(422);
    expect(await problemOf(answer)).toMatchObject({
      code: 'fields-missing',
      errors: [{ path: '/employees/1/fields', detail: 'Month' }],
    });
  });

  it('an event that the company has switched off is refused by its name', async () => {
    await event('birthday', { enabled: false });
    const answer = await t.notify({ event: 'birthday', employees: [{ reference: '001/E' }] });
    expect(answer.status).toBe(403);
    expect(await problemOf(answer)).toMatchObject({ code: 'hrm-event-off', facts: { event: 'birthday' } });
    await event('birthday', { enabled: true });
  });

  it('without an Idempotency-Key it is refused; with one and another body, too', async () => {
    const body = { companyId: 'com_1a', event: 'birthday', employees: [{ reference: '001/E' }] };
    const without = await t.call('POST', '/v1/hrm/notifications', { token: t.key, body });
    expect(await problemOf(without)).toMatchObject({ code: 'idempotency-key-required' });
    const first = await t.notify({ event: 'birthday', employees: [{ reference: '001/E' }] }, { key: 'once' });
    const second = await t.notify(
      { event: 'birthday', employees: [{ reference: '001/E' }] },
      { key: 'once' },
    );
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await second.json()).toEqual(await first.json());
    const other = await t.notify({ event: 'birthday', employees: [{ reference: '002/E' }] }, { key: 'once' });
    expect(other.status).toBe(422);
    expect(await problemOf(other)).toMatchObject({ code: 'idempotency-key-reused' });
    await t.platform.settled();
  });
});

describe('who gets nothing, and why', () => {
  it('those without a number, unknown ones, landlines, the same twice: by place and reason; the others are told', async () => {
    const taken = await t.told({
      employees: [
        { reference: '001/E' },
        { reference: '003/E' },
        { reference: '777/E' },
        { reference: '004/E' },
        { reference: '001/E' },
        { reference: '6', phone: 'tel. w kadrach' },
      ],
    });
    expect(taken.notified).toBe(1);
    expect(taken.skipped.map(({ index, reference, reason }) => [index, reference, reason])).toEqual([
      [1, '003/E', 'no-number'],
      [2, '777/E', 'unknown-employee'],
      [3, '004/E', 'landline'],
      [4, '001/E', 'duplicate'],
      [5, '6', 'not-a-number'],
    ]);
    const call = await t.call('GET', `/v1/hrm/notifications/${taken.id}`, { token: t.key });
    expect(((await call.json()) as HrmCall).counts).toEqual({ queued: 1, skipped: 5 });
  });

  it('an employee without a superior, of an event for superiors', async () => {
    const taken = await t.told({ event: 'absence-requested', employees: [{ reference: '005/E' }] });
    expect(taken.skipped).toMatchObject([{ reason: 'superior-missing' }]);
  });

  it('a private number without consent; a consent for work is none for wishes', async () => {
    await settle({ numberSources: ['private'] });
    const refused = await t.told({ employees: [{ reference: '005/E' }] });
    expect(refused.skipped).toMatchObject([{ reference: '005/E', reason: 'consent-missing' }]);
    await consent('005/E');
    const taken = await t.told({ employees: [{ reference: '005/E' }] });
    expect(taken.notified).toBe(1);
    expect(await newest(1)).toEqual([['+48600300105', 'Wniosek O.D. został zatwierdzony.']]);
    const wishes = await t.told({ event: 'birthday', employees: [{ reference: '005/E' }] });
    expect(wishes.skipped).toMatchObject([{ reason: 'consent-missing' }]);
    await settle({ numberSources: ['business', 'sms'] });
  });

  it('a number that the call gives counts by the register first, whatever the call says of it', async () => {
    const person = (phoneKind: 'business' | null) => ({
      reference: 'new',
      name: 'N N',
      phone: '600300777',
      phoneKind,
    });
    expect((await t.told({ employees: [person('business')] })).notified).toBe(1);
    const unknown = await t.told({ employees: [{ ...person(null), phoneKind: 'private' }] });
    expect(unknown.skipped).toMatchObject([{ reason: 'consent-missing' }]);
    const theirs = { reference: '006/E', name: 'Iga Wrona', privatePhone: '600300777' };
    await t.call('PUT', '/v1/companies/com_1a/hrm/employees', {
      token: t.key,
      body: { employees: [theirs] },
    });
    const lied = await t.told({ employees: [{ ...person('business'), reference: '006/E' }] });
    expect(lied.skipped).toMatchObject([{ reason: 'consent-missing' }]);
  });

  it('a number on the opt-out list', async () => {
    await t.sql(
      `INSERT INTO opt_outs (organisation_id, number, source, at) VALUES ('org_1', '+48600300888', 'x', 1)`,
    );
    const person = { reference: '8', name: 'O O', phone: '600300888', phoneKind: 'business' as const };
    expect((await t.told({ employees: [person] })).skipped).toMatchObject([{ reason: 'opted-out' }]);
  });

  it('two employees who share a number are both told, each once', async () => {
    const shared = (reference: string, name: string) => ({
      reference,
      name,
      phone: '600 300 444',
      phoneKind: 'business' as const,
    });
    const taken = await t.told({
      employees: [shared('44', 'Adam Mak'), shared('45', 'Beata Rak'), shared('44', 'Adam Mak')],
    });
    expect(taken.notified).toBe(2);
    expect(taken.skipped).toMatchObject([{ index: 2, reason: 'duplicate' }]);
    expect((await newest(2)).sort()).toEqual([
      ['+48600300444', 'Wniosek A.M. został zatwierdzony.'],
      ['+48600300444', 'Wniosek B.R. został zatwierdzony.'],
    ]);
    await t.after(60_000);
    await t.after(60_000);
    const call = await t.call('GET', `/v1/hrm/notifications/${taken.id}`, { token: t.key });
    expect(((await call.json()) as HrmCall).counts).toEqual({ delivered: 2, skipped: 1 });
  });
});
