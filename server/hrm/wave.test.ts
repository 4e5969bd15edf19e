import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HrmAccepted, HrmCall } from '../../shared/api/hrm.ts';
import { mostNotified } from '../../shared/api/hrm.ts';
import type { Database } from '../database/database.ts';
import { problemOf } from '../messages/api/fixture.node.ts';
import { mobile } from '../messages/fixture.node.ts';
import { type HrmApp, hrmApp } from './api/fixture.node.ts';

let t: HrmApp;
beforeAll(async () => {
  t = await hrmApp(200_000);
});
afterAll(() => t.end());

const wave = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    reference: `${n}/E/2026`,
    name: `Anna Nowak${n}`,
    phone: mobile(n),
    phoneKind: 'business' as const,
    fields: { month: '11/2026' },
  }));
const told = async (): Promise<Record<string, unknown> | undefined> =>
  (await t.sql(`SELECT count(*) AS texts, count(DISTINCT number) AS people FROM messages`))[0];
const countsOf = async (id: string): Promise<HrmCall['counts']> =>
  ((await (await t.call('GET', `/v1/hrm/notifications/${id}`, { token: t.key })).json()) as HrmCall).counts;

/** The database of a process that ends when so many writes are done. */
const endingAfter = (database: Database, writes: number): Database => {
  let left = writes;
  return {
    ...database,
    query: (statement) => database.query(statement),
    queries: (statements) => database.queries(statements),
    tuples: (statement) => database.tuples(statement),
    batch: async (statements) => {
      // That a key was used is written down beside the work.
      const counts = statements.some(({ sql }) => /hrm_|INTO batches/.test(sql));
      if (counts && left-- <= 0) throw new Error('the process was killed');
      return database.batch(statements);
    },
  };
};

describe('a wave of notifications in one call', () => {
  it('that is cut off half-way tells nobody, and repeated under its key everyone once', async () => {
    const employees = wave(6000);
    const { database } = t.platform;
    // The call itself and one chunk of two.
    const dying = await t.again({}, { database: endingAfter(database, 2) });
    const body = { companyId: 'com_1a', event: 'payslip-ready', employees };
    const headers = { 'Idempotency-Key': 'cut-off' };
    const cut = await dying.call('POST', '/v1/hrm/notifications', { token: t.key, body, headers });
    expect(cut.status).toBe(500);
    Object.assign(t.platform, { database });
    expect(await t.sql('SELECT count(*) AS kept FROM hrm_notifications')).toEqual([{ kept: 5000 }]);
    await t.after(60_000);
    expect(await told()).toEqual({ texts: 0, people: 0 });
    expect(
      (await (await t.call('GET', '/v1/companies/com_1a/hrm/report', { token: t.hr })).json()) as object,
    ).toEqual({
      items: [],
      next: null,
    });

    const again = await t.notify({ event: 'payslip-ready', employees }, { key: 'cut-off' });
    expect(again.status).toBe(201);
    const accepted = (await again.json()) as HrmAccepted;
    expect(accepted).toMatchObject({ notified: 6000, skipped: [] });
    await t.platform.settled();
    const once = await t.notify({ event: 'payslip-ready', employees }, { key: 'cut-off' });
    expect(await once.json()).toEqual(accepted);
    await t.platform.settled();
    await t.after(1000);
    expect(await told()).toEqual({ texts: 6000, people: 6000 });
  }, 120_000);

  it('that is cut off between the batch and the note of it is not sent a second time', async () => {
    await t.sql('DELETE FROM hrm_notifications');
    const before = Number((await told())?.texts);
    const { database } = t.platform;
    // The call, its one chunk, its end, its batch's key, its batch: the note of it is lost.
    const dying = await t.again({}, { database: endingAfter(database, 5) });
    const body = { companyId: 'com_1a', event: 'payslip-ready', employees: wave(10) };
    const headers = { 'Idempotency-Key': 'note-lost' };
    const taken = await dying.call('POST', '/v1/hrm/notifications', { token: t.key, body, headers });
    expect(taken.status).toBe(201);
    await t.platform.settled().catch(() => {});
    Object.assign(t.platform, { database });
    const { id } = (await taken.json()) as HrmAccepted;
    const waiting = await countsOf(id);
    await t.after(1000);
    await t.after(60_000);
    await t.after(60_000);
    expect(Number((await told())?.texts)).toBe(before + 10);
    expect(await countsOf(id)).not.toHaveProperty('waiting');
    expect(waiting).toEqual({ waiting: 10 });
  }, 120_000);

  it(`of ${mostNotified} people is taken in slices between which others are answered`, async () => {
    let answered = 0;
    let over = false;
    const others = (async () => {
      while (!over) {
        const answer = await t.call('GET', '/v1/companies', { token: t.sender });
        expect(answer.status).toBe(200);
        if (!over) answered++;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const answer = await t.notify({ event: 'payslip-ready', employees: wave(mostNotified) });
    over = true;
    await others;
    expect(answer.status).toBe(201);
    const accepted = (await answer.json()) as HrmAccepted;
    expect(accepted).toMatchObject({ notified: mostNotified, skipped: [] });
    // 20 slices looked up, 20 that pass the gate: after each others have a turn, and an answer takes two or three.
    expect(answered).toBeGreaterThanOrEqual(10);
    await t.platform.settled();
    expect(await countsOf(accepted.id)).toEqual({ queued: mostNotified });
    const batches = await t.sql(`SELECT max(messages) AS most FROM batches WHERE origin = 'hrm'`);
    expect(batches).toEqual([{ most: 2500 }]);
  }, 120_000);

  it('of more people, or of more bytes than a call may have, is refused before it is looked at', async () => {
    const many = await t.notify({ event: 'birthday', employees: wave(mostNotified + 1) });
    expect(many.status).toBe(400);
    expect(await problemOf(many)).toMatchObject({ errors: [{ path: '/employees', code: 'too_big' }] });
    const name = 'x'.repeat(200);
    const long = { month: 'y'.repeat(300) };
    const large = await t.notify({
      employees: wave(mostNotified).map((one) => ({ ...one, name, fields: long })),
    });
    expect(large.status).toBe(413);
    expect(await problemOf(large)).toMatchObject({ code: 'body-too-large' });
  }, 60_000);

  it('that the month’s quota does not cover, though each slice would be, tells nobody', async () => {
    const quota = (monthlyParts: number | null) =>
      t.call('PATCH', '/v1/companies/com_1a/sending', { token: t.administrator, body: { monthlyParts } });
    const now = await told();
    const sending = await quota(Number(now?.texts) + 4000);
    expect(sending.status).toBe(200);
    const over = await t.notify({ event: 'payslip-ready', employees: wave(4001) });
    expect(over.status).toBe(402);
    expect(await problemOf(over)).toMatchObject({
      code: 'quota-exceeded',
      facts: { needed: 4001, left: 4000 },
    });
    await t.platform.settled();
    expect(await told()).toEqual(now);
    await quota(null);
  }, 120_000);
});
