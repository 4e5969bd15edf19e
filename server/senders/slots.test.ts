import { afterEach, describe, expect, it, vi } from 'vitest';
import type { SenderNameDetail, SlotMove, Slots } from '../../shared/api/sender-names.ts';
import { draft, type Office, type OfficeOptions, office, statement, submitted } from './fixture.node.ts';

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

const slots = async (at: Office) => (await at.call<Slots>('GET', '/v1/sender-name-slots')).body;
const effective = async (at: Office) =>
  (await slots(at)).companies.map((slot) => [
    slot.company,
    slot.effective?.name,
    slot.effective?.source,
    slot.maySend,
  ]);
const select = (at: Office, slot: string, senderNameId: string, more: object = {}) =>
  at.call<SlotMove & { code?: string }>('PUT', `/v1/sender-name-slots/${slot}`, { senderNameId, ...more });
const change = (at: Office, name: string, more: object = {}) =>
  at.call<SenderNameDetail & { code?: string; facts?: Record<string, unknown> }>(
    'POST',
    '/v1/sender-names',
    draft(name, { intent: 'change', ...more }),
  );
const answer = (at: Office, id: string, given: 'authorised' | 'rejected' | 'deactivated') =>
  at.call<SenderNameDetail>('POST', `/v1/sender-names/${id}/answer`, { answer: given, note: 'odpowiedź' });

const second = 1000;
const days30 = 30 * 24 * 60 * 60 * second;

describe('R6, R7, R8, R9: two scopes', () => {
  it('R7, R8, R21: a company’s own name blocks while it is pending, with no silent fallback, and clearing it returns to the program’s', async () => {
    const at = await open();
    await at.authorised('Grupa Nowak');
    expect(await effective(at)).toEqual([
      ['Firma A', 'Grupa Nowak', 'program', true],
      ['Firma B', 'Grupa Nowak', 'program', true],
      ['Firma C', 'Grupa Nowak', 'program', true],
    ]);
    const own = await at.add('NowakSerwis', { slot: 'com_3', statement: statement({ companyId: 'com_3' }) });
    await submitted(at, own.id);
    expect(await effective(at)).toEqual([
      ['Firma A', 'Grupa Nowak', 'program', true],
      ['Firma B', 'Grupa Nowak', 'program', true],
      ['Firma C', 'NowakSerwis', 'individual', false],
    ]);
    await answer(at, own.id, 'authorised');
    expect((await effective(at))[2]).toEqual(['Firma C', 'NowakSerwis', 'individual', true]);
    const cleared = await at.call<SlotMove>('DELETE', '/v1/sender-name-slots/com_3');
    expect(cleared.body).toMatchObject({ applied: true, from: { name: 'NowakSerwis' }, to: null });
    expect((await effective(at))[2]).toEqual(['Firma C', 'Grupa Nowak', 'program', true]);
  });

  it('R6: one name may stand in several slots, and is no duplicate of itself', async () => {
    const at = await open();
    const { id } = await at.authorised('Nowak');
    expect((await select(at, 'com_1', id)).status).toBe(200);
    expect((await select(at, 'com_2', id)).status).toBe(200);
    const { body } = await at.call<SenderNameDetail>('GET', `/v1/sender-names/${id}`);
    expect(body.usedBy.sort()).toEqual(['com_1', 'com_2', 'program']);
  });

  it('R9: a company that is added later sends under the program’s name', async () => {
    const at = await open({ companies: 1 });
    await at.authorised('Nowak');
    await at.call('POST', '/v1/companies', { name: 'Nowa firma' });
    expect(await effective(at)).toContainEqual(['Nowa firma', 'Nowak', 'program', true]);
  });

  it('R9: how many companies a change of the program’s name touches is said before', async () => {
    const at = await open();
    const first = await at.authorised('Nowak');
    const other = await at.authorised('Kowal');
    await select(at, 'com_3', first.id);
    expect((await slots(at)).program.companies).toBe(2);
    const dry = await select(at, 'program', other.id, { dryRun: true });
    expect(dry.body).toMatchObject({
      applied: false,
      companies: 2,
      companyNames: ['Firma A', 'Firma B'],
      stopsSending: false,
    });
    expect((await slots(at)).program.current?.name).toBe('Nowak');
    const wrong = await select(at, 'program', other.id, { companies: 3 });
    expect(wrong).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect((await select(at, 'program', other.id, { companies: 2 })).body.applied).toBe(true);
  });

  it('the program’s name cannot be cleared, and another organisation’s slot and name are not there', async () => {
    const at = await open();
    const { id } = await at.authorised('Nowak');
    for (const [method, path, as] of [
      ['DELETE', '/v1/sender-name-slots/program', 'anna'],
      ['DELETE', '/v1/sender-name-slots/com_9', 'anna'],
      ['PUT', '/v1/sender-name-slots/com_9', 'anna'],
      ['PUT', '/v1/sender-name-slots/com_9', 'olga'],
      ['PUT', '/v1/sender-name-slots/com_1', 'olga'],
    ] as const) {
      const body = method === 'PUT' ? { senderNameId: id } : undefined;
      expect((await at.call(method, path, body, { as })).status, `${method} ${path} ${as}`).toBe(404);
    }
  });
});

