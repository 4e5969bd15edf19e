import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HrmReportRow } from '../../../shared/api/hrm-results.ts';
import { people, problemOf } from '../../messages/api/fixture.node.ts';
import { type HrmApp, hrmApp } from './fixture.node.ts';

let t: HrmApp;
const employees = 'https://hrm.nowak.example/pracownicy';
const customers = 'https://crm.nowak.example/klienci';

beforeAll(async () => {
  t = await hrmApp(1000);
  for (const [hostPattern, kind] of [
    ['hrm.nowak.example', 'hrm'],
    ['crm.nowak.example', 'crm'],
  ]) {
    const site = await t.call('POST', '/v1/sites', {
      token: t.administrator,
      body: { hostPattern, kind, companyId: 'com_1a' },
    });
    expect(site.status).toBe(201);
  }
});
afterAll(() => t.end());
beforeEach(() => t.permit(true));

const report = async (query = ''): Promise<HrmReportRow[]> =>
  (
    (await (await t.call('GET', `/v1/companies/com_1a/hrm/report${query}`, { token: t.hr })).json()) as {
      items: HrmReportRow[];
    }
  ).items;
const digest = (digestMinutes: number) =>
  t.call('PATCH', '/v1/companies/com_1a/hrm', { token: t.administrator, body: { digestMinutes } });
const from = (pageUrl: string | null, token: string, companyId = 'com_1a') =>
  t.send({ pageUrl, companyId, recipients: people(1) }, { token });

describe('scenario 11: the HRM flag', () => {
  it('R30: off, HR of the company is refused by the name of the parameter and its path; customers are texted', async () => {
    await t.permit(false);
    const refused = await from(employees, t.hr);
    expect(refused.status).toBe(403);
    expect(await problemOf(refused)).toMatchObject({
      code: 'hrm-not-permitted',
      title: expect.stringContaining('SMS notifications from HRM'),
      fix: expect.stringMatching(/company.*Payroll.*HRM/),
    });
    expect((await from(customers, t.sender)).status).toBe(201);
  });

  it('R30: on, it sends; another company stays as it was', async () => {
    expect((await from(employees, t.hr)).status).toBe(201);
    const other = await from(employees, t.administrator, 'com_1b');
    expect(other.status).toBe(403);
    expect(await problemOf(other)).toMatchObject({ code: 'hrm-not-permitted' });
  });

  it('R30: a new company does not permit it, and switching is in the audit', async () => {
    const made = await t.call('POST', '/v1/companies', { token: t.administrator, body: { name: 'Nowa' } });
    expect(await made.json()).toMatchObject({ hrmPermission: false });
    await t.permit(false);
    const records = await t.sql(
      `SELECT by, detail ->> 'hrmPermission' AS permitted FROM audit
       WHERE act = 'company.changed' AND subject = 'com_1a' ORDER BY id DESC LIMIT 2`,
    );
    expect(records).toEqual([
      { by: 'per_1_administrator', permitted: 0 },
      { by: 'per_1_administrator', permitted: 1 },
    ]);
  });

  it('R30: the gate is asked too: the name, the package, the role', async () => {
    const rich = { companyId: 'com_1a', event: 'birthday' as const, employees: [{ phone: '600100200' }] };
    await t.sql(`UPDATE sender_names SET state = 'submitted' WHERE id = 'snd_1'`);
    expect(await problemOf(await t.notify(rich))).toMatchObject({ code: 'sender-name-not-authorised' });
    expect(await problemOf(await from(employees, t.hr))).toMatchObject({
      code: 'sender-name-not-authorised',
    });
    await t.sql(`UPDATE sender_names SET state = 'authorised' WHERE id = 'snd_1'`);
    const all = Array.from({ length: 1001 }, (_, at) => ({ reference: `${at}`, phone: '600100200' }));
    expect(await problemOf(await t.notify({ ...rich, employees: all }))).toMatchObject({
      code: 'insufficient-parts',
    });
    expect((await t.notify(rich, { token: t.sender })).status).toBe(403);
  });
});

