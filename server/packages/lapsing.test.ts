import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BoughtPackage } from '../../shared/api/packages.ts';
import { addOrganisation, type TestApp, testApp } from '../fixture.node.ts';
import { lapsePackages } from './lapsing.ts';
import { mailLowPackages } from './low.ts';
import { type Package, shareOut } from './sharing.ts';

const day = 24 * 60 * 60 * 1000;

let t: TestApp;
let token: string;
beforeEach(async () => {
  t = await testApp();
  await addOrganisation(t.platform, 1);
  token = await t.signIn('per_1_administrator');
});
afterEach(() => t.end());

const now = () => t.platform.clock.now();
const sql = (text: string, ...args: (string | number)[]) => t.platform.database.query({ sql: text, args });
const balance = async () =>
  (await sql(`SELECT parts FROM balances WHERE organisation_id = 'org_1'`))[0]?.parts;
const use = (parts: number) =>
  sql(
    `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'reserve', ?, 'x', ?) RETURNING id`,
    -parts,
    now(),
  );
const buy = async (parts: number, more: object = {}) => {
  const answer = await t.call('POST', '/v1/packages', { token, body: { parts, ...more } });
  expect(answer.status, await answer.clone().text()).toBe(201);
};
const shown = async () => {
  const answer = await t.call('GET', '/v1/packages', { token });
  return ((await answer.json()) as { items: BoughtPackage[] }).items;
};

describe('a package that ends', () => {
  test('is shown with its price, invoice, end and what remains', async () => {
    await buy(50, { price: 4_500, invoice: 'FV 7/2026', validUntil: now() + 30 * day });
    await use(60);
    expect(await shown()).toMatchObject([
      { parts: 50, remaining: 0, price: 4500, invoice: 'FV 7/2026', validUntil: now() + 30 * day },
      { parts: 100, remaining: 90, price: null, validUntil: null, lapsedAt: null },
    ]);
  });

  test('lapses with what remains, once, and no other part is touched', async () => {
    await buy(50, { invoice: 'FV 7/2026', validUntil: now() + 30 * day });
    await use(20);
    t.platform.clock.forward(30 * day);
    expect(await lapsePackages(t.platform.database, now())).toBe(0);
    expect(await balance()).toBe(130);
    t.platform.clock.forward(1);
    const twice = await Promise.all([
      lapsePackages(t.platform.database, now()),
      lapsePackages(t.platform.database, now()),
    ]);
    expect(twice.reduce((sum, n) => sum + n)).toBe(1);
    expect(await balance()).toBe(100);
    expect(await sql(`SELECT kind, parts, note FROM ledger ORDER BY id DESC LIMIT 1`)).toEqual([
      { kind: 'correct', parts: -30, note: 'lapsed: FV 7/2026' },
    ]);
    token = await t.signIn('per_1_administrator');
    expect(await shown()).toMatchObject([
      { remaining: 0, lapsedAt: now() },
      { remaining: 100, lapsedAt: null },
    ]);
  });

  test('lapses with nothing when it was used up', async () => {
    await buy(50, { validUntil: now() + day });
    await use(70);
    t.platform.clock.forward(2 * day);
    expect(await lapsePackages(t.platform.database, now())).toBe(1);
    expect(await balance()).toBe(80);
  });

  test('what was used before it was bought is not counted against it', async () => {
    await use(80);
    await buy(50, { validUntil: now() + day });
    t.platform.clock.forward(2 * day);
    await lapsePackages(t.platform.database, now());
    expect(await balance()).toBe(20);
  });

  test('is refused when it has ended already', async () => {
    const body = { parts: 5, validUntil: now() };
    const answer = await t.call('POST', '/v1/packages', { token, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ path: '/validUntil', code: 'in_the_past' }] });
    expect(await balance()).toBe(100);
  });

  test('over any course of purchases, use and ends, what remains is the balance and nothing lapses that was used', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('buy' as const),
        parts: fc.integer({ min: 1, max: 40 }),
        days: fc.option(fc.integer({ min: 1, max: 9 })),
      }),
      fc.record({ kind: fc.constant('use' as const), parts: fc.integer({ min: 1, max: 30 }) }),
      fc.record({ kind: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 6 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 15 }), async (steps) => {
        const made = await testApp();
        try {
          await addOrganisation(made.platform, 1);
          const { database, clock } = made.platform;
          const sum = async (text: string) =>
            Number(Object.values((await database.query({ sql: text }))[0] ?? {})[0]);
          const { recordPurchase } = await import('./store.ts');
          const actor = { id: 'x', organisationId: 'org_1' } as never;
          let used = 0;
          let bought = 100;
          for (const each of steps) {
            if (each.kind === 'buy') {
              bought += each.parts;
              const end = each.days === null ? {} : { validUntil: clock.now() + each.days * day };
              await recordPurchase(database, actor, { parts: each.parts, invoice: '', ...end }, clock.now());
            } else if (each.kind === 'use') {
              const parts = Math.min(each.parts, await sum('SELECT parts FROM balances'));
              used += parts;
              await database.batch([
                {
                  sql: `INSERT INTO ledger (organisation_id, kind, parts, by, at) VALUES ('org_1', 'reserve', ?, 'x', 1)`,
                  args: [-parts],
                },
              ]);
            } else {
              clock.forward(each.days * day);
              await lapsePackages(database, clock.now());
            }
            const lapsed = -(await sum(`SELECT coalesce(sum(parts), 0) FROM ledger WHERE kind = 'correct'`));
            expect(await sum('SELECT parts FROM balances')).toBe(bought - used - lapsed);
            const { packagesOf } = await import('./lapsing.ts');
            const packages = await packagesOf(database, 'org_1');
            expect(packages.reduce((all, one) => all + one.remaining, 0)).toBe(bought - used - lapsed);
            const ended = packages.filter(
              ({ validUntil }) => validUntil !== null && validUntil < clock.now(),
            );
            if (each.kind === 'wait')
              expect(ended.every((one) => one.lapsed && one.remaining === 0)).toBe(true);
          }
        } finally {
          await made.end();
        }
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});