describe('R23: an added name', () => {
  it('R23: becomes current only where the slot was empty', async () => {
    const at = await open();
    const first = await at.add('Nowak');
    await at.add('Kowal');
    expect((await slots(at)).program.current).toMatchObject({ id: first.id });
  });

  it('R23: may be added at any time, the lock notwithstanding', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const changed = await change(at, 'Kowal');
    await submitted(at, changed.body.id);
    expect((await slots(at)).program.lockedUntil).not.toBeNull();
    expect((await at.add('Trzecia')).state).toBe('statement-accepted');
  });
});

describe('R24, R25: an existing name is selected', () => {
  it('with no statement, no e-mail and no clock', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const other = await at.authorised('Kowal');
    await at.settled();
    const before = { mails: at.mails.length, statements: await at.rows('SELECT id FROM statements') };
    expect((await select(at, 'program', other.id)).body).toMatchObject({
      applied: true,
      stopsSending: false,
    });
    await at.settled();
    expect((await slots(at)).program).toMatchObject({
      current: { name: 'Kowal' },
      maySend: true,
      lastChangeAt: null,
      lockedUntil: null,
    });
    expect({ mails: at.mails.length, statements: await at.rows('SELECT id FROM statements') }).toEqual(
      before,
    );
  });

  it('R21: the state travels with the name: a pending one blocks', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const pending = await at.add('Kowal');
    expect((await select(at, 'program', pending.id)).body.stopsSending).toBe(true);
    expect((await slots(at)).program).toMatchObject({ current: { name: 'Kowal' }, maySend: false });
  });

  it.each(['rejected', 'deactivated', 'withdrawn', 'draft'] as const)(
    'one that is %s is not selectable',
    async (state) => {
      const at = await open();
      await at.authorised('Nowak');
      const { id } = await at.add('Kowal');
      if (state === 'draft') await at.call('PATCH', `/v1/sender-names/${id}`, { name: 'Kowalik' });
      else if (state === 'withdrawn') await at.call('POST', `/v1/sender-names/${id}/withdraw`);
      else {
        await submitted(at, id);
        if (state === 'deactivated') await answer(at, id, 'authorised');
        await answer(at, id, state);
      }
      expect(await select(at, 'program', id)).toMatchObject({
        status: 409,
        body: { code: 'sender-name-not-selectable' },
      });
    },
  );

  it('of two selections at once one wins and the other is told', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const [second, third] = [await at.authorised('Kowal'), await at.authorised('Wilk')];
    const answers = await Promise.all([select(at, 'program', second.id), select(at, 'program', third.id)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('R26, R27, R28: the current name is changed', () => {
  it('R27: to the same name: nothing happens', async () => {
    const at = await open();
    const { id } = await at.authorised('Nowak');
    const same = await change(at, ' nowak ', { statement: undefined });
    expect(same).toMatchObject({ status: 200, body: { id, name: 'Nowak', state: 'authorised' } });
    expect(await at.rows('SELECT id FROM sender_names')).toHaveLength(1);
  });

  it('R26: of an empty slot: there is nothing to change', async () => {
    const at = await open();
    expect((await change(at, 'Nowak')).body.code).toBe('slot-empty');
  });

  it('R27: takes the slot when it is submitted; sending stops until it is authorised; the old name may be selected at once', async () => {
    const at = await open();
    const old = await at.authorised('Nowak');
    const check = await at.call('POST', '/v1/sender-names/check', { name: 'Kowal', intent: 'change' });
    expect(check.body).toMatchObject({
      effect: { companies: 3, stopsSending: true, same: false, lockedUntil: null },
    });
    const changed = await change(at, 'Kowal');
    expect(changed.status).toBe(201);
    expect((await slots(at)).program).toMatchObject({
      current: { name: 'Nowak' },
      maySend: true,
      openChange: { name: 'Kowal' },
      lockedUntil: null,
    });
    await submitted(at, changed.body.id);
    expect((await slots(at)).program).toMatchObject({
      current: { name: 'Kowal' },
      maySend: false,
      openChange: null,
    });
    await select(at, 'program', old.id);
    const back = (await slots(at)).program;
    expect(back).toMatchObject({ current: { name: 'Nowak' }, maySend: true });
    expect(back.lockedUntil).not.toBeNull();
  });

  it('R28: once in 30 days, to the second, from the submission: 29d 23:59:59 no, 30d 00:00:00 yes', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const first = await change(at, 'Kowal');
    // Accepted today, submitted an hour later: the clock starts then.
    at.clock.forward(3600 * second);
    await submitted(at, first.body.id);
    const changedAt = at.clock.now();
    await answer(at, first.body.id, 'authorised');
    at.clock.forward(days30 - second);
    const early = await change(at, 'Wilk');
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'change-locked', facts: { lockedUntil: new Date(changedAt + days30).toISOString() } },
    });
    expect((await slots(at)).program.lockedUntil).toBe(changedAt + days30);
    at.clock.forward(second);
    expect((await change(at, 'Wilk')).status).toBe(201);
    expect((await slots(at)).program.lockedUntil).toBeNull();
  });

  it.each([
    ['into summer time', Date.UTC(2026, 2, 10, 10)],
    ['into winter time', Date.UTC(2026, 9, 10, 10)],
    ['1 June 10:00 UTC', Date.UTC(2026, 5, 1, 10)],
  ])('R28: 30 × 24 hours, whatever the clocks of the country do: %s', async (_what, start) => {
    const at = await open();
    at.clock.forward(start - at.clock.now());
    await at.authorised('Nowak');
    const first = await change(at, 'Kowal');
    await submitted(at, first.body.id);
    at.clock.forward(days30 - 1);
    expect((await change(at, 'Wilk')).status).toBe(409);
    // A session that was not used for 30 days ends: that it was is written after the answer.
    await at.settled();
    at.clock.forward(1);
    expect((await change(at, 'Wilk')).status).toBe(201);
  });

  it('R28: the first name does not count, and each slot has a clock of its own', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const own = { slot: 'com_1', statement: statement({ companyId: 'com_1' }) };
    await at.authorised('Kowal', own);
    const first = await change(at, 'Wilk', own);
    await submitted(at, first.body.id);
    expect((await change(at, 'Lis', own)).body.code).toBe('change-locked');
    expect((await change(at, 'Lis')).status).toBe(201);
  });

  it('R28: a lock that closed between acceptance and submission is met at the submission', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const first = await change(at, 'Kowal');
    // As if another server had submitted a change of the slot meanwhile.
    await at.database.batch([
      {
        sql: 'UPDATE organisations SET program_name_changed_at = ? WHERE id = ?',
        args: [at.clock.now(), 'org_1'],
      },
    ]);
    const sent = await at.call('POST', `/v1/sender-names/${first.body.id}/sent`);
    expect(sent).toMatchObject({ status: 409, body: { code: 'change-locked' } });
    expect((await slots(at)).program.current?.name).toBe('Nowak');
  });

  it('R28: of two changes at once one wins and the other is told; one change is open at a time', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const answers = await Promise.all([change(at, 'Kowal'), change(at, 'Wilk')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('change-pending');
    expect(await at.rows('SELECT id FROM sender_names')).toHaveLength(2);
    const won = answers.find(({ status }) => status === 201)?.body.id ?? '';
    await at.call('POST', `/v1/sender-names/${won}/withdraw`);
    expect((await change(at, 'Lis')).status).toBe(201);
  });

  it('R28: a change that the operator rejects gives the lock back, and the slot waits for the user’s choice', async () => {
    const at = await open();
    const old = await at.authorised('Nowak');
    const first = await change(at, 'Kowal');
    await submitted(at, first.body.id);
    expect((await change(at, 'Wilk')).body.code).toBe('change-locked');
    await answer(at, first.body.id, 'rejected');
    expect((await slots(at)).program).toMatchObject({
      current: { name: 'Kowal', state: 'rejected' },
      maySend: false,
      lockedUntil: null,
    });
    await select(at, 'program', old.id);
    const again = await change(at, 'Wilk');
    await submitted(at, again.body.id);
    expect((await slots(at)).program.lastChangeAt).toBe(at.clock.now());
  });

  it('R28: what is given back is the clock as it was, and only once', async () => {
    const at = await open();
    await at.authorised('Nowak');
    const first = await change(at, 'Kowal');
    await submitted(at, first.body.id);
    const firstAt = at.clock.now();
    await answer(at, first.body.id, 'authorised');
    at.clock.forward(days30);
    const next = await change(at, 'Wilk');
    await submitted(at, next.body.id);
    await answer(at, next.body.id, 'rejected');
    expect((await slots(at)).program.lastChangeAt).toBe(firstAt);
    // Tried again (R11): the same change, whose clock starts anew.
    const again = await at.call<SenderNameDetail>(
      'POST',
      `/v1/sender-names/${next.body.id}/statement`,
      statement(),
    );
    expect(again.body.statement?.changesSlot).toBe('program');
    at.clock.forward(second);
    await submitted(at, next.body.id);
    expect((await slots(at)).program.lastChangeAt).toBe(at.clock.now());
  });
});
