import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HrmCompanyEvent, HrmPreview, HrmSettings } from '../../../shared/api/hrm.ts';
import { hrmEventIds } from '../../../shared/hrm/events.ts';
import { problemOf } from '../../messages/api/fixture.node.ts';
import { type HrmApp, hrmApp } from './fixture.node.ts';

let t: HrmApp;
beforeAll(async () => {
  t = await hrmApp();
});
afterAll(() => t.end());

const path = '/v1/companies/com_1a/hrm';
const eventsOf = async (token = t.administrator): Promise<HrmCompanyEvent[]> =>
  ((await (await t.call('GET', `${path}/events`, { token })).json()) as { items: HrmCompanyEvent[] }).items;

describe('settings of a company for texts to employees', () => {
  it('begin with initials, the number named for texts first, and each event by itself', async () => {
    const answer = await t.call('GET', path, { token: t.hr });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('etag')).toBe('"0"');
    expect((await answer.json()) as HrmSettings).toEqual({
      numberSources: ['sms', 'business', 'private'],
      unknownNumbers: 'business',
      fullNames: false,
      language: 'pl',
      digestMinutes: 0,
    });
  });

  it('are changed by administrators, each change in the audit, and not over another’s change', async () => {
    const change = (body: object, tag?: string, token = t.administrator) =>
      t.call('PATCH', path, { token, body, headers: tag === undefined ? {} : { 'If-Match': tag } });
    expect((await change({ fullNames: true }, undefined, t.hr)).status).toBe(403);
    const first = await change({ fullNames: true }, '"0"');
    expect(first.status).toBe(200);
    expect(first.headers.get('etag')).toBe('"1"');
    expect((await change({ language: 'en' }, '"0"')).status).toBe(409);
    const back = await change({ fullNames: false, numberSources: ['business'] }, '"1"');
    expect(await back.json()).toMatchObject({
      fullNames: false,
      numberSources: ['business'],
      language: 'pl',
    });
    const audit = await t.sql(`SELECT by, subject FROM audit WHERE act = 'hrm.settings-changed'`);
    expect(audit).toEqual([
      { by: 'per_1_administrator', subject: 'com_1a' },
      { by: 'per_1_administrator', subject: 'com_1a' },
    ]);
  });

  it.each([
    [{ numberSources: [] }, '/numberSources'],
    [{ numberSources: ['sms', 'sms'] }, '/numberSources'],
    [{ numberSources: ['home'] }, '/numberSources/0'],
    [{ digestMinutes: -1 }, '/digestMinutes'],
    [{ digestMinutes: 100_000 }, '/digestMinutes'],
    [{ language: 'de' }, '/language'],
  ])('refuse %j, naming the field', async (body, at) => {
    const answer = await t.call('PATCH', path, { token: t.administrator, body });
    expect(answer.status).toBe(400);
    expect((await problemOf(answer)).errors[0]?.path).toBe(at);
  });

  it('are nobody’s of another organisation, and not those of a company that is not theirs', async () => {
    expect((await t.call('GET', path, { token: t.stranger })).status).toBe(404);
    expect((await t.call('GET', '/v1/companies/com_1b/hrm', { token: t.hr })).status).toBe(403);
    expect((await t.call('GET', path, { token: t.sender })).status).toBe(403);
  });
});

describe('events of a company', () => {
  it('are the whole catalogue, switched on, with Polish and English templates', async () => {
    const events = await eventsOf(t.hr);
    expect(events.map((event) => event.event)).toEqual(hrmEventIds);
    for (const event of events) {
      expect(event).toMatchObject({ enabled: true, own: { pl: false, en: false }, version: 0 });
      expect(event.templates.pl).not.toBe(event.templates.en);
    }
  });

  it('are switched off and written anew one by one, and go back to the first template', async () => {
    const change = (body: object, tag: string) =>
      t.call('PATCH', `${path}/events/payslip-ready`, {
        token: t.administrator,
        body,
        headers: { 'If-Match': tag },
      });
    const own = await change({ templates: { pl: 'Pasek {Miesiąc} czeka.' } }, '"0"');
    expect(await own.json()).toMatchObject({
      templates: { pl: 'Pasek {Miesiąc} czeka.', en: expect.stringContaining('payslip') },
      own: { pl: true, en: false },
      version: 1,
    });
    expect((await change({ enabled: false }, '"0"')).status).toBe(409);
    expect(await (await change({ enabled: false }, '"1"')).json()).toMatchObject({
      enabled: false,
      own: { pl: true },
    });
    const first = await change({ enabled: true, templates: { pl: null } }, '"2"');
    expect(await first.json()).toMatchObject({ enabled: true, own: { pl: false }, version: 3 });
  });

  it('refuse a template with a field that the event has not, and an event that there is not', async () => {
    const change = (event: string, body: object) =>
      t.call('PATCH', `${path}/events/${event}`, { token: t.administrator, body });
    const unknown = await change('birthday', { templates: { en: 'Happy {Wiek}!' } });
    expect(unknown.status).toBe(400);
    expect((await problemOf(unknown)).errors).toMatchObject([
      { path: '/templates/en', code: 'unknown_field', detail: expect.stringContaining('Wiek') },
    ]);
    expect((await change('wedding', { enabled: false })).status).toBe(400);
    expect((await change('birthday', { templates: { pl: ' ' } })).status).toBe(400);
  });

  it('are previewed with samples, with what is given, and with initials', async () => {
    const preview = async (event: string, body: object): Promise<HrmPreview> =>
      (await (
        await t.call('POST', `${path}/events/${event}/preview`, { token: t.hr, body })
      ).json()) as HrmPreview;
    expect(await preview('absence-approved', {})).toEqual({
      text: 'Wniosek A.N. został zatwierdzony.',
      parts: 1,
      missing: [],
      unknown: [],
    });
    const own = {
      language: 'en',
      text: 'Hello {Employee}, {Place|there} {Nothing}',
      fields: { place: 'Łódź' },
    };
    expect(await preview('delegation', own)).toMatchObject({
      text: 'Hello A.N., Łódź ',
      missing: ['Nothing'],
      unknown: ['Nothing'],
    });
  });
});