describe('what is used comes off', () => {
  const one = (ledgerId: number, parts: number, validUntil: number | null, remaining = parts): Package => ({
    ledgerId,
    parts,
    validUntil,
    remaining,
    lapsed: false,
  });
  const left = (packages: Package[], ...stretches: [number, number][]) =>
    shareOut(
      packages,
      stretches.map(([after, parts]) => ({ after, parts })),
    ).map((it) => it.remaining);

  test('the one that ends first, then the oldest', () => {
    expect(left([one(1, 10, null), one(2, 10, 50), one(3, 10, 20), one(4, 10, null)], [4, -25])).toEqual([
      5, 0, 0, 10,
    ]);
  });
  test('none that was not bought yet', () => {
    expect(left([one(1, 10, null), one(5, 10, 20)], [1, -8], [5, -1])).toEqual([2, 9]);
  });
  test('and returns to the one that it came off last', () => {
    expect(left([one(1, 10, null), one(2, 10, 20)], [2, -15], [2, 7])).toEqual([10, 2]);
  });
});

describe('a package that is low', () => {
  const mails = () => sql(`SELECT mail_to, subject FROM caught_mails WHERE subject LIKE '%package is low%'`);
  const low = async () =>
    ((await (await t.call('GET', '/v1/session', { token })).json()) as { balanceLow: boolean }).balanceLow;
  const look = async () => {
    await mailLowPackages(t.platform);
    await mailLowPackages(t.platform);
  };

  test('is told to administrators once a fall, and shown in the session', async () => {
    await look();
    expect([await mails(), await low()]).toEqual([[], false]);
    await use(51);
    await look();
    expect(await mails()).toEqual([
      {
        mail_to: 'administrator1@nadpis.example',
        subject: 'Nadpis: kończy się pakiet SMS / SMS package is low: O1',
      },
    ]);
    expect(await low()).toBe(true);
    await use(10);
    await look();
    expect(await mails()).toHaveLength(1);
    await buy(100);
    await look();
    expect(await low()).toBe(false);
    await use(120);
    await look();
    expect(await mails()).toHaveLength(2);
  });

  test('is what the organisation says it is; null: never', async () => {
    const set = (lowParts: number | null) =>
      t.call('PATCH', '/v1/organisation', { token, body: { lowParts } });
    expect(await (await set(null)).json()).toMatchObject({ lowParts: null });
    await use(100);
    await look();
    expect([await mails(), await low()]).toEqual([[], false]);
    await set(1);
    await look();
    expect(await mails()).toHaveLength(1);
  });

  test('a mail that is not taken is tried again', async () => {
    const { send } = t.platform.mailer;
    t.platform.mailer.send = async () => {
      throw new Error('mail server away');
    };
    await use(60);
    await look();
    expect(await mails()).toEqual([]);
    t.platform.mailer.send = send;
    await look();
    expect(await mails()).toEqual([]);
    t.platform.clock.forward(5 * 60_000);
    await look();
    expect(await mails()).toHaveLength(1);
  });
});
