import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { HrmReportRow } from '../../../shared/api/hrm-results.ts';
import { type HrmApp, hrmApp } from './fixture.node.ts';

let t: HrmApp;
const hour = 3_600_000;

beforeAll(async () => {
  t = await hrmApp(1000);
  const employees = [
    { reference: '1', name: 'Anna Nowak', businessPhone: '600 400 211', superior: '9' },
    { reference: '2', name: 'Piotr Lis', businessPhone: '600 400 212', superior: '9', language: 'en' },
    { reference: '9', name: 'Maria Kos', businessPhone: '600 400 219' },
  ];
  await t.call('PUT', '/v1/companies/com_1a/hrm/employees', { token: t.key, body: { employees } });
});
afterAll(() => t.end());
beforeEach(async () => {
  await digest(0);
  await quiet({ from: 6, until: 22 });
  await at(10);
});

const digest = (digestMinutes: number) =>
  t.call('PATCH', '/v1/companies/com_1a/hrm', { token: t.administrator, body: { digestMinutes } });
const quiet = (quietHours: object) =>
  t.call('PATCH', '/v1/companies/com_1a/sending', { token: t.administrator, body: { quietHours } });
/** On to that hour in Poland, which is an hour before Greenwich in March. */
const at = async (hourOfDay: number) => {
  const now = new Date(t.platform.clock.now());
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1, hourOfDay - 1);
  await t.after(next - t.platform.clock.now());
};
const newest = async (count: number) =>
  (await t.texts()).slice(-count).map(({ number, text }) => [number, text]);
const report = async (query: string): Promise<HrmReportRow[]> =>
  (
    (await (await t.call('GET', `/v1/companies/com_1a/hrm/report?${query}`, { token: t.hr })).json()) as {
      items: HrmReportRow[];
    }
  ).items;

describe('a digest of several events to one person', () => {
  it('is one text when its time has come; who has one event gets it as it is', async () => {
    await digest(30);
    const before = (await t.texts()).length;
    const first = await t.told({ event: 'absence-requested', employees: [{ reference: '1' }] });
    expect(first.gatheredUntil).toBe(t.platform.clock.now() + hour / 2);
    await t.after(10 * 60_000);
    await t.told({ event: 'absence-requested', employees: [{ reference: '2' }] });
    await t.told({ event: 'payslip-ready', employees: [{ reference: '1', fields: { month: '2/2026' } }] });
    expect((await t.texts()).length).toBe(before);
    await t.after(20 * 60_000);
    const texts = (await t.texts()).slice(before);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatchObject({
      number: '+48600400219',
      text: [
        'Powiadomienia z HRM (2):',
        '- Wniosek pracownika A.N. czeka na decyzję w HRM.',
        '- Wniosek pracownika P.L. czeka na decyzję w HRM.',
      ].join('\n'),
    });
    expect((await report('event=absence-requested')).map(({ together }) => together)).toEqual([2, 2]);
    await t.after(10 * 60_000);
    expect(await newest(1)).toEqual([['+48600400211', 'A.N.: pasek za 2/2026 jest w HRM.']]);
  });

  it('of more than the operator takes in one text says how many there are', async () => {
    await digest(30);
    const employees = Array.from({ length: 40 }, (_, n) => ({
      reference: `many-${n}`,
      name: `Jan Bardzodługienazwisko${n}`,
      superior: { reference: '9' },
    }));
    await t.told({ event: 'absence-requested', employees });
    await t.after(hour / 2);
    expect(await newest(1)).toEqual([['+48600400219', 'Powiadomienia z HRM: 40. Szczegóły w HRM.']]);
  });

  it('never holds a secret: it goes at once, by itself', async () => {
    await digest(30);
    const taken = await t.told({
      event: 'document-password',
      employees: [{ reference: '1', fields: { password: 'q7-Lmn4' } }],
    });
    expect(taken.gatheredUntil).toBeNull();
    expect(await newest(1)).toEqual([['+48600400211', 'Hasło do dokumentu: q7-Lmn4']]);
    expect((await report('event=document-password'))[0]).toMatchObject({ text: null, state: 'queued' });
    const kept = await t.sql(`SELECT fields FROM hrm_notifications WHERE event = 'document-password'`);
    expect(kept).toEqual([{ fields: null }]);
    const [message] = await t.sql('SELECT batch_id FROM messages ORDER BY id DESC LIMIT 1');
    const messages = await t.call('GET', `/v1/batches/${message?.batch_id}/messages`, {
      token: t.administrator,
    });
    expect(await messages.text()).not.toContain('q7-Lmn4');
    const found = await t.call('GET', '/v1/messages?origin=hrm', { token: t.administrator });
    const { items } = (await found.json()) as { items: { origin: string; text: string | null }[] };
    expect(items[0]).toMatchObject({ origin: 'hrm', text: null });
  });

  it('does not tell of an event that was switched off meanwhile', async () => {
    await digest(30);
    await t.told({ event: 'medical-examination', employees: [{ reference: '1', fields: { day: '1.4' } }] });
    const change = (enabled: boolean) =>
      t.call('PATCH', '/v1/companies/com_1a/hrm/events/medical-examination', {
        token: t.administrator,
        body: { enabled },
      });
    expect((await change(false)).status).toBe(200);
    await t.after(hour);
    expect(await report('event=medical-examination')).toMatchObject([
      { state: 'refused', reason: 'hrm-event-off' },
    ]);
    await change(true);
  });
});

describe('quiet hours of texts to employees', () => {
  it('hold what is told at night until the morning', async () => {
    await at(23);
    await t.told({ event: 'birthday', employees: [{ reference: '1' }] });
    await t.after(6 * hour);
    expect((await report('event=birthday'))[0]).toMatchObject({ state: 'queued' });
    await t.after(hour);
    await t.after(60_000);
    expect((await report('event=birthday'))[0]).toMatchObject({ state: 'delivered' });
  });

  it('are the company’s own, and a digest of the night comes in the morning', async () => {
    await quiet({ from: 8, until: 16 });
    await digest(60);
    await at(17);
    const taken = await t.told({
      event: 'training',
      employees: [{ reference: '1', fields: { day: '5.4' } }],
    });
    await t.after(2 * hour);
    await t.told({ event: 'schedule-changed', employees: [{ reference: '1', fields: { day: '6.4' } }] });
    const morning = t.platform.clock.now() + 13 * hour;
    expect(taken.gatheredUntil).toBe(morning);
    await t.after(13 * hour);
    const [text] = await newest(1);
    expect(text).toEqual([
      '+48600400211',
      [
        'Powiadomienia z HRM (2):',
        '- A.N.: szkolenie  w dniu 5.4.',
        '- A.N.: grafik na 6.4 został zmieniony. Sprawdź w HRM.',
      ].join('\n'),
    ]);
  });
});