describe('R30: what comes from HRM is decided by the server', () => {
  it.each([
    'https://hrm.nowak.example/',
    'https://HRM.Nowak.Example/Pracownicy?x=https://crm.nowak.example/klienci',
    'https://hrm.nowak.example./pracownicy',
    'https://hrm.nowak.example:443/pracownicy',
    'https://crm.nowak.example@hrm.nowak.example/klienci',
    'https://hrm.nowak.example//klienci/../pracownicy#https://crm.nowak.example',
    'https://%68rm.nowak.example/pracownicy',
  ])('a page of the HRM site is HRM’s, whoever sends and however it is spelt: %s', async (page) => {
    await t.permit(false);
    expect(await problemOf(await from(page, t.administrator))).toMatchObject({ code: 'hrm-not-permitted' });
    expect(await problemOf(await from(page, t.sender))).toMatchObject({ code: 'forbidden' });
    const both = await t.keyFor(['send', 'hrm:notify'], ['com_1a']);
    expect(await problemOf(await from(page, both))).toMatchObject({ code: 'hrm-not-permitted' });
  });

  it.each([null, 'no address at all', 'https://elsewhere.example/', 'javascript:alert(1)'])(
    'who sends for HRM alone does so from HRM, whatever page is named or left out: %s',
    async (page) => {
      await t.permit(false);
      for (const token of [t.hr, t.key]) {
        expect(await problemOf(await from(page, token))).toMatchObject({ code: 'hrm-not-permitted' });
      }
    },
  );

  it('a key for HRM cannot pass for a CRM by a CRM’s page, and HR is not let in there', async () => {
    await t.permit(false);
    expect(await problemOf(await from(customers, t.key))).toMatchObject({ code: 'hrm-not-permitted' });
    expect(await problemOf(await from(customers, t.hr))).toMatchObject({ code: 'forbidden' });
  });

  it('a notification is HRM’s, whatever else its caller may do', async () => {
    await t.permit(false);
    const all = await t.keyFor(['send', 'hrm:notify', 'read'], ['com_1a']);
    for (const token of [t.key, all, t.administrator, t.hr]) {
      const refused = await t.notify({ event: 'birthday', employees: [{ phone: '600100200' }] }, { token });
      expect(await problemOf(refused)).toMatchObject({ code: 'hrm-not-permitted' });
    }
    expect(await report('?event=birthday')).toEqual([]);
  });

  it('an employees’ list of one company sent for another needs both to permit it', async () => {
    await t.permit(true, 'com_1b');
    expect((await from(employees, t.administrator, 'com_1b')).status).toBe(201);
    await t.permit(false);
    expect(await problemOf(await from(employees, t.administrator, 'com_1b'))).toMatchObject({
      code: 'hrm-not-permitted',
    });
    await t.permit(false, 'com_1b');
  });
});

describe('an API key of HRM', () => {
  it('of another company is refused with the right that it lacks', async () => {
    const theirs = await t.keyFor(['hrm:notify'], ['com_1b']);
    const refused = await t.notify({ employees: [{ phone: '600100200' }] }, { token: theirs });
    expect(refused.status).toBe(403);
    expect(await problemOf(refused)).toMatchObject({
      code: 'company-not-permitted',
      detail: 'The API key has no right to Company a (com_1a)',
      facts: { company: 'com_1a' },
    });
  });

  it('without the scope is refused by the scope’s name; of another organisation it finds no company', async () => {
    const send = await t.keyFor(['send', 'read'], ['com_1a']);
    expect(
      await problemOf(await t.notify({ employees: [{ phone: '600100200' }] }, { token: send })),
    ).toMatchObject({
      code: 'forbidden',
      detail: expect.stringContaining('hrm:notify'),
    });
    const strange = await t.keyFor(['hrm:notify'], ['com_2a'], t.stranger);
    expect((await t.notify({ employees: [{ phone: '600100200' }] }, { token: strange })).status).toBe(404);
  });
});

describe('R30: the permission switched off', () => {
  it('stops what is queued with the reason, and gives its parts back', async () => {
    const before = await t.balance();
    await t.told({ event: 'birthday', employees: [{ phone: '600200300' }, { phone: '600200301' }] });
    expect(await t.balance()).toBe(before - 2);
    const night = await t.send(
      { pageUrl: employees, scheduledAt: t.platform.clock.now() + 3_600_000 },
      { token: t.hr },
    );
    expect(night.status).toBe(201);
    await t.permit(false);
    expect(await t.balance()).toBe(before);
    const stopped = await report('?event=birthday');
    expect(stopped.map(({ state, reason }) => [state, reason])).toEqual([
      ['cancelled', 'hrm-not-permitted'],
      ['cancelled', 'hrm-not-permitted'],
    ]);
    await t.permit(true);
    await t.after(3_600_000);
    await t.after(60_000);
    expect(await t.balance()).toBe(before);
  });

  it('stops what waits to be gathered, for good', async () => {
    await digest(60);
    const taken = await t.told({
      event: 'training',
      employees: [{ reference: '7', phone: '600200302', fields: { day: '1.12' } }],
    });
    expect(taken.gatheredUntil).toBe(t.platform.clock.now() + 3_600_000);
    expect(await report('?event=training')).toMatchObject([{ state: 'waiting', text: null }]);
    await t.permit(false);
    await t.permit(true);
    await digest(0);
    await t.after(2 * 3_600_000);
    expect(await report('?event=training')).toMatchObject([
      { state: 'refused', reason: 'hrm-not-permitted' },
    ]);
  });

  it('between the taking of a call and its sending is found at the moment of sending', async () => {
    await digest(60);
    const before = await t.balance();
    await t.told({
      event: 'delegation',
      employees: [{ reference: '7', phone: '600200303', fields: { from: '1.12', to: '2.12' } }],
    });
    // By another server, whose own work on what waits is cut off.
    await t.sql(`UPDATE companies SET hrm_permission = 0 WHERE id = 'com_1a'`);
    await t.after(2 * 3_600_000);
    expect(await report('?event=delegation')).toMatchObject([
      { state: 'refused', reason: 'hrm-not-permitted' },
    ]);
    expect(await t.balance()).toBe(before);
    await t.sql(`UPDATE companies SET hrm_permission = 1 WHERE id = 'com_1a'`);
    await digest(0);
  });

  it('leaves customers’ messages alone', async () => {
    const sent = await from(customers, t.sender);
    const { id } = (await sent.json()) as { id: string };
    await t.permit(false);
    expect(await t.sql(`SELECT state FROM messages WHERE batch_id = '${id}'`)).toEqual([{ state: 'queued' }]);
  });
});
